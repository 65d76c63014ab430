/** An export being put together, for as long as the window is open: it outlives the way to Browse and back. In memory alone, as what is picked. */
import { useSyncExternalStore } from "react";

interface Held<Draft> {
  /** Key and destination are empty here where they were not chosen by hand. */
  draft: Draft;
  /** What was picked in Browse when `draft.selection` was set: a later pick there counts more. */
  pickedThen: unknown;
}

export interface HeldDraft<Draft> {
  change: (changes: Partial<Draft>) => void;
  /** Begins with everything that a saved recipe or an earlier job says. */
  startFrom: (draft: Draft) => void;
  /** @param picked what is picked in Browse now; a selection of the draft's own that is older than it is null */
  useHeld: (picked: unknown) => Draft;
}

/**
 * @param withChange the draft after a change, with what follows from it
 * @param getPicked what is picked in Browse for this kind of export; told apart by identity
 */
export function createHeldDraft<Draft extends { selection: unknown }>(
  first: Draft,
  withChange: (draft: Draft, changes: Partial<Draft>) => Draft,
  getPicked: () => unknown,
): HeldDraft<Draft> {
  let current: Held<Draft> = { draft: first, pickedThen: getPicked() };
  const watchers = new Set<() => void>();
  const set = (next: Held<Draft>): void => {
    current = next;
    for (const watcher of watchers) watcher();
  };
  const watch = (watcher: () => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  return {
    change(changes) {
      const pickedThen = changes.selection === undefined ? current.pickedThen : getPicked();
      set({ draft: withChange(current.draft, changes), pickedThen });
    },
    startFrom: (draft) => set({ draft, pickedThen: getPicked() }),
    useHeld(picked) {
      const { draft, pickedThen } = useSyncExternalStore(watch, () => current);
      return picked === pickedThen ? draft : { ...draft, selection: null };
    },
  };
}
