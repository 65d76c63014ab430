import { calls, type Calls } from "../../src/contract/calls.ts";
import { createMemoryWire } from "../../src/contract/memory-wire.ts";
import type { Recipe } from "../../src/contract/recipe.ts";
import { connect, type Client } from "../../src/contract/rpc.ts";
import type { TestWindow } from "./window.ts";

/** The engine behind a window, asked directly: for what a journey finds in place when it begins. */
export function engineOf(window: TestWindow): Client<Calls> {
  const [page, engine] = createMemoryWire();
  window.app.serve(engine);
  return connect(calls, page);
}

/** Reads a source to its end. */
export async function syncAll(client: Client<Calls>, name: string): Promise<void> {
  for await (const event of client["sources.sync"]({ name })) if (event.type === "result") return;
}

/** Another place of the page, as a link would lead there. */
export async function goTo({ page }: TestWindow, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    globalThis.location.hash = wanted;
  }, hash);
}

/** Runs an export to its end. @throws where it does not end complete */
export async function exportAll(client: Client<Calls>, recipe: Recipe): Promise<string> {
  const { jobId } = await client["exports.start"]({ recipe });
  for await (const event of client["jobs.watch"]({ id: jobId })) {
    if (event.type === "result" && event.result.state !== "complete")
      throw new Error(`the export ended ${event.result.state}: ${event.result.error?.message ?? ""}`);
  }
  return jobId;
}
