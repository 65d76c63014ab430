import type { JobEvent, JobPhase, JobProgress, JobResult, JobState } from "../../contract/job.ts";

/** At most ten events a second. */
const INTERVAL_MS = 100;
/** The rate is that of the last few seconds: a job that slows down says so. */
const RATE_WINDOW_MS = 5_000;

/** What moves on while a job goes. */
export type JobChange = Partial<
  Pick<
    JobProgress,
    | "state"
    | "phase"
    | "package"
    | "packageNumber"
    | "verified"
    | "itemsDone"
    | "bytesDone"
    | "itemsTotal"
    | "bytesTotal"
  >
>;

const VERBS: Record<JobPhase, string> = {
  waiting: "Waiting",
  "waiting-for-sync": "Waiting",
  reading: "Reading",
  writing: "Writing",
  finishing: "Finishing",
  verifying: "Verifying",
};

/** "Writing patient_X_export.zip (2 of 12)" */
function phrase(at: JobProgress): string {
  if (at.phase === "waiting") return "Waiting for its turn";
  if (at.phase === "waiting-for-sync") return "Waiting for a sync of records to end";
  if (at.package === null) return "Starting";
  const place = at.packagesTotal > 1 ? ` (${at.packageNumber} of ${at.packagesTotal})` : "";
  const share = at.verified === null ? "" : `: ${Math.floor(at.verified * 100)} %`;
  return `${VERBS[at.phase]} ${at.package}${place}${share}`;
}

/** The one place where a job's progress is created, moved on and ended. Any number of watchers; a late one sees the latest first. */
export class JobMeter {
  #latest: JobProgress;
  readonly #onNews: () => void;
  #result: JobResult | undefined;
  #emitted = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #watchers = new Set<() => void>();
  #samples: { at: number; bytes: number }[] = [];

  /** @param onNews called with every event, also where nobody watches this job alone */
  constructor(
    jobId: string,
    state: JobState,
    totals: { items: number; bytes: number; packages: number },
    onNews: () => void,
  ) {
    this.#onNews = onNews;
    this.#latest = {
      jobId,
      state,
      phase: state === "planned" ? "waiting" : "reading",
      package: null,
      packageNumber: 0,
      packagesTotal: totals.packages,
      verified: null,
      step: "",
      itemsDone: 0,
      itemsTotal: totals.items,
      bytesDone: 0,
      bytesTotal: totals.bytes,
      rate: null,
      secondsLeft: null,
    };
  }

  get latest(): JobProgress {
    return { ...this.#latest, step: phrase(this.#latest) };
  }

  update(change: JobChange): void {
    this.#latest = { ...this.#latest, ...change };
    const wait = INTERVAL_MS - (performance.now() - this.#emitted);
    if (wait <= 0) this.#emit();
    else this.#timer ??= setTimeout(() => this.#emit(), wait);
  }

  end(result: JobResult): void {
    this.#latest = { ...this.#latest, state: result.state, secondsLeft: 0 };
    this.#result = result;
    this.#emit();
  }

  #emit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#emitted = performance.now();
    this.#measure();
    for (const wake of this.#watchers) wake();
    this.#onNews();
  }

  #measure(): void {
    const now = performance.now();
    const { bytesDone, itemsDone, itemsTotal } = this.#latest;
    this.#samples.push({ at: now, bytes: bytesDone });
    while (this.#samples.length > 2 && now - (this.#samples[0]?.at ?? now) > RATE_WINDOW_MS) this.#samples.shift();
    const first = this.#samples[0];
    if (first === undefined || now - first.at < 500 || bytesDone <= first.bytes) return;
    const rate = ((bytesDone - first.bytes) / (now - first.at)) * 1000;
    // Bytes to come are an estimate (previews, held-back instances); the share of items done is not.
    const share = itemsTotal === 0 ? 1 : itemsDone / itemsTotal;
    const secondsLeft = share === 0 ? null : (bytesDone / share - bytesDone) / rate;
    this.#latest = { ...this.#latest, rate: Math.round(rate), secondsLeft: secondsLeft && Math.ceil(secondsLeft) };
  }

  /** Progress as it comes (a slow watcher misses some, never the last), then the result. */
  async *watch(signal: AbortSignal): AsyncGenerator<JobEvent> {
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
          yield { type: "progress", progress: this.latest };
        }
        if (this.#result !== undefined) {
          yield { type: "result", result: this.#result };
          return;
        }
        if (!news) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#watchers.delete(notify);
      signal.removeEventListener("abort", notify);
    }
  }
}
