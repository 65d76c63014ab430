import { EXAM_COLUMNS, EXAM_SORTS, examsFilter, notesFilter } from "./records.ts";
import { z } from "./schema.ts";

/** How a table leaves. Common to all kinds of table. */
const delivery = {
  /**
   * `file`: the table alone. `beside`: the table, and next to it its description, codebook, receipt and manifest. `folder`, `zip`: a
   * package that holds all of them.
   */
  format: z.enum(["file", "beside", "folder", "zip"]),
  /** Of the table within a ZIP: 0 stores, 1 to 9 deflates. */
  compress: z.int().min(0).max(9),
  /** File name of the table; left out, the kind's own. */
  name: z.string().min(1).optional(),
  /** Cells that a spreadsheet would take for a formula are made harmless, or left as they are. */
  formulas: z.enum(["guard", "keep"]),
  destination: z.string().min(1),
};

export const notesPolicy = z
  .object({
    /** Of patients and notes. `source`: the live ones; needs a reason. */
    ids: z.enum(["pseudonym", "source"]),
    /** Name of a project key: for pseudonyms. */
    key: z.string().min(1).optional(),
    /** Why live ids leave; written to the receipt and the audit log. */
    reason: z.string().min(1).optional(),
    /** Status and record number as they were when the note was written, or as they are now. */
    asOf: z.enum(["note", "now"]),
    statusLabels: z.enum(["english", "source"]),
    /** `safe-harbor`: ages over 89 become 90 (45 CFR 164.514(b)(2)(i)(C)). */
    ages: z.enum(["exact", "safe-harbor"]),
    recordNumber: z.enum(["keep", "pseudonym", "drop"]),
    text: z.enum(["keep", "drop", "scrub"]),
  })
  .strict()
  .refine((policy) => policy.ids === "pseudonym" || policy.reason !== undefined, {
    message: "live ids need a reason",
    path: ["reason"],
  })
  .refine((policy) => (policy.ids === "source" && policy.recordNumber !== "pseudonym") || policy.key !== undefined, {
    message: "pseudonyms need a project key",
    path: ["key"],
  });
export type NotesPolicy = z.infer<typeof notesPolicy>;

/** One row a note. */
export const notesRecipe = z
  .object({ kind: z.literal("notes"), version: z.literal(1), selection: notesFilter, policy: notesPolicy, ...delivery })
  .strict();
export type NotesRecipe = z.infer<typeof notesRecipe>;

export const studiesPolicy = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("identified") }).strict(),
  z.object({ kind: z.literal("pseudonymised"), key: z.string().min(1) }).strict(),
]);
export type StudiesPolicy = z.infer<typeof studiesPolicy>;

/** The study list: one row an exam. */
export const studiesRecipe = z
  .object({
    kind: z.literal("studies"),
    version: z.literal(1),
    selection: examsFilter,
    sort: z.enum(EXAM_SORTS),
    columns: z.array(z.enum(EXAM_COLUMNS)).min(1),
    table: z.enum(["csv", "xlsx"]),
    /** More rows than this and the job stops before it writes, and says how many there are. */
    maxRows: z.int().min(1),
    policy: studiesPolicy,
    ...delivery,
  })
  .strict();
export type StudiesRecipe = z.infer<typeof studiesRecipe>;

export const tableRecipe = z.discriminatedUnion("kind", [notesRecipe, studiesRecipe]);
export type TableRecipe = z.infer<typeof tableRecipe>;

/**
 * What a table is called in lists, audit log and receipt. Free text and record numbers as they are lead back to a person, whatever the ids
 * are.
 */
export function identityOfTable(recipe: TableRecipe): "identified" | "pseudonymised" {
  if (recipe.kind === "studies") return recipe.policy.kind;
  const { ids, recordNumber, text } = recipe.policy;
  return ids === "source" || recordNumber === "keep" || text === "keep" ? "identified" : "pseudonymised";
}
