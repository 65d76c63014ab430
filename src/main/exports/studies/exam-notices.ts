import type { StudiesRecipe } from "../../../contract/table-recipe.ts";

const DO_NOT_SHARE = "Handle it with care, and do not share it with anyone outside the authorised research group.";

/** How a study list must be handled, and what in it could still identify: sentences, the first of which is the most important. */
export function examNotices({ policy, columns, sort }: Pick<StudiesRecipe, "policy" | "columns" | "sort">): string[] {
  if (policy.kind === "identified")
    return [`This study list names patients: everything is as it was at the source. ${DO_NOT_SHARE}`];
  const has = (name: (typeof columns)[number]): boolean => columns.includes(name);
  return [
    `This study list is pseudonymised, not anonymous: it is still about single people, and together with other knowledge rows can identify them. ${DO_NOT_SHARE}`,
    "Names of patients and physicians and birth dates were left out; their columns are there and empty. Ages over 89 stand as 90.",
    ...(columns.some((name) => name.endsWith("_datetime"))
      ? ["Dates and times are those of the source: together with other knowledge they can identify."]
      : []),
    ...(has("exam_room") || has("exam_equipment")
      ? ["Rooms and devices are kept: they tell where the patient was examined."]
      : []),
    ...(has("exam_description") || has("exam_item")
      ? [
          "Names, numbers and dates were replaced in descriptions by rules and by what the catalog knows of each patient. That reduces the risk; it is no anonymisation: some may have been overlooked.",
        ]
      : []),
    ...(sort === "patient_name_asc"
      ? ["Rows stand in the order of patients' names, which tells something of them."]
      : []),
    "Whoever holds the project key can compute which pseudonym belongs to which patient.",
  ];
}

/** The policy in words, for the receipt and the audit log. */
export function examPolicyWords({ policy }: Pick<StudiesRecipe, "policy">): string[] {
  return policy.kind === "identified"
    ? ["everything as at the source"]
    : [
        "names and birth dates left out",
        "ids as pseudonyms",
        "ages over 89 as 90",
        "descriptions scrubbed",
        "dates kept",
      ];
}
