import type { Catalog } from "./database.ts";
import { createIdSet, type IdSet } from "./id-set.ts";
import { recordsGeneration } from "./records-generation.ts";

/** Row ids of one step: some milliseconds where every note has the word. */
const WINDOW = 25_000;

const kept = new WeakMap<Catalog, { key: string; found: IdSet }>();

/**
 * The notes in which all words of a search occur, in steps of some milliseconds. The last answer is kept until the records change: a plan
 * goes through patients in many looks, and must not search anew for each.
 *
 * @param match as `toMatch` makes it
 */
export function* findingNotesWith(catalog: Catalog, match: string): Generator<undefined, IdSet> {
  const key = JSON.stringify([recordsGeneration(catalog), match]);
  const known = kept.get(catalog);
  if (known?.key === key) return known.found;
  const found = createIdSet();
  const [last] = catalog.column<number | null>("SELECT max(id) FROM note");
  for (let from = 0; from < (last ?? 0); from += WINDOW) {
    const ids = catalog.column<number>(
      "SELECT rowid FROM note_search WHERE note_search MATCH ? AND rowid > ? AND rowid <= ?",
      match,
      from,
      from + WINDOW,
    );
    for (const id of ids) found.add(id);
    yield;
  }
  kept.set(catalog, { key, found });
  return found;
}

/** The same at once: where it was found in steps just before, it is there. */
export function notesWith(catalog: Catalog, match: string): IdSet {
  const steps = findingNotesWith(catalog, match);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}
