import type { TablePreview } from "../../contract/calls/fhir-exports.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { DatasetRecipe } from "../../contract/fhir-recipe.ts";
import type { Workspace } from "../access/workspace.ts";
import type { OpenDataset } from "../exports/dataset/kinds.ts";
import { planDatasetForReview } from "./dataset-plans.ts";
import type { SideThread } from "./side-thread.ts";

/** While a sync runs the catalog may change between a plan and its resources. */
const MOST_TRIES = 5;
/** Resources that are looked at for a preview: a view may leave most of them out. */
const MOST_READ = 500;

/** The first rows of one table of a dataset, made by what makes them for an export. @throws as `views.preview` */
export async function previewTable(
  { catalog, catalogAccess }: Pick<Workspace, "catalog" | "catalogAccess">,
  thread: SideThread,
  recipe: DatasetRecipe,
  dataset: OpenDataset,
  { table, limit }: { table: number; limit: number },
  signal: AbortSignal,
): Promise<TablePreview> {
  const part = dataset.parts[table];
  if (part === undefined || part.encoding.kind !== "table")
    throw new SatchelError("NOT_FOUND", `The export makes ${dataset.parts.length} files, and not this table.`);
  const { settings, title } = part.encoding;
  for (let tries = 1; ; tries++) {
    const plan = await planDatasetForReview(catalog, recipe, dataset, signal);
    const source = { ...dataset.source, catalog: catalogAccess, generation: plan.generation };
    const chunks = plan.chunks.filter((chunk) => chunk.part === table);
    const preview: TablePreview = {
      tables: dataset.parts.map(({ path }) => path),
      path: part.path,
      title,
      columns: settings.columns.map(({ name, type, description }) => ({ name, type, description })),
      rows: [],
      resources: 0,
      withheld: 0,
      total: chunks.reduce((sum, { resources }) => sum + resources.length, 0),
    };
    try {
      for (const chunk of chunks) {
        const [rows, read] = [limit - preview.rows.length, MOST_READ - preview.resources];
        if (rows <= 0 || read <= 0) break;
        const answer = await thread.ask({ kind: "dataset-rows", source, part, chunk, rows, read }, signal);
        preview.rows.push(...answer.rows);
        preview.resources += answer.resources;
        preview.withheld += answer.withheld;
      }
      return preview;
    } catch (thrown) {
      if (!(thrown instanceof SatchelError) || thrown.code !== "SOURCE_ANSWER" || tries === MOST_TRIES) throw thrown;
    }
  }
}
