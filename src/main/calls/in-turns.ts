import { setImmediate as nextTurn } from "node:timers/promises";

/** Runs work that comes in steps, letting other calls have their turn between two of them. */
export async function inTurns<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    await nextTurn();
  }
}
