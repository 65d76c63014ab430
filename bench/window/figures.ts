import { cpus, loadavg } from "node:os";

/** Median, 95th percentile and worst, in the unit of the values. */
function spread(values: readonly number[]): { median: number; p95: number; worst: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}

/** One line of a report. */
export function sayMs(what: string, values: readonly number[], unit = "ms"): void {
  const { median, p95, worst } = spread(values);
  const figures = [median, p95, worst].map((value) => value.toFixed(value < 10 ? 1 : 0).padStart(6)).join("  ");
  console.log(`  ${what.padEnd(52)} ${figures}  ${unit} (${values.length})`);
}

/** How busy the machine is by itself: on one that is, wall-clock figures say more about others. */
export function sayMachine(): void {
  console.log(
    `  load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")} on ${cpus().length} processors; columns: median, 95th, worst (runs)`,
  );
}
