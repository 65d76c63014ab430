/** Longer than any page takes to be loaded anew. */
const GRACE_MS = 5_000;
/** How often it is looked whether the last job has ended. */
const LOOK_MS = 1_000;

/** Says when the last page has gone for good and nothing is left to do. */
export interface WindowLife {
  /** To be told the number of pages that are connected. */
  pages(count: number): void;
  /** The browser has ended: no page comes back by itself. */
  browserEnded(): void;
  /** Settles when the window was closed and no job runs. */
  readonly over: Promise<"closed" | "never shown">;
  stop(): void;
}

/**
 * @param isBusy whether a job runs: it goes on without a window
 * @param onWaiting called once each time it is found that the window is closed and a job goes on
 * @param grace milliseconds that a page may be gone, for tests
 */
export function watchWindow(
  isBusy: () => boolean,
  onWaiting: () => void,
  grace: { page: number; look: number } = { page: GRACE_MS, look: LOOK_MS },
): WindowLife {
  const { promise: over, resolve } = Promise.withResolvers<"closed" | "never shown">();
  let timer: NodeJS.Timeout | undefined;
  let shown = false;
  let present = 0;
  let waiting = false;
  let stopped = false;
  const end = (): void => {
    if (!isBusy()) {
      resolve(shown ? "closed" : "never shown");
      return;
    }
    if (!waiting) onWaiting();
    waiting = true;
    timer = setTimeout(end, grace.look);
  };
  const leave = (): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(end, grace.page);
  };
  return {
    over,
    pages(count) {
      present = count;
      if (count > 0) {
        shown = true;
        waiting = false;
        clearTimeout(timer);
      } else if (shown) leave();
    },
    browserEnded() {
      if (present === 0) leave();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
