import { ELEMENT_TREATMENTS, WITHHELD_REASONS } from "../fhir.ts";
import { datasetRecipe } from "../fhir-recipe.ts";
import { noticeMeaning } from "../notice.ts";
import { call } from "../rpc.ts";
import { z } from "../schema.ts";

const cell = z.union([z.string(), z.number()]).nullable();

const resourceReview = z.object({
  /** Resources of the selection, and which of them (from 0) this is, in the order of the export. */
  total: z.int(),
  index: z.int(),
  /** Names as they will be in the package. */
  package: z.string(),
  path: z.string(),
  type: z.string(),
  /** JSON with line ends; of a very long one the first part. */
  before: z.string(),
  /** Null where nothing of it leaves. */
  after: z.string().nullable(),
  truncated: z.boolean(),
  /** Why nothing of it leaves. */
  withheld: z.enum(WITHHELD_REASONS).nullable(),
  treatments: z.partialRecord(z.enum(ELEMENT_TREATMENTS), z.int()),
  /** Of a table: what is made of it, at most fifty rows. */
  table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)) }).nullable(),
  notices: z.array(z.string()),
  noticeMeanings: z.array(noticeMeaning.nullable()),
});
export type ResourceReview = z.infer<typeof resourceReview>;

export const resourceReviewCalls = {
  /**
   * One resource before and after the policy, and the rows that a table gets of it; nothing is written.
   *
   * @throws KEY_NEEDED, USAGE (the selection, the view), NOT_FOUND, LEAK, SOURCE_ANSWER where the catalog changes faster than it can be read
   */
  "exports.reviewResource": call(z.object({ recipe: datasetRecipe, index: z.int().min(0) }).strict(), resourceReview),
};
