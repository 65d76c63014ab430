import type { JobProgress } from "../../contract/job.ts";
import type { JobMeter } from "./progress.ts";

/** At most ten a second, whatever number of jobs tell something. */
const INTERVAL_MS = 100;

/** The meters of all jobs that run or wait, for whoever watches them together. */
export class ProgressBoard {
  /** By job, in the order in which they came. */
  readonly #meters = new Map<number, JobMeter>();
  readonly #watchers = new Set<() => void>();
  readonly #onNews: (jobs: readonly JobProgress[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #told = 0;

  /** @param onNews told as often as watchers are */
  constructor(onNews: (jobs: readonly JobProgress[]) => void) {
    this.#onNews = onNews;
  }

  put(job: number, meter: JobMeter): void {
    this.#meters.set(job, meter);
    this.news();
  }

  /** Told at once: the end of the work is no news that may wait. */
  remove(job: number): void {
    this.#meters.delete(job);
    this.#tell();
  }

  get latest(): JobProgress[] {
    return [...this.#meters.values()].map((meter) => meter.latest);
  }

  /** Something has moved on. */
  news(): void {
    const wait = INTERVAL_MS - (performance.now() - this.#told);
    if (wait <= 0) this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), wait);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#told = performance.now();
    for (const wake of this.#watchers) wake();
    this.#onNews(this.latest);
  }

  /** What is known now, then news as they come: a slow watcher misses some, never the last. Ends when the signal is aborted. */
  async *watch(signal: AbortSignal): AsyncGenerator<JobProgress[]> {
    let wake: () => void = () => undefined;
    let news = true;
    const notify = (): void => {
      news = true;
      wake();
    };
    this.#watchers.add(notify);
    signal.addEventListener("abort", notify, { once: true });
    try {
      while (!signal.aborted) {
        if (news) {
          news = false;
          yield this.latest;
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#watchers.delete(notify);
      signal.removeEventListener("abort", notify);
    }
  }
}
