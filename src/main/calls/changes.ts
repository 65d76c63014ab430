import type { ChangeTopic } from "../../contract/calls/workspace.ts";

/** Tells watchers which lists have changed. What happens while a watcher is busy is gathered: it sees each topic once. */
export class Changes {
  readonly #watchers = new Set<(topics: readonly ChangeTopic[]) => void>();

  tell(...topics: ChangeTopic[]): void {
    for (const watcher of this.#watchers) watcher(topics);
  }

  /** Ends when the signal is aborted. */
  async *watch(signal: AbortSignal): AsyncGenerator<{ topics: ChangeTopic[] }> {
    const waiting = new Set<ChangeTopic>();
    let wake: () => void = () => undefined;
    const watcher = (topics: readonly ChangeTopic[]): void => {
      for (const topic of topics) waiting.add(topic);
      wake();
    };
    const stop = (): void => wake();
    this.#watchers.add(watcher);
    signal.addEventListener("abort", stop);
    try {
      while (!signal.aborted) {
        if (waiting.size > 0) {
          const topics = [...waiting];
          waiting.clear();
          yield { topics };
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    } finally {
      this.#watchers.delete(watcher);
      signal.removeEventListener("abort", stop);
    }
  }
}
