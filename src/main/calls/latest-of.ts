/** One thing that long work tells: how far it is (the latest only, at most ten times a second), then what came of it. */
export type Told<Progress, Result> = { kind: "progress"; value: Progress } | { kind: "result"; value: Result };

const INTERVAL_MS = 100;

/** Turns work with a progress callback into a stream whose consumer may be slow: it sees the latest state, never a backlog. */
export async function* latestOf<Progress, Result>(
  work: (onProgress: (progress: Progress) => void) => Promise<Result>,
): AsyncGenerator<Told<Progress, Result>> {
  let latest: Progress | undefined;
  let told = -INTERVAL_MS;
  let wake: () => void = () => undefined;
  const result = work((progress) => {
    latest = progress;
    if (performance.now() - told >= INTERVAL_MS) wake();
  });
  let ended = false;
  const end = (): void => {
    ended = true;
    wake();
  };
  result.then(end, end);
  while (!ended) {
    await new Promise<void>((resolve) => (wake = resolve));
    if (latest !== undefined && !ended) {
      told = performance.now();
      const value = latest;
      latest = undefined;
      yield { kind: "progress", value };
    }
  }
  yield { kind: "result", value: await result };
}
