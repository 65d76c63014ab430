/** Exports that take the file that they make as an argument. */
const WITH_OUTPUT: ReadonlySet<string> = new Set(["notes", "studies", "table", "observations"]);
/** Endings of the tables that they make. */
const TABLE = /\.(csv|xlsx|parquet)$/i;

/**
 * `export table --view observation obs.csv`: options that take several values take all words that follow, and the file with them. A word that
 * looks like a table, and is not what an option right before it asks for, is the output; it is put first, where no option can take it.
 *
 * @param words as they were given, without the program's name
 */
export function withOutputFirst(words: readonly string[]): string[] {
  const at = words.findIndex((word, index) => word === "export" && WITH_OUTPUT.has(words[index + 1] ?? ""));
  const end = words.indexOf("--");
  if (at === -1 || (end !== -1 && end < at)) return [...words];
  const first = at + 2;
  const outputs = words.flatMap((word, index) => {
    if (index < first || (end !== -1 && index >= end) || word.startsWith("-") || !TABLE.test(word)) return [];
    return words[index - 1]?.startsWith("-") === true ? [] : [index];
  });
  const [place] = outputs;
  // Two of them are for commander to refuse.
  if (place === undefined || outputs.length > 1) return [...words];
  const others = words.slice(first).filter((_, index) => index + first !== place);
  return [...words.slice(0, first), words[place] ?? "", ...others];
}
