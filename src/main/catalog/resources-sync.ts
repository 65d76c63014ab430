import type { IndexedResource, ResourcesTarget } from "../sources/resources-source.ts";
import type { SourceProblem } from "../sources/source.ts";
import type { Catalog } from "./database.ts";
import { createBesidesWriter } from "./told-besides.ts";
import { createIdSet } from "./id-set.ts";
import { resolvingNamedPatients } from "./named-patients.ts";
import { problemRefs, putProblem, removeProblems } from "./problems.ts";
import { raiseRecordsGeneration } from "./records-generation.ts";
import { readResource } from "./read-resource.ts";
import { removingUnnamedPatients } from "./resource-patients.ts";
import {
  countResources,
  forgetEmptyKinds,
  putExpectation,
  removingUnmetResources,
  typesHeld,
} from "./resource-rows.ts";
import { createResourceWriter, type ResourceToWrite, type StoredVersion } from "./resource-writer.ts";
import { getSource } from "./sources.ts";
import { supersedes, versionOf } from "./resource-versions.ts";

/** Writes wait here until there are this many, or so many bytes of JSON: a transaction then takes some 10 ms. */
const BATCH = 200;
const BATCH_BYTES = 512 * 1024;
/** Problems that are listed one by one; of a file that is none of FHIR each line would be one. */
const MOST_PROBLEMS = 1_000;

/** What became of the resources of a sync, counted by the catalog, which alone can tell. */
export interface ResourcesOutcome {
  added: number;
  changed: number;
  /** Of all that the catalog holds of the source, what is neither. */
  unchanged: number;
  removed: number;
  /** Put, but older than what the catalog holds: that was kept. */
  older: number;
  /** Put, but without some elements, where the catalog holds the whole: that was kept. */
  partial: number;
  /** Could not be kept. */
  invalid: number;
}

/** A sync of resources in progress. `finishing` must be run to its end, whatever happened. */
interface ResourcesSync extends ResourcesTarget {
  /** Writes what waits and removes what `removeUnmet` was asked to, in steps of some milliseconds. */
  finishing(complete: boolean): Generator<void, ResourcesOutcome>;
  /** The same at once. */
  finish(complete: boolean): ResourcesOutcome;
}

type Waiting =
  | { kind: "put"; resource: ResourceToWrite; before: boolean }
  | { kind: "remove"; type: string; id: string };

/**
 * The catalog as a sync of one source of resources sees it. Writes are gathered and go in whole transactions, state and all, so that a
 * crash leaves a state that tells of nothing that is not there. What is as it was is not written at all.
 *
 * @throws NOT_FOUND where the source is not there
 */
export function resourcesTarget(catalog: Catalog, sourceId: number): ResourcesSync {
  getSource(catalog, sourceId);
  const writer = createResourceWriter(catalog, sourceId);
  /** By "Type/id", in the order of their first put. */
  const waiting = new Map<string, Waiting>();
  let bytes = 0;
  const problems: SourceProblem[] = [];
  let state: Record<string, unknown> | undefined;
  let stateWaits = false;
  const met = createIdSet();
  /** Counted as added or changed: once, however often they are put. */
  const counted = createIdSet();
  const unmet = new Set<string>();
  const besides = createBesidesWriter(catalog, sourceId);
  const outcome: ResourcesOutcome = {
    added: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    older: 0,
    partial: 0,
    invalid: 0,
  };
  const withProblem = new Set(problemRefs(catalog, sourceId));
  const told = new Set<string>();

  function flush(): void {
    if (waiting.size === 0 && problems.length === 0 && !stateWaits) return;
    const batch = [...waiting.values()];
    waiting.clear();
    bytes = 0;
    try {
      catalog.writeRepeatable(() => {
        for (const write of batch) apply(write);
        for (const problem of problems) putProblem(catalog, sourceId, problem);
        if (stateWaits && unmet.size === 0) writeState();
        if (batch.length > 0) raiseRecordsGeneration(catalog);
      });
    } catch (error) {
      // Rows that were rolled back may be remembered.
      writer.forget();
      throw error;
    }
    problems.length = 0;
    if (unmet.size === 0) stateWaits = false;
  }

  function writeState(): void {
    catalog.run("UPDATE source SET state = ? WHERE id = ?", JSON.stringify(state ?? {}), sourceId);
  }

  function apply(write: Waiting): void {
    if (write.kind === "remove") {
      const row = writer.remove(write.type, write.id, new Date().toISOString());
      if (row === undefined) return;
      met.remove(row);
      outcome.removed += 1;
      return;
    }
    const row = writer.put(write.resource);
    met.add(row);
    if (counted.has(row)) return;
    counted.add(row);
    outcome[write.before ? "changed" : "added"] += 1;
  }

  function invalid(reason: string, ref: string | undefined, code: SourceProblem["code"] = "SOURCE_ANSWER"): "invalid" {
    outcome.invalid += 1;
    tell({ ref: ref ?? `resource ${outcome.invalid}`, code, reason });
    return "invalid";
  }

  function tell(problem: SourceProblem): void {
    if (told.size >= MOST_PROBLEMS && !told.has(problem.ref)) return;
    told.add(problem.ref);
    withProblem.add(problem.ref);
    problems.push(problem);
    if (problems.length >= BATCH) flush();
  }

  function put(given: IndexedResource): "added" | "changed" | "unchanged" | "invalid" {
    const read = readResource(given);
    if ("invalid" in read) return invalid(read.invalid, given.ref);
    const key = `${read.type}/${read.id}`;
    const pending = waiting.get(key);
    if (pending?.kind === "remove") flush();
    const stored = pending?.kind === "put" ? versionOf(pending.resource, read) : writer.find(read);
    const became = judge(stored, read);
    if (became !== "kept") {
      waiting.delete(key);
      waiting.set(key, {
        kind: "put",
        resource: read,
        before: pending?.kind === "put" ? pending.before : stored !== undefined,
      });
      bytes += read.json.length;
      if (waiting.size >= BATCH || bytes >= BATCH_BYTES) flush();
      return became;
    }
    if (stored !== undefined && stored.row > 0) met.add(stored.row);
    return "unchanged";
  }

  function judge(stored: StoredVersion | undefined, read: ResourceToWrite): "added" | "changed" | "kept" {
    if (stored === undefined) return "added";
    if (stored.same) return "kept";
    const verdict = supersedes(read, stored);
    if (verdict === "yes") return "changed";
    outcome[verdict] += 1;
    return "kept";
  }

  function* finishing(complete: boolean): Generator<void, ResourcesOutcome> {
    flush();
    yield;
    for (const type of unmet) outcome.removed += yield* removingUnmetResources(catalog, sourceId, type, met, writer);
    if (complete) yield* besides.removingUntold();
    yield* resolvingNamedPatients(catalog, sourceId);
    yield* removingUnnamedPatients(catalog, sourceId);
    catalog.writeRepeatable(() => {
      // After a pass over everything, what was wrong before and is not now is right.
      if (complete && passedOverAll())
        for (const ref of withProblem) if (!told.has(ref)) removeProblems(catalog, sourceId, ref);
      if (outcome.invalid > MOST_PROBLEMS) putProblem(catalog, sourceId, manyMore(outcome.invalid));
      if (stateWaits) writeState();
      forgetEmptyKinds(catalog, sourceId);
    });
    stateWaits = false;
    outcome.unchanged = Math.max(0, countResources(catalog, sourceId) - outcome.added - outcome.changed);
    return outcome;
  }

  function passedOverAll(): boolean {
    return unmet.size > 0 && typesHeld(catalog, sourceId).every((type) => unmet.has(type));
  }

  return {
    put,
    remove(type, id) {
      const key = `${type}/${id}`;
      if (waiting.has(key)) flush();
      waiting.set(key, { kind: "remove", type, id });
      if (waiting.size >= BATCH) flush();
    },
    removeUnmet(type) {
      flush();
      unmet.add(type);
    },
    types() {
      flush();
      return typesHeld(catalog, sourceId);
    },
    count(type) {
      flush();
      return countResources(catalog, sourceId, type);
    },
    expect(type, expected, received, complete) {
      catalog.writeRepeatable(() => {
        if (putExpectation(catalog, sourceId, { type, expected, received, complete })) raiseRecordsGeneration(catalog);
      });
    },
    putConsents: (consents) => besides.putConsents(consents),
    putStudyGroups: (groups) => besides.putStudyGroups(groups),
    problem: tell,
    flush,
    readState() {
      if (state !== undefined) return structuredClone(state);
      const row = catalog.get<{ state: string }>("SELECT state FROM source WHERE id = ?", sourceId);
      return row === undefined ? {} : (JSON.parse(row.state) as Record<string, unknown>);
    },
    writeState(next) {
      state = structuredClone(next);
      stateWaits = true;
      flush();
    },
    finishing,
    finish(complete) {
      const steps = finishing(complete);
      for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
    },
  };
}

function manyMore(count: number): SourceProblem {
  return {
    ref: "(more)",
    code: "SOURCE_ANSWER",
    reason: `${count.toLocaleString("en")} resources could not be kept in all; the first ${MOST_PROBLEMS.toLocaleString("en")} are listed.`,
  };
}
