import type { IndexedConsent, IndexedStudyGroup } from "../sources/resources-source.ts";
import { putConsent, withdrawingUntold } from "./consents-writer.ts";
import type { Catalog } from "./database.ts";
import { createIdSet } from "./id-set.ts";
import { raiseRecordsGeneration } from "./records-generation.ts";
import { rowOfResourcePatient } from "./resource-patients.ts";
import { putStudyGroup, removeUntoldStudies } from "./study-groups.ts";

/** Written in one transaction. */
const BATCH = 200;

/** What a source tells beside its resources: consents, and who takes part in which study. See ResourcesTarget. */
interface BesidesWriter {
  putConsents(consents: Iterable<IndexedConsent>): void;
  putStudyGroups(groups: Iterable<IndexedStudyGroup>): void;
  /** After a complete sync: what was told before and not in this one, of what was told in this one at all. In steps. */
  removingUntold(): Generator<void>;
}

export function createBesidesWriter(catalog: Catalog, source: number): BesidesWriter {
  const consents = createIdSet();
  let consentsTold = false;
  const studies = new Set<number>();
  let studiesTold = false;
  const rowOf = (patientId: string): number => rowOfResourcePatient(catalog, source, patientId);
  return {
    putConsents(all) {
      consentsTold = true;
      inBatches(catalog, all, (consent) => {
        const { row, changed } = putConsent(catalog, source, consent.origin, rowOf(consent.patient), consent);
        consents.add(row);
        return changed;
      });
    },
    putStudyGroups(all) {
      studiesTold = true;
      inBatches(catalog, all, (group) => {
        const row = putStudyGroup(catalog, source, { ...group, origin: "told" }, rowOf);
        if (row !== undefined) studies.add(row);
        return true;
      });
    },
    *removingUntold() {
      if (consentsTold && (yield* withdrawingUntold(catalog, source, consents)))
        catalog.writeRepeatable(() => raiseRecordsGeneration(catalog));
      if (!studiesTold) return;
      catalog.writeRepeatable(() => {
        if (removeUntoldStudies(catalog, source, studies)) raiseRecordsGeneration(catalog);
      });
    },
  };
}

/** @param write returns whether something changed */
function inBatches<One>(catalog: Catalog, all: Iterable<One>, write: (one: One) => boolean): void {
  const batch: One[] = [];
  const flush = (): void => {
    if (batch.length === 0) return;
    catalog.writeRepeatable(() => {
      let changed = false;
      for (const one of batch) changed = write(one) || changed;
      if (changed) raiseRecordsGeneration(catalog);
    });
    batch.length = 0;
  };
  for (const one of all) if (batch.push(one) >= BATCH) flush();
  flush();
}
