import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { measureCommand, median } from "./measure.ts";
import type { Measurement, Side } from "./measure.ts";

export interface Comparison {
  /** For `--only`. */
  name: string;
  title: string;
  subject: Side;
  baseline: Side;
  /** The ratio subject : baseline must not exceed it; undefined for what is only shown. */
  limit?: number;
  runs: number;
  warmUps: number;
  /** Reads what both sides read, so that neither pays for a disk: some machines take pages back within a minute. */
  warm?: () => void;
  /** Whether the subject's peak memory counts against the limit. Default true. */
  memory?: boolean;
}

export interface Outcome {
  comparison: Comparison;
  subject: Measurement[];
  baseline: Measurement[];
  /** Median of the ratios of neighbouring runs: what slows the whole machine down for a while cancels out. */
  ratio: number;
}

async function measureSide(side: Side, scratch: string, warm: (() => void) | undefined): Promise<Measurement> {
  const output = join(scratch, "output");
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  await side.prepare?.(output);
  // What the run before left to be written must not be paid for by this one.
  await measureCommand({ command: "sync", args: ["--file-system", scratch] });
  warm?.();
  let seconds = 0;
  let peakBytes = 0;
  for (const command of side.commands(output)) {
    const measured = await measureCommand(command);
    seconds += measured.seconds;
    peakBytes = Math.max(peakBytes, measured.peakBytes);
  }
  await side.check?.(output);
  rmSync(output, { recursive: true, force: true });
  return { seconds, peakBytes };
}

/** Measures both sides in turn: baseline, subject, baseline, subject … after warm-ups that do not count. */
export async function compare(comparison: Comparison, scratch: string): Promise<Outcome> {
  const subject: Measurement[] = [];
  const baseline: Measurement[] = [];
  for (let run = -comparison.warmUps; run < comparison.runs; run++) {
    const before = await measureSide(comparison.baseline, scratch, comparison.warm);
    const after = await measureSide(comparison.subject, scratch, comparison.warm);
    process.stdout.write(
      `  ${comparison.name} ${run < 0 ? "warm-up" : `run ${run + 1}/${comparison.runs}`}: ` +
        `${comparison.subject.name} ${after.seconds.toFixed(2)} s, ${comparison.baseline.name} ${before.seconds.toFixed(2)} s\n`,
    );
    if (run < 0) continue;
    baseline.push(before);
    subject.push(after);
  }
  const ratio = median(subject.map((measured, index) => measured.seconds / (baseline[index]?.seconds ?? Number.NaN)));
  return { comparison, subject, baseline, ratio };
}
