import type { Catalog } from "./database.ts";
import { studyColumns } from "./study-columns.ts";

/** Patients and studies of which a source holds something. */
export interface SourceCounts {
  patients: number;
  studies: number;
}

interface Kept {
  version: number;
  counts: Map<number, SourceCounts>;
}
const kept = new WeakMap<Catalog, Kept>();

/** By row id of the source; those that hold nothing are left out. */
export function sourceCounts(catalog: Catalog): ReadonlyMap<number, SourceCounts> {
  const { version, size, present, patient, sources, sourceSets } = studyColumns(catalog);
  const known = kept.get(catalog);
  if (known?.version === version) return known.counts;
  const members = sourceSets.map((set) =>
    set
      .split("\\")
      .filter((id) => id !== "")
      .map(Number),
  );
  const counts = new Map<number, SourceCounts>();
  const met = new Map<number, Set<number>>();
  for (let study = 0; study < size; study++) {
    if (present[study] === 0) continue;
    for (const source of members[sources[study] ?? 0] ?? []) {
      const patients = met.get(source) ?? new Set<number>();
      patients.add(patient[study] ?? 0);
      met.set(source, patients);
      counts.set(source, { patients: patients.size, studies: (counts.get(source)?.studies ?? 0) + 1 });
    }
  }
  kept.set(catalog, { version, counts });
  return counts;
}
