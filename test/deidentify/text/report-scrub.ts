import { recallOf, wordsKept, type MarkOutcome, type ScrubMeasure } from "./measure-scrub.ts";

/** A page of Markdown: the figures by language and kind, then every miss and every word lost. The corpus is invented: it may be shown. */
export function reportScrub(measure: ScrubMeasure): string {
  const { marks, lost } = measure;
  const languages = [...measure.words.keys()];
  const kinds = [...new Set(marks.map(({ kind }) => kind))].sort();
  const known = marks.filter((mark) => mark.known);
  const unknown = marks.filter((mark) => !mark.known);
  const misses = marks.filter(({ left }) => left !== "");
  return [
    "# Scrubbed text, measured",
    "",
    `${measure.notes} invented notes, ${marks.length} marked places.`,
    "",
    "| language | known, by place | known, by character | others, by place | others, by character | other words kept |",
    "| --- | --- | --- | --- | --- | --- |",
    ...[...languages, "all"].map((language) => {
      const of = (among: readonly MarkOutcome[]) =>
        among.filter((mark) => language === "all" || mark.language === language);
      return row([
        language,
        ...cells(of(known)),
        ...cells(of(unknown)),
        percent(wordsKept(measure, language === "all" ? undefined : language)),
      ]);
    }),
    "",
    "| kind | known, by place | known, by character | others, by place | others, by character | words taken as this |",
    "| --- | --- | --- | --- | --- | --- |",
    ...kinds.map((kind) => {
      const of = (among: readonly MarkOutcome[]) => among.filter((mark) => mark.kind === kind);
      return row([
        kind,
        ...cells(of(known)),
        ...cells(of(unknown)),
        String(lost.filter((word) => word.kind === kind).length),
      ]);
    }),
    "",
    "## Missed although the catalog knows it",
    "",
    ...listMisses(misses.filter((mark) => mark.known)),
    "",
    "## Missed among the others",
    "",
    ...listMisses(misses.filter((mark) => !mark.known)),
    "",
    "## Words lost",
    "",
    ...lost
      .toSorted((a, b) => a.kind.localeCompare(b.kind))
      .map(({ note, kind, context }) => `- ${kind}, ${note}: ${inline(context)}`),
    "",
  ].join("\n");
}

function listMisses(misses: readonly MarkOutcome[]): string[] {
  if (misses.length === 0) return ["None."];
  return misses
    .toSorted((a, b) => a.kind.localeCompare(b.kind) || a.note.localeCompare(b.note))
    .map(({ note, kind, value, left }) => `- ${kind}, ${note}: ${inline(value)}, left: ${inline(left)}`);
}

function cells(marks: readonly MarkOutcome[]): string[] {
  if (marks.length === 0) return ["-", "-"];
  const { spans, found, bySpan, byCharacter } = recallOf(marks);
  return [`${percent(bySpan)} (${found} of ${spans})`, percent(byCharacter)];
}

const row = (columns: readonly string[]) => `| ${columns.join(" | ")} |`;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const inline = (text: string) => `\`${text.replaceAll(/\s*\n\s*/g, " / ").replaceAll("`", "'")}\``;
