import { calls, type Calls } from "../../src/contract/calls.ts";
import { createMemoryWire } from "../../src/contract/memory-wire.ts";
import type { Recipe } from "../../src/contract/recipe.ts";
import { connect, type Client } from "../../src/contract/rpc.ts";
import { resultOf } from "../jobs/workshop.ts";
import type { TestWindow } from "./window.ts";

/** The engine behind a window, asked directly: for what a journey finds in place when it begins. */
export function engineOf(window: TestWindow): Client<Calls> {
  const [page, engine] = createMemoryWire();
  window.app.serve(engine);
  return connect(calls, page);
}

/** Runs an export to its end. @throws where it does not end complete */
export async function exportAll(client: Client<Calls>, recipe: Recipe): Promise<string> {
  const { jobId } = await client["exports.start"]({ recipe });
  const { state, error } = await resultOf(client, jobId);
  if (state !== "complete") throw new Error(`the export ended ${state}: ${error?.message ?? ""}`);
  return jobId;
}
