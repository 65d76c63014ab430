import type { StudiesRecipe } from "../../../contract/table-recipe.ts";
import { FULL_DATES_NOTICE, PROJECT_KEY_NOTICE } from "../../deidentify/notices.ts";
import { tableNotice } from "../table/table-notices.ts";
import { optionWords } from "../table/table-options.ts";

/** How a study list must be handled, and what in it could still identify: sentences, the first of which is the most important. */
export function examNotices({ policy, columns, sort }: Pick<StudiesRecipe, "policy" | "columns" | "sort">): string[] {
  if (policy.kind === "identified") return [tableNotice("exams-identified")];
  const has = (name: (typeof columns)[number]): boolean => columns.includes(name);
  return [
    tableNotice("exams-pseudonymous"),
    tableNotice("names-left-out"),
    ...(columns.some((name) => name.endsWith("_datetime")) ? [FULL_DATES_NOTICE] : []),
    ...(has("exam_room") || has("exam_equipment") ? [tableNotice("rooms-kept")] : []),
    ...(has("exam_description") || has("exam_item") ? [tableNotice("descriptions-scrubbed")] : []),
    ...(sort === "patient_name_asc" ? [tableNotice("order-of-names")] : []),
    PROJECT_KEY_NOTICE,
  ];
}

/** The policy in words, for the receipt and the audit log. */
export function examPolicyWords({ policy }: Pick<StudiesRecipe, "policy">): string[] {
  return optionWords(
    policy.kind === "identified"
      ? ["exams-identified"]
      : ["exam-names-dropped", "ids-pseudonyms", "ages-joined", "exam-descriptions-scrubbed", "exam-dates-kept"],
  );
}
