import type { Outcome } from "./compare.ts";
import { median } from "./measure.ts";

const MEMORY_LIMIT_BYTES = 350e6;

/** One line for each comparison; figures of Satchel and of what it is compared with are medians. */
export function formatReport(outcomes: readonly Outcome[], memoryLimit = MEMORY_LIMIT_BYTES): string {
  const header = ["what", "ratio", "limit", "met", "Satchel", "other", "peak memory", "spread of ratios"];
  const rows = outcomes.map(({ comparison, subject, baseline, ratio }) => {
    const ratios = subject.map((measured, index) => measured.seconds / (baseline[index]?.seconds ?? Number.NaN));
    const { limit } = comparison;
    return [
      comparison.title,
      ratio.toFixed(2),
      limit === undefined ? "-" : limit.toFixed(2),
      limit === undefined ? "-" : ratio <= limit ? "yes" : "NO",
      `${median(subject.map((measured) => measured.seconds)).toFixed(2)} s`,
      `${median(baseline.map((measured) => measured.seconds)).toFixed(2)} s`,
      `${(peakMemory(subject) / 1e6).toFixed(0)} MB`,
      `${Math.min(...ratios).toFixed(2)} - ${Math.max(...ratios).toFixed(2)}`,
    ];
  });
  const counted = outcomes.filter(({ comparison }) => comparison.memory !== false);
  const lines = table([header, ...rows]);
  if (counted.length > 0) {
    const peak = Math.max(...counted.map(({ subject }) => peakMemory(subject)));
    lines.push(
      "",
      `Peak memory ${(peak / 1e6).toFixed(0)} MB, limit ${memoryLimit / 1e6} MB: ${peak < memoryLimit ? "met" : "NOT met"}`,
    );
  }
  return lines.join("\n");
}

/** Whether every ratio and the memory keep their limits. */
export function allMet(outcomes: readonly Outcome[], memoryLimit = MEMORY_LIMIT_BYTES): boolean {
  return outcomes.every(
    ({ comparison, ratio, subject }) =>
      (comparison.limit === undefined || ratio <= comparison.limit) &&
      (comparison.memory === false || peakMemory(subject) < memoryLimit),
  );
}

function peakMemory(measurements: Outcome["subject"]): number {
  return Math.max(...measurements.map(({ peakBytes }) => peakBytes));
}

function table(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}
