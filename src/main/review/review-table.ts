import type { TableReview } from "../../contract/calls/records.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { TableRecipe } from "../../contract/table-recipe.ts";
import type { Workspace } from "../access/workspace.ts";
import type { OpenTable } from "../exports/table/kinds.ts";
import { packageName, tableName } from "../exports/table/package-names.ts";
import { meaningOfSentence } from "../exports/table/table-notices.ts";
import type { SideThread } from "./side-thread.ts";
import type { ReviewedRow } from "./side-messages.ts";
import { planForReview, type ReviewPlan } from "./table-plans.ts";

/** While a sync of records runs the catalog may change between a plan and its rows. */
const MOST_TRIES = 5;

/**
 * Some rows of a table before and after its policy, made by what makes them for an export.
 *
 * @throws TOO_LARGE, NOT_FOUND, USAGE (the selection), SOURCE_ANSWER where the catalog changes faster than it can be read, CANCELLED
 */
export async function reviewTable(
  workspace: Pick<Workspace, "catalog" | "catalogAccess">,
  thread: SideThread,
  recipe: TableRecipe,
  table: OpenTable,
  { offset, limit }: { offset: number; limit: number },
  signal: AbortSignal,
): Promise<TableReview> {
  for (let tries = 1; ; tries++) {
    const plan = await planForReview(workspace.catalog, recipe, table, signal);
    const notices = [...table.notices, ...plan.end.notices];
    try {
      return {
        columns: table.format.columns.map(({ name }) => name),
        total: plan.rows,
        package: packageName(recipe, table.fileName),
        path: tableName(recipe, table.fileName),
        rows: await rowsOf(workspace, thread, table, plan, { offset, limit }, signal),
        notices,
        noticeMeanings: notices.map(meaningOfSentence),
      };
    } catch (thrown) {
      if (!(thrown instanceof SatchelError) || thrown.code !== "SOURCE_ANSWER" || tries === MOST_TRIES) throw thrown;
    }
  }
}

async function rowsOf(
  { catalogAccess }: Pick<Workspace, "catalogAccess">,
  thread: SideThread,
  table: OpenTable,
  plan: ReviewPlan,
  { offset, limit }: { offset: number; limit: number },
  signal: AbortSignal,
): Promise<ReviewedRow[]> {
  const rows: ReviewedRow[] = [];
  let first = 0;
  for (const chunk of plan.chunks) {
    const next = first + chunk.rows;
    const wanted = limit - rows.length;
    if (next > offset && wanted > 0) {
      const skip = Math.max(0, offset - first);
      const answer = await thread.ask(
        {
          kind: "table-rows",
          source: { ...table.rows, catalog: catalogAccess, generation: plan.generation },
          format: table.format,
          chunk,
          skip,
          limit: wanted,
        },
        signal,
      );
      rows.push(...answer.rows);
    }
    first = next;
  }
  return rows;
}
