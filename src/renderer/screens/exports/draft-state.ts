import type { ResourcesFilter } from "../../../contract/fhir.ts";
import type { ImagingSelection, Recipe } from "../../../contract/recipe.ts";
import type { ExamsFilter, ExamSort, NotesFilter } from "../../../contract/records.ts";
import { useAnswer } from "../../client/query.ts";
import {
  chooseExportKind,
  getPickedRecords,
  getPickedResources,
  getSelection,
  toImagingSelection,
  usePickedRecords,
  usePickedResources,
  useSelection,
} from "../../selection.ts";
import { changeDraft, FIRST_DRAFT, toDraft, type ExportDraft } from "./export-draft.ts";
import { createHeldDraft } from "./held-draft.ts";
import { FIRST_RESOURCES_DRAFT, toResourcesDraft, type ResourcesDraft } from "./resources/resources-draft.ts";
import { FIRST_NOTES_DRAFT, toNotesDraft, type NotesDraft } from "./tables/notes-draft.ts";
import { changeStudiesDraft, FIRST_STUDIES_DRAFT, toStudiesDraft, type StudiesDraft } from "./tables/studies-draft.ts";

/** An export while it is put together, and the way to change it. */
export interface Hand<Draft, Selection> {
  /** With a key and a destination filled in where they are plain: the only key, the last folder. */
  draft: Draft;
  /** What leaves; undefined where nothing is picked. */
  selection: Selection | undefined;
  /** Whether anything is picked in Browse, leaves it or not. */
  picked: boolean;
  change: (changes: Partial<Draft>) => void;
}

export type DraftInHand = Hand<ExportDraft, ImagingSelection>;
export type NotesInHand = Hand<NotesDraft, NotesFilter>;
export type ResourcesInHand = Hand<ResourcesDraft, ResourcesFilter>;
export type StudiesInHand = Hand<StudiesDraft, ExamsFilter> & {
  /** The draft's own, or that of the list in Browse. */
  sort: ExamSort;
};

const imaging = createHeldDraft(FIRST_DRAFT, changeDraft, getSelection);
const notes = createHeldDraft(
  FIRST_NOTES_DRAFT,
  (draft, changes) => ({ ...draft, ...changes }),
  () => getPickedRecords("notes"),
);
const studies = createHeldDraft(FIRST_STUDIES_DRAFT, changeStudiesDraft, () => getPickedRecords("studies"));

const resources = createHeldDraft(
  FIRST_RESOURCES_DRAFT,
  (draft, changes) => ({ ...draft, ...changes }),
  getPickedResources,
);

/** A new export begins with everything that a saved recipe or an earlier job says. */
export function startFrom(recipe: Recipe): void {
  chooseExportKind(recipe.kind);
  if (recipe.kind === "imaging") imaging.startFrom(toDraft(recipe));
  else if (recipe.kind === "notes") notes.startFrom(toNotesDraft(recipe));
  else if (recipe.kind === "studies") studies.startFrom(toStudiesDraft(recipe));
  else resources.startFrom(toResourcesDraft(recipe));
}

export function useDraft(): DraftInHand {
  const picked = useSelection();
  const draft = useFilledIn(imaging.useHeld(picked));
  return {
    draft,
    selection: draft.selection ?? toImagingSelection(picked),
    picked: picked.scope !== "none",
    change: imaging.change,
  };
}

export function useNotesDraft(): NotesInHand {
  const picked = usePickedRecords("notes");
  const draft = useFilledIn(notes.useHeld(picked));
  return { draft, selection: draft.selection ?? picked?.filter, picked: picked !== undefined, change: notes.change };
}

export function useStudiesDraft(): StudiesInHand {
  const picked = usePickedRecords("studies");
  const draft = useFilledIn(studies.useHeld(picked));
  return {
    draft,
    selection: draft.selection ?? picked?.filter,
    sort: draft.sort ?? picked?.sort ?? "order_datetime_desc",
    picked: picked !== undefined,
    change: studies.change,
  };
}

/** Of all kinds of exports that are made of resources. */
export function useResourcesDraft(): ResourcesInHand {
  const picked = usePickedResources();
  const draft = useFilledIn(resources.useHeld(picked));
  return { draft, selection: draft.selection ?? picked, picked: picked !== undefined, change: resources.change };
}

/** A draft with the only key there is and the last folder, where none was chosen. */
function useFilledIn<Draft extends { key: string; destination: string }>(draft: Draft): Draft {
  const keys = useAnswer("keys.list", {}).data;
  const settings = useAnswer("settings.get", {}).data;
  const only = keys?.length === 1 ? keys[0]?.name : undefined;
  return {
    ...draft,
    key: draft.key === "" ? (only ?? "") : draft.key,
    destination: draft.destination === "" ? (settings?.lastDestination ?? "") : draft.destination,
  };
}
