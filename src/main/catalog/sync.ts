import type { IndexedAnalysis, IndexedInstance, SourceProblem, SyncTarget } from "../sources/source.ts";
import { putAnalysis, removeAnalysis } from "./analyses.ts";
import type { Catalog } from "./database.ts";
import { createIdSet } from "./id-set.ts";
import { createInstanceWriter, removeInstanceAt, removeLocation } from "./instances.ts";
import { problemRefs, putProblem, removeProblems } from "./problems.ts";
import { refreshStaleStudies } from "./refresh.ts";
import { getSource } from "./sources.ts";

/**
 * Writes wait here until there are enough of them, or the sync ends: what a crash costs is read again by the next sync. A transaction of
 * 200 holds the thread for 15 to 25 ms, flush to disk included.
 */
const BATCH = 200;
/** Counts and search text follow the instances about this late. */
const REFRESH_EVERY_MS = 1_000;
/** Milliseconds that renewing them may hold the thread at a time. */
const STEP_MS = 15;
/** Rows looked at in one step where most of them stay. */
const WINDOW = 2_000;

/** A sync in progress. `finish` (or `abandon`) must be called, whatever happened. */
export interface CatalogSync extends SyncTarget {
  /**
   * Writes what waits and renews counts and search text. After a complete sync, what it did not meet is removed.
   * @returns how many instances and analyses were removed because they were not met.
   */
  finish(complete: boolean): { removed: number };
  /** The same in steps of some milliseconds, each of them whole, between which others may have their turn. */
  finishing(complete: boolean): Generator<void, { removed: number }>;
}

type Write =
  | { kind: "instance"; instance: IndexedInstance }
  | { kind: "analysis"; analysis: IndexedAnalysis }
  | { kind: "problem"; problem: SourceProblem }
  | { kind: "remove"; ref: string }
  | { kind: "state"; state: Record<string, unknown> };

interface Known {
  stamp: string;
  size: number;
}

/**
 * The catalog as a sync of one source sees it. Writes are gathered and go in whole transactions that no await can split, so that jobs
 * and searches of the same process go on beside a sync.
 *
 * @throws SatchelError NOT_FOUND where the source is not there.
 */
export function syncTarget(catalog: Catalog, sourceId: number): CatalogSync {
  getSource(catalog, sourceId);
  const writer = createInstanceWriter(catalog, sourceId);
  const waiting: Write[] = [];
  /** What the waiting writes will have done, by ref; null where it will be gone. */
  const pending = new Map<string, Known | null>();
  let state: Record<string, unknown> | undefined;
  /** Locations by row id; analyses and problems, being few, by ref. */
  const metLocations = createIdSet();
  const met = new Set<string>();
  /** The row a `known` found last: `keep` mostly follows it. */
  let lastKnown = { ref: "", id: 0 };
  /** A problem told in this sync outlives a put of the same ref: an analysis that is no JSON is both. */
  const told = new Set<string>();
  const withProblem = new Set(problemRefs(catalog, sourceId));
  let refreshed = performance.now();

  function flush(): void {
    if (waiting.length === 0) return;
    catalog.writeRepeatable(() => {
      writer.forgetIds();
      for (const write of waiting) apply(write);
    });
    waiting.length = 0;
    pending.clear();
  }

  /** What one step leaves over comes with the next. */
  function refresh(): void {
    if (performance.now() - refreshed > REFRESH_EVERY_MS && refreshStaleStudies(catalog, STEP_MS))
      refreshed = performance.now();
  }

  function apply(write: Write): void {
    switch (write.kind) {
      case "instance":
        metLocations.add(writer.put(write.instance));
        clearProblem(write.instance.locator.ref);
        break;
      case "analysis":
        putAnalysis(catalog, sourceId, write.analysis);
        clearProblem(write.analysis.ref);
        break;
      case "problem":
        putProblem(catalog, sourceId, write.problem);
        withProblem.add(write.problem.ref);
        break;
      case "remove":
        removeInstanceAt(catalog, sourceId, write.ref);
        removeAnalysis(catalog, sourceId, write.ref);
        clearProblem(write.ref);
        break;
      case "state":
        catalog.run("UPDATE source SET state = ? WHERE id = ?", JSON.stringify(write.state), sourceId);
        break;
    }
  }

  function clearProblem(ref: string): void {
    if (!told.has(ref) && withProblem.delete(ref)) removeProblems(catalog, sourceId, ref);
  }

  function locationAt(ref: string): (Known & { id: number }) | undefined {
    const row = catalog.get<Known & { id: number }>(
      "SELECT id, stamp, size FROM instance_location WHERE source = ? AND ref = ?",
      sourceId,
      ref,
    );
    if (row !== undefined) lastKnown = { ref, id: row.id };
    return row;
  }

  function keep(ref: string): void {
    const id = lastKnown.ref === ref ? lastKnown.id : locationAt(ref)?.id;
    if (id !== undefined) metLocations.add(id);
    if (id === undefined || withProblem.has(ref)) met.add(ref);
  }

  function add(write: Write): void {
    waiting.push(write);
    if (waiting.length >= BATCH) flush();
    // Apart from the flush, so that a source has let others have their turn in between.
    else if (waiting.length === BATCH / 2) refresh();
  }

  function* removingUnmet(): Generator<void, number> {
    let removed = 0;
    for (let last = 0; ;) {
      const window = catalog.column<number>(
        "SELECT id FROM instance_location WHERE id > ? AND +source = ? ORDER BY id LIMIT ?",
        last,
        sourceId,
        WINDOW,
      );
      const end = performance.now() + STEP_MS;
      catalog.writeRepeatable(() => {
        for (const id of window) {
          last = id;
          if (metLocations.has(id)) continue;
          removeLocation(catalog, id);
          removed += 1;
          if (performance.now() > end) return;
        }
      });
      yield;
      if (window.length === 0) break;
    }
    catalog.write(() => {
      for (const { ref } of catalog.all<{ ref: string }>("SELECT ref FROM analysis WHERE source = ?", sourceId)) {
        if (met.has(ref)) continue;
        removeAnalysis(catalog, sourceId, ref);
        removed += 1;
      }
      for (const ref of problemRefs(catalog, sourceId)) if (!met.has(ref)) removeProblems(catalog, sourceId, ref);
    });
    return removed;
  }

  function* finishing(complete: boolean): Generator<void, { removed: number }> {
    flush();
    yield;
    const removed = complete ? yield* removingUnmet() : 0;
    while (!refreshStaleStudies(catalog, STEP_MS)) yield;
    return { removed };
  }

  return {
    known(ref) {
      const soon = pending.get(ref);
      if (soon !== undefined) return soon ?? undefined;
      const location = locationAt(ref);
      if (location !== undefined) return { stamp: location.stamp, size: location.size };
      return catalog.get<Known>("SELECT stamp, 0 AS size FROM analysis WHERE source = ? AND ref = ?", sourceId, ref);
    },
    keep,
    put(instance) {
      const { ref, stamp, size } = instance.locator;
      pending.set(ref, { stamp, size });
      add({ kind: "instance", instance });
    },
    putAnalysis(analysis) {
      met.add(analysis.ref);
      pending.set(analysis.ref, { stamp: analysis.stamp, size: 0 });
      add({ kind: "analysis", analysis });
    },
    problem(problem) {
      // The last reading of a place that cannot be read now stays: an export then names it as missing.
      keep(problem.ref);
      met.add(problem.ref);
      told.add(problem.ref);
      add({ kind: "problem", problem });
    },
    remove(ref) {
      met.delete(ref);
      told.delete(ref);
      pending.set(ref, null);
      add({ kind: "remove", ref });
    },
    readState() {
      if (state !== undefined) return state;
      const row = catalog.get<{ state: string }>("SELECT state FROM source WHERE id = ?", sourceId);
      return row === undefined ? {} : (JSON.parse(row.state) as Record<string, unknown>);
    },
    writeState(next) {
      state = structuredClone(next);
      add({ kind: "state", state });
    },
    finish(complete) {
      const steps = finishing(complete);
      for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
    },
    finishing,
  };
}
