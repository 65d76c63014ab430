import { access } from "node:fs/promises";

/** How long all paths of one question may take together. */
const PATIENCE_MS = 1_000;
/** Looks at once: Node has four threads for all of its files, and a dead mount holds a thread for minutes. */
const AT_ONCE = 2;

/**
 * Tells which paths are there without waiting for file systems that do not answer (a network share that went away): those count as not
 * there, and are not asked again while an earlier question still hangs.
 */
export class Presence {
  readonly #asking = new Map<string, Promise<boolean>>();

  /** @returns the paths that are there */
  async of(paths: readonly string[]): Promise<Set<string>> {
    const there = new Set<string>();
    const waiting = new Set(paths);
    const lane = async (): Promise<void> => {
      for (const path of waiting) {
        waiting.delete(path);
        if (await this.#ask(path)) there.add(path);
      }
    };
    const lanes = Promise.all(Array.from({ length: AT_ONCE }, lane));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([lanes, new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)))]);
    clearTimeout(timer);
    waiting.clear();
    return new Set(there);
  }

  #ask(path: string): Promise<boolean> {
    let answer = this.#asking.get(path);
    if (answer === undefined) {
      // Hanging questions hold threads: no more are begun than leave two for everything else.
      if (this.#asking.size >= AT_ONCE) return this.#afterOthers(path);
      answer = access(path).then(
        () => true,
        () => false,
      );
      this.#asking.set(path, answer);
      void answer.then(() => this.#asking.delete(path));
    }
    return answer;
  }

  async #afterOthers(path: string): Promise<boolean> {
    await Promise.race(this.#asking.values());
    return this.#ask(path);
  }
}
