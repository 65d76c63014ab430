import { setImmediate as nextTurn } from "node:timers/promises";
import { SatchelError } from "../contract/errors.ts";

/**
 * Runs work that comes in steps, letting other calls have their turn between two of them.
 *
 * @throws CANCELLED
 */
export async function inTurns<Result>(steps: Generator<void, Result>, signal?: AbortSignal): Promise<Result> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    await nextTurn();
    if (signal?.aborted === true) throw new SatchelError("CANCELLED", "Cancelled.");
  }
}
