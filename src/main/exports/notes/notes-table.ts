import type { NotesFilter } from "../../../contract/records.ts";
import type { NotesRecipe } from "../../../contract/table-recipe.ts";
import { NoteBasesCount } from "../../catalog/note-bases.ts";
import { unknownInNotes } from "../../catalog/unknown-values.ts";
import { createPseudonyms } from "../../deidentify/pseudonym.ts";
import { SCRUB_EDITION } from "../../deidentify/text/scrub-edition.ts";
import type { TableKind } from "../table/kinds.ts";
import { recordSources } from "../table/record-sources.ts";
import { refuseUnknown } from "../table/refuse-unknown.ts";
import { exportedIds } from "./export-note.ts";
import { noteColumns } from "./note-columns.ts";
import { noteNotices, notePolicyWords } from "./note-notices.ts";
import type { NoteRowsSettings } from "./note-rows.ts";
import { planNoteChunks } from "./plan-notes.ts";
import { identityOfTable } from "../../../contract/table-recipe.ts";
import { noteFindings } from "./note-findings.ts";
import { tableNotice } from "../table/table-notices.ts";

/** Daily notes, one row each. */
export const notesTable: TableKind<NotesRecipe> = {
  open(catalog, recipe, occasion) {
    const { policy, selection } = recipe;
    const pseudonyms = policy.ids === "pseudonym" || policy.recordNumber === "pseudonym";
    // A key that nothing is made with is not asked for, and does not stand in the receipt.
    const key = pseudonyms && policy.key !== undefined ? occasion.keyNamed(policy.key) : undefined;
    const sources = recordSources(catalog, "notes", selection.sources);
    const holders = sources.filter(({ holds }) => holds);
    const settings: NoteRowsSettings = { selection, policy, key };
    return {
      fileName: "patient_data_export.csv",
      format: {
        table: "csv",
        columns: noteColumns(policy, [...new Set(holders.map(({ timeZone }) => timeZone))], holders.length === 1),
        // As the old command wrote it; programs read it.
        byteOrderMark: false,
        formulas: recipe.formulas,
        sheet: "Notes",
      },
      rows: { kind: "notes", settings },
      policy: {
        kind: identityOfTable(recipe),
        options: notePolicyWords(policy),
        ...(key === undefined ? {} : { key: createPseudonyms(key).fingerprint }),
        ...(policy.text === "scrub" ? { scrub: SCRUB_EDITION } : {}),
        ...(policy.ids === "source" && policy.reason !== undefined ? { reason: policy.reason } : {}),
      },
      textMode: policy.text,
      notices: noteNotices(recipe),
      sources: sources.map(({ receipt }) => receipt),
      subjects: noteSubjects(selection),
      *plan() {
        refuseUnknown(unknownInNotes(catalog, selection));
        const bases = new NoteBasesCount(catalog, selection);
        const ids = exportedIds(policy, key);
        const { patients, joined } = yield* planNoteChunks(catalog, selection, ids, (planned) => bases.add(planned));
        const findings = noteFindings(bases.sum, recipe, sources);
        if (joined > 0) findings.push(tableNotice("patients-joined", { count: joined }));
        return { patients, notices: findings };
      },
    };
  },
};

/** Whom and what was asked for, without the words that were searched for: those may be about somebody. */
function noteSubjects({ kinds, patients, wards, statuses, genders, sources, from, to, text }: NotesFilter): string[] {
  const some = (what: string, values: readonly string[] | undefined): string[] =>
    values === undefined ? [] : [`${what} ${values.join(", ")}`];
  return [
    kinds === undefined ? "daily notes" : kinds.join(", "),
    ...(patients === undefined ? ["all patients"] : patients),
    ...some("wards", wards),
    ...some("statuses", statuses),
    ...some("genders", genders),
    ...some("sources", sources),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(to === undefined ? [] : [`to ${to}`]),
    ...(text === undefined || text.trim() === "" ? [] : ["with words in the text"]),
  ];
}
