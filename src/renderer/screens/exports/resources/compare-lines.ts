export interface ComparedLine {
  text: string;
  /** The other side has no such line; what moved with its neighbours counts as the same. */
  only: boolean;
}

/** Lines of a JSON document that another has not: as often as it has them, whatever their place. Commas at ends do not count. */
export function compareLines(text: string, other: string, most: number): ComparedLine[] {
  const left = new Map<string, number>();
  for (const line of linesOf(other, Infinity)) left.set(bare(line), (left.get(bare(line)) ?? 0) + 1);
  return linesOf(text, most).map((line) => {
    const count = left.get(bare(line)) ?? 0;
    if (count > 0) left.set(bare(line), count - 1);
    return { text: line, only: count === 0 };
  });
}

function linesOf(text: string, most: number): string[] {
  return text === "" ? [] : text.split("\n", Math.min(most, 0xffffffff));
}

function bare(line: string): string {
  return line.trim().replace(/,$/, "");
}
