import type { SyncProgress } from "./source.ts";

/** Passes on at most ten reports a second, and the first of each step. */
export function throttleProgress(onProgress: (progress: SyncProgress) => void): (progress: SyncProgress) => void {
  let last = -Infinity;
  let step = "";
  return (progress) => {
    const now = performance.now();
    if (progress.step === step && now - last < 100) return;
    last = now;
    step = progress.step;
    onProgress(progress);
  };
}
