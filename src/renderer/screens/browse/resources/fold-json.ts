/** Indented JSON, line by line, with which lines open what: read from the indentation alone, so a text that is cut short is shown as well. */
export interface JsonLine {
  text: string;
  /** Steps of indentation. */
  depth: number;
  /** Index of the line that closes what this one opens; undefined where it opens nothing, or the end is cut off. */
  end: number | undefined;
}

const STEP = 2;
/** Longer ones hold pictures; nobody reads them. */
const LONGEST_LINE = 400;

export function readJsonLines(json: string): JsonLine[] {
  const lines: JsonLine[] = json.split("\n").map((line) => {
    const text = line.trimStart();
    return { text, depth: Math.floor((line.length - text.length) / STEP), end: undefined };
  });
  const open: number[] = [];
  lines.forEach((line, index) => {
    if (/^[\]}],?$/.test(line.text)) {
      const start = open.pop();
      const opener = start === undefined ? undefined : lines[start];
      if (opener !== undefined) opener.end = index;
    } else if (/[[{]$/.test(line.text)) open.push(index);
  });
  return lines;
}

/** Lines that are folded to begin with: what lies deeper than the first two levels of a long resource. */
export function foldedAtFirst(lines: readonly JsonLine[], short = 60): Set<number> {
  if (lines.length <= short) return new Set();
  return new Set(lines.flatMap(({ depth, end }, index) => (end !== undefined && depth >= 2 ? [index] : [])));
}

/** Indexes of the lines that are seen where some are folded. */
export function seenLines(lines: readonly JsonLine[], folded: ReadonlySet<number>): number[] {
  const seen: number[] = [];
  for (let index = 0; index < lines.length; index++) {
    seen.push(index);
    const end = lines[index]?.end;
    // The closing line stands behind the folded one.
    if (end !== undefined && folded.has(index)) index = end;
  }
  return seen;
}

/** The name of what a line opens, for its button; "" in a list. */
export function nameOfLine({ text }: JsonLine): string {
  return /^"((?:[^"\\]|\\.)*)":/.exec(text)?.[1] ?? "";
}

/** @returns what is shown of a line, and how many characters it has where that is not all */
export function shortLine(text: string): { shown: string; length: number | undefined } {
  if (text.length <= LONGEST_LINE) return { shown: text, length: undefined };
  return { shown: text.slice(0, LONGEST_LINE).replace(/[\uD800-\uDBFF]$/, ""), length: text.length };
}
