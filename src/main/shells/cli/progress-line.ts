import { formatBytes, formatCount, formatSeconds } from "./format.ts";
import type { Output } from "./output.ts";

export interface ProgressView {
  step: string;
  done: number;
  total: number | null;
  bytes?: number;
  rate?: number | null;
  secondsLeft?: number | null;
}

export interface ProgressLine {
  show(view: ProgressView): void;
  /** Clears the bar, so that what follows stands on a line of its own. */
  end(): void;
}

/** Off a terminal a plain line now and then is enough for a log. */
const PLAIN_INTERVAL_MS = 5_000;
const BAR = 24;

/** A bar on a terminal, plain lines otherwise, NDJSON with --json. */
export function createProgressLine(output: Output): ProgressLine {
  let drawn = false;
  let lastStep = "";
  let lastPlain = 0;
  return {
    show(view) {
      if (output.json) {
        output.document({ progress: view });
      } else if (output.terminal) {
        process.stderr.write(`\r\x1b[2K${text(view, true)}`.slice(0, (process.stderr.columns ?? 80) + 5));
        drawn = true;
      } else if (view.step.replace(/\d+ %$/, "") !== lastStep || performance.now() - lastPlain > PLAIN_INTERVAL_MS) {
        lastStep = view.step.replace(/\d+ %$/, "");
        lastPlain = performance.now();
        output.note(text(view, false));
      }
    },
    end() {
      if (drawn) process.stderr.write("\r\x1b[2K");
      drawn = false;
    },
  };
}

function text(view: ProgressView, bar: boolean): string {
  const share = view.total === null || view.total === 0 ? null : Math.min(1, view.done / view.total);
  const parts: string[] = [];
  if (bar && share !== null) {
    const filled = Math.round(share * BAR);
    parts.push(`[${"#".repeat(filled)}${" ".repeat(BAR - filled)}]`);
  }
  if (share !== null) parts.push(`${Math.floor(share * 100)} %`.padStart(5));
  // Of what is computed from the whole nobody knows before how much that is: its total stays 0.
  parts.push(share === null ? formatCount(view.done) : `${formatCount(view.done)}/${formatCount(view.total ?? 0)}`);
  if (view.bytes !== undefined && view.bytes > 0) parts.push(formatBytes(view.bytes));
  if (view.rate) parts.push(`${formatBytes(view.rate)}/s`);
  if (view.secondsLeft) parts.push(`${formatSeconds(view.secondsLeft)} left`);
  // Last, since a narrow terminal cuts the line and names of packages are long.
  parts.push(view.step);
  return parts.join("  ");
}
