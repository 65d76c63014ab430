import { monitorEventLoopDelay } from "node:perf_hooks";

/** What the main thread of the engine did since it was last asked. Milliseconds. */
export interface Turns {
  /**
   * The most processor time that went by between two firings of a timer: what one turn held, whatever else ran on the machine. The
   * wall-clock figures beside it also count the time in which others had the processor.
   */
  held: number;
  /** How often that was above 50. */
  above50: number;
  /** Of the timer, by the wall clock. */
  late: { median: number; p99: number; worst: number };
}

const LONG_MS = 50;

/** Watches the thread it is called in. @returns what tells the figures and begins anew */
export function watchTurns(): () => Turns {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const used = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let before = used();
  let held = 0;
  let above50 = 0;
  setInterval(() => {
    const now = used();
    held = Math.max(held, now - before);
    if (now - before > LONG_MS) above50++;
    before = now;
  }, 1).unref();
  return () => {
    const late = {
      median: delay.percentile(50) / 1e6,
      p99: delay.percentile(99) / 1e6,
      worst: delay.max / 1e6,
    };
    const turns = { held, above50, late };
    held = 0;
    above50 = 0;
    delay.reset();
    return turns;
  };
}
