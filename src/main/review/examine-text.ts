import type { ScrubCounts, TextExamination } from "../../contract/calls/records.ts";
import type { NotesRecipe } from "../../contract/table-recipe.ts";
import type { Workspace } from "../access/workspace.ts";
import type { OpenTable } from "../exports/table/kinds.ts";
import { addCounts } from "./scrub-counts.ts";
import type { SideThread } from "./side-thread.ts";
import { planForReview } from "./table-plans.ts";

/** The contract's list is as long as this. */
const MOST_RISKIEST = 100;

/**
 * Takes every note of a selection through the scrubber without writing anything.
 *
 * @throws as reviewTable
 */
export async function examineText(
  { catalog, catalogAccess }: Pick<Workspace, "catalog" | "catalogAccess">,
  thread: SideThread,
  recipe: NotesRecipe,
  table: OpenTable,
  onProgress: (examination: TextExamination) => void,
  signal: AbortSignal,
): Promise<TextExamination> {
  const plan = await planForReview(catalog, recipe, table, signal);
  const source = { ...table.rows, catalog: catalogAccess, generation: plan.generation };
  let [done, changed] = [0, 0];
  const replacements: ScrubCounts = {};
  let riskiest: TextExamination["riskiest"] = [];
  const soFar = (): TextExamination => ({
    done,
    total: plan.rows,
    changed,
    replacements: { ...replacements },
    riskiest: [...riskiest],
  });
  onProgress(soFar());
  for (const chunk of plan.chunks) {
    const answer = await thread.ask({ kind: "examine-text", source, chunk, most: MOST_RISKIEST }, signal);
    const first = done;
    riskiest = [...riskiest, ...answer.riskiest.map((one) => ({ ...one, row: first + one.row }))]
      .sort((one, other) => other.risk - one.risk || one.row - other.row)
      .slice(0, MOST_RISKIEST);
    done += chunk.rows;
    changed += answer.changed;
    addCounts(replacements, answer.replacements);
    onProgress(soFar());
  }
  return soFar();
}
