import type { Catalog } from "./database.ts";
import { noteChangedPatient } from "./resource-patients.ts";

/** A decision to be kept; see IndexedConsent. */
export interface ConsentToWrite {
  patient: string;
  scope: string;
  decision: "permit" | "deny";
  decidedAt: string;
  until?: string;
}

interface CurrentConsent {
  row: number;
  patient: number;
  scope: string;
  decision: "permit" | "deny";
  decidedAt: string;
  until: string;
}

/**
 * What one origin (a Consent) now says in all. What it said before and no longer says was withdrawn: a permission that is gone permits
 * nothing. Within the caller's transaction.
 */
export function replaceConsents(
  catalog: Catalog,
  source: number,
  origin: string,
  decisions: readonly ConsentToWrite[],
  rowOf: (patientId: string) => number | null,
): void {
  const met = new Set<number>();
  for (const decision of decisions) {
    const patient = rowOf(decision.patient);
    if (patient !== null) met.add(putConsent(catalog, source, origin, patient, decision).row);
  }
  const current = catalog.all<CurrentConsent>(`${CURRENT} AND origin = ?`, source, origin);
  for (const consent of current) if (!met.has(consent.row)) withdraw(catalog, source, origin, consent);
}

const CURRENT = `SELECT id AS row, patient, scope, decision, decided_at AS decidedAt, until FROM consent
  WHERE source = ? AND current = 1`;

/** @returns the row that now holds, and whether that is new */
export function putConsent(
  catalog: Catalog,
  source: number,
  origin: string,
  patient: number,
  { scope, decision, decidedAt, until = "" }: Omit<ConsentToWrite, "patient">,
): { row: number; changed: boolean } {
  const before = catalog.get<CurrentConsent>(
    `${CURRENT} AND origin = ? AND patient = ? AND scope = ?`,
    source,
    origin,
    patient,
    scope,
  );
  if (before !== undefined) {
    const same = before.decision === decision && before.decidedAt === decidedAt && before.until === until;
    if (same) return { row: before.row, changed: false };
    catalog.run("UPDATE consent SET current = 0 WHERE id = ?", before.row);
  }
  const row = catalog.run(
    `INSERT INTO consent (source, patient, scope, decision, decided_at, until, origin, noticed_at, current)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)`,
    source,
    patient,
    scope,
    decision,
    decidedAt,
    until,
    origin,
    new Date().toISOString(),
  ).id;
  noteChangedPatient(catalog, patient);
  return { row, changed: true };
}

function withdraw(catalog: Catalog, source: number, origin: string, consent: CurrentConsent): void {
  if (consent.decision === "deny") return;
  putConsent(catalog, source, origin, consent.patient, {
    scope: consent.scope,
    decision: "deny",
    decidedAt: new Date().toISOString(),
  });
}

/** Decisions that the source told apart from Consent resources, and no longer tells. In steps. @returns whether there were any */
export function* withdrawingUntold(
  catalog: Catalog,
  source: number,
  told: { has(row: number): boolean },
): Generator<void, boolean> {
  let changed = false;
  for (let last = 0; ;) {
    const window = catalog.all<CurrentConsent & { origin: string }>(
      `SELECT id AS row, patient, scope, decision, decided_at AS decidedAt, until, origin FROM consent
       WHERE id > ? AND +source = ? AND current = 1 AND origin NOT LIKE 'Consent/%' ORDER BY id LIMIT 500`,
      last,
      source,
    );
    const gone = window.filter(({ row, decision }) => decision === "permit" && !told.has(row));
    if (gone.length > 0)
      catalog.writeRepeatable(() => {
        for (const { origin, ...consent } of gone) withdraw(catalog, source, origin, consent);
      });
    changed ||= gone.length > 0;
    if (window.length < 500) return changed;
    last = window.at(-1)?.row ?? last;
    yield;
  }
}
