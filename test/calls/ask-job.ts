import type { Calls } from "../../src/contract/calls.ts";
import type { JobState } from "../../src/contract/job.ts";
import type { Client } from "../../src/contract/rpc.ts";

export async function stateOf(client: Client<Calls>, id: string): Promise<JobState> {
  return (await client["jobs.show"]({ id })).state;
}

/** Resolves when a job has items done, but not all. */
export async function midway(client: Client<Calls>, id: string): Promise<void> {
  for await (const event of client["jobs.watch"]({ id })) {
    if (event.type === "progress" && event.progress.itemsDone > 0) return;
  }
}

/** What the log of a job says, in order. */
export async function sentences(client: Client<Calls>, id: string): Promise<string[]> {
  return (await client["jobs.log"]({ id })).map(({ text }) => text);
}
