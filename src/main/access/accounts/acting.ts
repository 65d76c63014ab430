import { AsyncLocalStorage } from "node:async_hooks";
import type { Session } from "./session.ts";

/** On whose behalf a call is answered. */
export interface Acting {
  session: Session;
  /** Name of the account; undefined where the workspace has none, or nobody is signed in. */
  account: string | undefined;
}

const storage = new AsyncLocalStorage<Acting>();

export function runAs<T>(acting: Acting, work: () => T): T {
  return storage.run(acting, work);
}

/** Of the call that is being answered. A job runs on after it: who started that one stands in its plan. */
export function acting(): Acting | undefined {
  return storage.getStore();
}

/** The same for a stream: each of its steps is taken on behalf of the caller. */
export async function* streamAs<T>(acting: Acting, values: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = values[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      const step = await runAs(acting, () => iterator.next());
      if (step.done === true) {
        ended = true;
        return;
      }
      yield step.value;
    }
  } finally {
    if (!ended) await runAs(acting, () => iterator.return?.());
  }
}
