import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import type { Json } from "../../fhir/json.ts";

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, "a name begins with a letter; letters, digits and _ follow");
const path = z.string().min(1);

const column = z.object({
  name,
  path,
  type: z.string().optional(),
  description: z.string().optional(),
  collection: z.boolean().optional(),
});
export type ViewColumn = z.infer<typeof column>;

export interface ViewSelect {
  column?: ViewColumn[] | undefined;
  select?: ViewSelect[] | undefined;
  unionAll?: ViewSelect[] | undefined;
  forEach?: string | undefined;
  forEachOrNull?: string | undefined;
  repeat?: string[] | undefined;
}

const select: z.ZodType<ViewSelect> = z.lazy(() =>
  z
    .object({
      column: z.array(column).optional(),
      select: z.array(select).optional(),
      unionAll: z.array(select).min(1).optional(),
      forEach: path.optional(),
      forEachOrNull: path.optional(),
      repeat: z.array(path).min(1).optional(),
    })
    .refine((one) => [one.forEach, one.forEachOrNull, one.repeat].filter((way) => way !== undefined).length <= 1, {
      message: "only one of forEach, forEachOrNull and repeat",
    }),
);

/** What Satchel reads of a ViewDefinition (SQL on FHIR 2.0.0 and 3.0.0-ballot); what else stands there is about the view, not of it. */
const viewDefinition = z.object({
  resource: z.string().regex(/^[A-Z][A-Za-z]+$/, "a type of resource"),
  name: name.optional(),
  title: z.string().optional(),
  constant: z.array(z.looseObject({ name })).optional(),
  where: z.array(z.object({ path })).optional(),
  select: z.array(select).min(1),
});
export type ViewDefinition = z.infer<typeof viewDefinition>;

/** @throws USAGE with the first thing that is wrong and where */
export function parseViewDefinition(document: unknown): ViewDefinition {
  const result = viewDefinition.safeParse(document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join(".") ?? "";
  throw new SatchelError(
    "USAGE",
    `The view is no ViewDefinition that can be read${where === "" ? "" : ` (${where})`}: ${issue?.message ?? "unknown"}.`,
    "Correct the view.",
  );
}

/** @throws USAGE where a constant has no value, or more than one */
export function constantsOf({ constant = [] }: ViewDefinition): ReadonlyMap<string, Json> {
  return new Map(
    constant.map((one) => {
      const values = Object.entries(one).filter(([key]) => /^value[A-Z]/.test(key));
      const [value] = values;
      if (values.length !== 1 || value === undefined || value[1] === null || typeof value[1] === "object")
        throw new SatchelError(
          "USAGE",
          `The constant ${one.name} of the view needs one value.`,
          'Give it one, such as "valueString".',
        );
      return [one.name, value[1] as Json];
    }),
  );
}
