/** The export being put together, for as long as the window is open: it outlives the way to Browse and back. In memory alone, as what is picked. */
import { useSyncExternalStore } from "react";
import type { ImagingRecipe, ImagingSelection } from "../../../contract/recipe.ts";
import { useAnswer } from "../../client/query.ts";
import { getSelection, NOTHING, toImagingSelection, useSelection, type Selection } from "../../selection.ts";
import { changeDraft, FIRST_DRAFT, toDraft, type ExportDraft } from "./export-draft.ts";

interface State {
  /** Key and destination are empty here where they were not chosen by hand. */
  draft: ExportDraft;
  /** What was picked in Browse when `draft.selection` was set: a later pick there counts more. */
  pickedThen: Selection;
}

let current: State = { draft: FIRST_DRAFT, pickedThen: NOTHING };
const watchers = new Set<() => void>();

function set(next: State): void {
  current = next;
  for (const watcher of watchers) watcher();
}

function change(changes: Partial<ExportDraft>): void {
  const pickedThen = changes.selection === undefined ? current.pickedThen : getSelection();
  set({ draft: changeDraft(current.draft, changes), pickedThen });
}

/** A new export begins with everything that a saved recipe or an earlier job says. */
export function startFrom(recipe: ImagingRecipe): void {
  set({ draft: toDraft(recipe), pickedThen: getSelection() });
}

export interface DraftInHand {
  /** With a key and a destination filled in where they are plain: the only key, the last folder. */
  draft: ExportDraft;
  /** What leaves; undefined where nothing is picked. */
  selection: ImagingSelection | undefined;
  /** Whether anything is picked in Browse, leaves it or not. */
  picked: boolean;
  change: (changes: Partial<ExportDraft>) => void;
}

export function useDraft(): DraftInHand {
  const { draft, pickedThen } = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => current,
  );
  const picked = useSelection();
  const keys = useAnswer("keys.list", {}).data;
  const settings = useAnswer("settings.get", {}).data;
  const only = keys?.length === 1 ? keys[0]?.name : undefined;
  const own = picked === pickedThen ? draft.selection : null;
  return {
    draft: {
      ...draft,
      selection: own,
      key: draft.key === "" ? (only ?? "") : draft.key,
      destination: draft.destination === "" ? (settings?.lastDestination ?? "") : draft.destination,
    },
    selection: own ?? toImagingSelection(picked),
    picked: picked.scope !== "none",
    change,
  };
}
