import type { ScrubCounts, TextExamination } from "../../../../contract/calls/records.ts";
import type { NotesRecipe } from "../../../../contract/table-recipe.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatCount, formatTable } from "../format.ts";
import { createProgressLine } from "../progress-line.ts";
import type { Session } from "../session.ts";

/** As many as a person looks at in one sitting. */
const MOST_SHOWN = 20;

/**
 * Lists which notes are the riskiest after scrubbing, by their place in the table, and what was replaced in them; no text unless asked for.
 *
 * @returns the exit code
 */
export async function reviewNotes(session: Session, recipe: NotesRecipe, showText: boolean): Promise<number> {
  const { client, output, signal } = session;
  const progress = createProgressLine(output);
  let result: TextExamination | undefined;
  for await (const event of client["exports.examineText"]({ recipe }, signal)) {
    if (event.type === "result") result = event;
    else progress.show({ step: "Looking through the notes", done: event.done, total: event.total });
  }
  progress.end();
  if (result === undefined) throw new Error("an examination ended without a result");
  const shown = result.riskiest.slice(0, MOST_SHOWN);
  const texts = showText ? await textsOf(session, recipe, shown) : [];
  const { total, changed, replacements } = result;
  output.document({
    total,
    changed,
    replacements,
    riskiest: shown.map(({ row, risk, replaced, suspicious }, index) => ({
      row: row + 1,
      risk,
      replaced,
      suspicious: suspicious.length,
      ...(showText ? { words: suspicious, text: texts[index] ?? null } : {}),
    })),
  });
  output.line(`${counted(total, "note")}, ${formatCount(changed)} of them changed: ${inWords(replacements)}.`);
  if (shown.length === 0) output.line("None of them looks as if something were left.");
  else if (!output.json) {
    output.line("The riskiest, by the row they have in the table:");
    output.line(
      formatTable(
        [
          { title: "Row", right: true },
          { title: "Risk", right: true },
          { title: "Looks like a name", right: true },
          { title: "Replaced" },
        ],
        shown.map(({ row, risk, suspicious, replaced }) => [
          formatCount(row + 1),
          risk.toFixed(2),
          formatCount(suspicious.length),
          inWords(replaced),
        ]),
      ),
    );
    for (const [index, text] of texts.entries())
      output.line(`\nRow ${formatCount((shown[index]?.row ?? 0) + 1)}\n${text}`);
  }
  output.note("Scrubbing reduces the risk; it is no anonymisation.");
  return EXIT.done;
}

async function textsOf(
  { client, signal }: Session,
  recipe: NotesRecipe,
  notes: TextExamination["riskiest"],
): Promise<string[]> {
  const texts: string[] = [];
  // As the examination: whatever the recipe makes of the text.
  const scrubbing = { ...recipe, policy: { ...recipe.policy, text: "scrub" as const } };
  for (const { row } of notes) {
    const { rows } = await client["exports.reviewTable"]({ recipe: scrubbing, offset: row, limit: 1 }, signal);
    texts.push(rows[0]?.after.at(-1) ?? "");
  }
  return texts;
}

/** "3 patient-name, 1 phone", the most frequent first. */
function inWords(counts: ScrubCounts): string {
  const parts = Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([kind, count]) => `${formatCount(count)} ${kind}`);
  return parts.length === 0 ? "nothing" : parts.join(", ");
}
