import type { IndexedAnalysis, IndexedInstance, SourceProblem, SyncTarget } from "../../src/main/sources/source.ts";

/** A catalog in memory that also remembers what was asked of it since the last `forget`. */
export interface RecordingTarget extends SyncTarget {
  instances: Map<string, IndexedInstance>;
  analyses: Map<string, IndexedAnalysis>;
  problems: Map<string, SourceProblem>;
  calls: { kept: string[]; put: string[]; removed: string[] };
  /** Begins another sync: calls are forgotten, what is known stays. */
  forget(): void;
  /** What a catalog does after a complete sync. Returns what was not met. */
  removeUnmet(): string[];
  setState(state: Record<string, unknown>): void;
}

export function recordingTarget(): RecordingTarget {
  const instances = new Map<string, IndexedInstance>();
  const analyses = new Map<string, IndexedAnalysis>();
  const problems = new Map<string, SourceProblem>();
  const calls: RecordingTarget["calls"] = { kept: [], put: [], removed: [] };
  const met = new Set<string>();
  let state: Record<string, unknown> = {};
  return {
    instances,
    analyses,
    problems,
    calls,
    forget() {
      calls.kept = [];
      calls.put = [];
      calls.removed = [];
      problems.clear();
      met.clear();
    },
    removeUnmet() {
      const unmet = [...instances.keys(), ...analyses.keys()].filter((ref) => !met.has(ref));
      for (const ref of unmet) {
        instances.delete(ref);
        analyses.delete(ref);
      }
      return unmet;
    },
    setState(next) {
      state = next;
    },
    known(ref) {
      const locator = instances.get(ref)?.locator;
      if (locator !== undefined) return { stamp: locator.stamp, size: locator.size };
      const analysis = analyses.get(ref);
      return analysis === undefined ? undefined : { stamp: analysis.stamp, size: 0 };
    },
    keep(ref) {
      met.add(ref);
      calls.kept.push(ref);
    },
    put(instance) {
      met.add(instance.locator.ref);
      calls.put.push(instance.locator.ref);
      instances.set(instance.locator.ref, instance);
    },
    putAnalysis(analysis) {
      met.add(analysis.ref);
      calls.put.push(analysis.ref);
      analyses.set(analysis.ref, analysis);
    },
    problem(problem) {
      met.add(problem.ref);
      problems.set(problem.ref, problem);
    },
    remove(ref) {
      met.delete(ref);
      calls.removed.push(ref);
      instances.delete(ref);
      analyses.delete(ref);
    },
    readState: () => structuredClone(state),
    writeState(next) {
      state = structuredClone(next);
    },
  };
}
