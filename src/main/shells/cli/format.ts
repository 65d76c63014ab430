/** How numbers and tables look on a terminal. */

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** "1.06 GB", decimal units, as disks are sold. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${UNITS[unit] ?? ""}`;
}

/** Made once: `toLocaleString` makes one at each call. */
const COUNTS = new Intl.NumberFormat("en-US");

/** "2,113" */
export function formatCount(count: number): string {
  return COUNTS.format(count);
}

/** "12 patients", "1 patient" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "45 s", "2 min 5 s", "1 h 12 min" */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Columns a text takes on a terminal: two for East Asian wide characters, none for combining marks. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{M}|\p{Cf}/u.test(character)) continue;
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
      character,
    )
      ? 2
      : 1;
  }
  return columns;
}

export interface Column {
  title: string;
  right?: boolean;
}

/** A table with a header; what a terminal could be made to obey (control characters) is left out. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map((cell) => cell.replace(/\p{Cc}|\p{Cf}/gu, "")));
  const widths = columns.map(({ title }, index) =>
    Math.max(width(title), ...clean.map((row) => width(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const padding = " ".repeat(Math.max(0, (widths[index] ?? 0) - width(cell)));
        return columns[index]?.right === true ? padding + cell : cell + padding;
      })
      .join("  ")
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...clean.map(line)].join("\n");
}
