import type { NoteKind, NotesFilter } from "../../../../contract/records.ts";
import type { NotesRecipe } from "../../../../contract/table-recipe.ts";
import { isSameFilter } from "../../../selection.ts";
import { READY_NOTES, type NotesManner } from "../../../ready-table-recipes.ts";

/** An export of notes while it is put together: a recipe of which something may still be missing. */
export interface NotesDraft extends NotesManner {
  /** What leaves, where it does not come from Browse. Null: what was picked in Browse. */
  selection: NotesFilter | null;
  /** Name of a project key; empty while none is chosen. */
  key: string;
  /** Why live ids leave. */
  reason: string;
  /** File name of the table; empty for the kind's own. */
  name: string;
  destination: string;
}

export const FIRST_NOTES_DRAFT: NotesDraft = {
  ...READY_NOTES.research,
  selection: null,
  key: "",
  reason: "",
  name: "",
  destination: "",
};

/** Whether something in the table is derived from the project key. */
export function needsKey({ ids, recordNumber }: Pick<NotesDraft, "ids" | "recordNumber">): boolean {
  return ids === "pseudonym" || recordNumber === "pseudonym";
}

/** What is exported unless others are asked for. */
const DAILY_NOTES: readonly NoteKind[] = ["daily-note"];

/** The kinds of notes that leave. */
export function kindsOf({ kinds }: NotesFilter): readonly NoteKind[] {
  return kinds ?? DAILY_NOTES;
}

/** The filter with its kinds said: what is counted, reviewed and exported is then the same. */
export function withKinds(filter: NotesFilter): NotesFilter {
  return { ...filter, kinds: [...kindsOf(filter)] };
}

/** Whether two filters ask for the same, whatever the order of their parts and whatever kinds of notes. */
export function isSameWithoutKinds(one: NotesFilter, other: NotesFilter): boolean {
  const { kinds: _of, ...rest } = one;
  const { kinds: _ofOther, ...otherRest } = other;
  return isSameFilter(rest, otherRest);
}

/** @returns undefined while the policy is not whole: no key, or live ids without a reason. */
export function toNotesRecipe(draft: NotesDraft, selection: NotesFilter, destination: string): NotesRecipe | undefined {
  const { ids, asOf, statusLabels, ages, recordNumber, text, format, compress, formulas } = draft;
  const reason = draft.reason.trim();
  const name = draft.name.trim();
  if (needsKey(draft) && draft.key === "") return undefined;
  if (ids === "source" && reason === "") return undefined;
  return {
    kind: "notes",
    version: 1,
    selection: withKinds(selection),
    policy: {
      ids,
      ...(needsKey(draft) ? { key: draft.key } : {}),
      ...(ids === "source" ? { reason } : {}),
      asOf,
      statusLabels,
      ages,
      recordNumber,
      text,
    },
    format,
    compress,
    ...(name === "" ? {} : { name }),
    formulas,
    destination,
  };
}

/** A draft that starts from a saved recipe or from an earlier job. */
export function toNotesDraft({
  selection,
  policy,
  format,
  compress,
  name,
  formulas,
  destination,
}: NotesRecipe): NotesDraft {
  const { key = "", reason = "", ...manner } = policy;
  return { ...manner, format, compress, formulas, selection, key, reason, name: name ?? "", destination };
}
