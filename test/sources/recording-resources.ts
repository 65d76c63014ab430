import type { IndexedConsent, IndexedStudyGroup, ResourcesTarget } from "../../src/main/sources/resources-source.ts";
import type { SourceProblem } from "../../src/main/sources/source.ts";

/** A catalog of resources in memory that also remembers what a sync said. */
export interface RecordingResources extends ResourcesTarget {
  /** By "Type/id", as they came. */
  held: Map<string, string>;
  expected: Map<string, { expected: number | null; received: number; complete: boolean }>;
  problems: Map<string, SourceProblem>;
  consents: IndexedConsent[];
  groups: IndexedStudyGroup[];
  puts: number;
  flushes: number;
  state: Record<string, unknown>;
  /** Ids of a type, in order. */
  ids(type: string): string[];
  /** Begins another sync: what was met and told is forgotten, what is held stays. */
  forget(): void;
}

export function recordingResources(): RecordingResources {
  const held = new Map<string, string>();
  const met = new Set<string>();
  const ofType = (type: string): string[] => [...held.keys()].filter((key) => key.startsWith(`${type}/`));
  const target: RecordingResources = {
    held,
    expected: new Map(),
    problems: new Map(),
    consents: [],
    groups: [],
    puts: 0,
    flushes: 0,
    state: {},
    ids: (type) =>
      ofType(type)
        .map((key) => key.slice(type.length + 1))
        .sort(),
    forget() {
      met.clear();
      target.expected.clear();
      target.problems.clear();
      target.puts = 0;
    },
    put({ json, ref }) {
      target.puts++;
      const text = json.toString();
      let resource: { resourceType?: string; id?: string };
      try {
        resource = JSON.parse(text) as { resourceType?: string; id?: string };
      } catch {
        resource = {};
      }
      const { resourceType, id } = resource;
      if (resourceType === undefined || id === undefined || resourceType === "OperationOutcome") {
        target.problem({ ref: ref ?? "?", code: "SOURCE_ANSWER", reason: "invalid" });
        return "invalid";
      }
      const key = `${resourceType}/${id}`;
      met.add(key);
      const before = held.get(key);
      held.set(key, text);
      return before === undefined ? "added" : before === text ? "unchanged" : "changed";
    },
    remove: (type, id) => void held.delete(`${type}/${id}`),
    removeUnmet(type) {
      for (const key of ofType(type)) if (!met.has(key)) held.delete(key);
    },
    count: (type) => ofType(type).length,
    types: () => [...new Set([...held.keys()].map((key) => key.split("/")[0] ?? ""))],
    expect: (type, expected, received, complete) => void target.expected.set(type, { expected, received, complete }),
    putConsents: (consents) => void target.consents.push(...consents),
    putStudyGroups: (groups) => void target.groups.push(...groups),
    problem: (problem) => void target.problems.set(problem.ref, problem),
    readState: () => structuredClone(target.state),
    writeState: (state) => void (target.state = structuredClone(state)),
    flush: () => void target.flushes++,
  };
  return target;
}
