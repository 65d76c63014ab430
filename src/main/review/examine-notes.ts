import { setImmediate } from "node:timers/promises";
import { SatchelError } from "../../contract/errors.ts";
import { openCatalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import { NoteRows, type NoteRowsSettings } from "../exports/notes/note-rows.ts";
import { countKinds } from "./scrub-counts.ts";
import type { ExamineTextAnswer, ExamineTextQuestion } from "./side-messages.ts";

/** Others ask this thread too. */
const SLICE_MS = 10;
const MOST_WORDS = 10;

/**
 * Takes the notes of a chunk through the scrubber and keeps nothing but what came of it.
 *
 * @throws SOURCE_ANSWER where the records have changed since they were planned, CANCELLED
 */
export async function examineNotes(
  { source, chunk, most }: ExamineTextQuestion,
  signal: AbortSignal,
): Promise<ExamineTextAnswer> {
  // Not `withRecords`: this waits between notes, which a transaction of the catalog may not.
  const catalog = openCatalog(source.catalog.path, Buffer.from(source.catalog.key), { readOnly: true });
  try {
    const changed = new SatchelError("SOURCE_ANSWER", "The records changed while they were looked at.", "Look again.");
    if (recordsGeneration(catalog) !== source.generation) throw changed;
    const rows = new NoteRows(catalog, source.settings as NoteRowsSettings);
    let riskiest: ExamineTextAnswer["riskiest"] = [];
    let row = 0;
    let sliceEnd = performance.now() + SLICE_MS;
    for (const { note, scrubbed } of rows.made(chunk)) {
      if (scrubbed !== null && scrubbed.risk > 0) {
        riskiest.push({
          note: note.id,
          row,
          risk: scrubbed.risk,
          replaced: countKinds(scrubbed.replaced),
          suspicious: wordsOf(scrubbed),
        });
        if (riskiest.length >= 2 * most) riskiest = theRiskiest(riskiest, most);
      }
      row++;
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      if (signal.aborted) throw new SatchelError("CANCELLED", "The examination was cancelled.");
      sliceEnd = performance.now() + SLICE_MS;
    }
    if (recordsGeneration(catalog) !== source.generation) throw changed;
    const { changed: notesChanged, replacements } = rows.notes();
    return { changed: notesChanged, replacements, riskiest: theRiskiest(riskiest, most) };
  } finally {
    catalog.close();
  }
}

function theRiskiest(notes: ExamineTextAnswer["riskiest"], most: number): ExamineTextAnswer["riskiest"] {
  return notes.sort((one, other) => other.risk - one.risk || one.row - other.row).slice(0, most);
}

/** What still looks like a name or a number, each once. */
function wordsOf({
  text,
  suspicious,
}: {
  text: string;
  suspicious: readonly { start: number; end: number }[];
}): string[] {
  return [...new Set(suspicious.map(({ start, end }) => text.slice(start, end)))].slice(0, MOST_WORDS);
}
