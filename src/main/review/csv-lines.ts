import { inTurns } from "../in-turns.ts";

/** Lines of a CSV, found once, so that any of them can be read at once. */
export interface CsvLines {
  /** With the head. */
  count: number;
  slice(from: number, to: number): string[];
}

/** Characters that are looked through in one turn. */
const TURN = 2_000_000;

/** Finds the ends of lines (RFC 4180), a little at a time. @throws CANCELLED */
export async function csvLines(text: string, signal: AbortSignal): Promise<CsvLines> {
  const ends = await inTurns(endsOf(text), signal);
  return {
    count: ends.length,
    slice: (from, to) =>
      ends.slice(from, to).map((end, index) => {
        const before = ends[from + index - 1];
        return text.slice(before === undefined ? 0 : before + 2, end);
      }),
  };
}

function* endsOf(text: string): Generator<void, number[]> {
  const ends: number[] = [];
  let quoted = false;
  let turn = TURN;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at);
    if (code === 0x22) quoted = !quoted;
    else if (code === 0x0d && !quoted && text[at + 1] === "\n") ends.push(at);
    if (at < turn) continue;
    turn = at + TURN;
    yield;
  }
  return ends;
}

/** Cells of one line, as they were before they were quoted. */
export function parseCsvLine(line: string): string[] {
  const cells: string[] = [];
  const cell = /"((?:[^"]|"")*)"|([^,]*)/y;
  for (let at = 0; at <= line.length; at = cell.lastIndex + 1) {
    cell.lastIndex = at;
    const [, quoted, plain = ""] = cell.exec(line) ?? [];
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
  }
  return cells;
}
