import type { ExamsFilter } from "../../../contract/records.ts";
import type { StudiesRecipe } from "../../../contract/table-recipe.ts";
import type { ExamTies } from "../../catalog/exams-match.ts";
import { unknownInExams } from "../../catalog/unknown-values.ts";
import { createPseudonyms, type ProjectKey } from "../../deidentify/pseudonym.ts";
import { SCRUB_EDITION } from "../../deidentify/text/scrub-edition.ts";
import { countWithoutCheckIn } from "../../catalog/exams-without-check-in.ts";
import type { TableKind } from "../table/kinds.ts";
import { incompleteNotices, recordSources } from "../table/record-sources.ts";
import { tableNotice } from "../table/table-notices.ts";
import { refuseUnknown } from "../table/refuse-unknown.ts";
import { examColumns } from "./exam-columns.ts";
import { examNotices, examPolicyWords } from "./exam-notices.ts";
import { exportedExamId } from "./export-exam.ts";
import type { ExamRowsSettings } from "./exam-rows.ts";
import { planExamChunks } from "./plan-exams.ts";

/** The study list: exams, one row each. */
export const studiesTable: TableKind<StudiesRecipe> = {
  open(catalog, recipe, occasion) {
    const { policy, selection, columns, table } = recipe;
    const key = policy.kind === "pseudonymised" ? occasion.keyNamed(policy.key) : undefined;
    const sources = recordSources(catalog, "exams", selection.sources);
    const holders = sources.filter(({ holds }) => holds);
    const hasText = columns.includes("exam_description") || columns.includes("exam_item");
    const textMode = !hasText ? null : policy.kind === "identified" ? "keep" : "scrub";
    const settings: ExamRowsSettings = { columns, policy, key };
    return {
      fileName: `studies_export_${toFileTime(occasion.startedAt)}.${table}`,
      format: {
        table,
        columns: examColumns(recipe, [...new Set(holders.map(({ timeZone }) => timeZone))], holders.length === 1),
        // Spreadsheets take UTF-8 for something else without it.
        byteOrderMark: true,
        formulas: recipe.formulas,
        sheet: "Studies",
      },
      rows: { kind: "studies", settings },
      policy: {
        kind: policy.kind,
        options: examPolicyWords(recipe),
        ...(key === undefined ? {} : { key: createPseudonyms(key).fingerprint }),
        ...(textMode === "scrub" ? { scrub: SCRUB_EDITION } : {}),
      },
      textMode,
      notices: examNotices(recipe),
      sources: sources.map(({ receipt }) => receipt),
      subjects: examSubjects(selection),
      *plan() {
        refuseUnknown(unknownInExams(catalog, selection));
        const patients = yield* planExamChunks(catalog, selection, recipe.sort, tiesUnder(key));
        return {
          patients,
          notices: [...incompleteNotices(sources), ...withoutCheckIn(yield* countWithoutCheckIn(catalog, selection))],
        };
      },
    };
  },
};

/** Rows at one moment stand in the order of the ids that leave: that of the live ones would tell of them. */
function tiesUnder(key: ProjectKey | undefined): ExamTies | undefined {
  if (key === undefined) return undefined;
  const pseudonyms = createPseudonyms(key);
  return { name: pseudonyms.fingerprint, keyOf: (exam) => exportedExamId(pseudonyms, exam) };
}

/** "2026-01-31T12:00:00.123Z" as "20260131T120000Z". */
function toFileTime(time: string): string {
  return new Date(time).toISOString().replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
}

function withoutCheckIn(count: number): string[] {
  return count === 0 ? [] : [tableNotice("without-check-in", { count })];
}

/** Whom and what was asked for, without the words that were searched for: those may be about somebody. */
function examSubjects(filter: ExamsFilter): string[] {
  const some = (what: string, values: readonly string[] | string | undefined): string[] =>
    values === undefined ? [] : [`${what} ${typeof values === "string" ? values : values.join(", ")}`];
  return [
    ...(filter.examIds ?? (filter.applicationOrderNo === undefined ? ["all exams"] : [])),
    ...some("order", filter.applicationOrderNo),
    ...some("status", filter.examStatus),
    ...some("modality", filter.examSource),
    ...some("equipment", filter.examEquipment),
    ...some("room", filter.examRoom),
    ...some("item", filter.examItem),
    ...some("gender", filter.gender),
    ...some("sources", filter.sources),
    ...(filter.ageFrom === undefined ? [] : [`age from ${filter.ageFrom}`]),
    ...(filter.ageTo === undefined ? [] : [`age to ${filter.ageTo}`]),
    ...(filter.from === undefined ? [] : [`from ${filter.from}`]),
    ...(filter.to === undefined ? [] : [`to ${filter.to}`]),
    ...(filter.q === undefined || filter.q.trim() === "" ? [] : ["with a search text"]),
    ...(filter.examDescription === undefined ? [] : ["with certain descriptions"]),
  ];
}
