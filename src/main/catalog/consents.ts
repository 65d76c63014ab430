import type { Catalog } from "./database.ts";
import type { ResourceKind } from "./resource-types.ts";

/** What a patient said to the use of one kind of data. */
export interface ConsentAnswer {
  decision: "permit" | "deny" | "none";
  /** Of a refusal: a permission came before it. ISO 8601, as precise as it was told; undefined where none came before. */
  withdrawnAt?: string;
}

/** A decision with where it comes from. */
export interface ConsentRecord {
  scope: string;
  decision: "permit" | "deny";
  decidedAt: string;
  until: string;
  origin: string;
  noticedAt: string;
  current: boolean;
}

interface Stored extends Omit<ConsentRecord, "current"> {
  row: number;
  current: number;
  /** Milliseconds since 1970 of `decidedAt`; of what is not told, before all else. */
  at: number;
}

/** Systems whose codes are types of resources. */
const TYPE_SYSTEMS = ["http://hl7.org/fhir/resource-types", "http://hl7.org/fhir/fhir-types"];

/** All that a patient decided, the latest first. */
export function listConsents(catalog: Catalog, patient: number): ConsentRecord[] {
  return readConsents(catalog, patient)
    .toReversed()
    .map(({ row: _row, at: _at, current, ...consent }) => ({ ...consent, current: current === 1 }));
}

/** By the time of the decision, then in the order in which they were noticed. */
function readConsents(catalog: Catalog, patient: number): Stored[] {
  return catalog
    .all<Omit<Stored, "at">>(
      `SELECT id AS row, scope, decision, decided_at AS decidedAt, until, origin, noticed_at AS noticedAt, current
       FROM consent WHERE patient = ? ORDER BY id`,
      patient,
    )
    .map((consent) => ({ ...consent, at: momentOf(consent.decidedAt) }))
    .sort((one, other) => (one.at === other.at ? one.row - other.row : one.at < other.at ? -1 : 1));
}

function momentOf(told: string): number {
  const at = Date.parse(told);
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
}

/**
 * What a patient consents to. Of one origin (a Consent, a study) the narrowest scope speaks; of several origins the latest decision holds,
 * and of two of one time the refusal. A permission whose time is over is a refusal.
 *
 * @param patient the catalog's number
 * @param studies ids of studies: where a selection names some, decisions that were given to other studies say nothing
 */
export function consentOf(
  catalog: Catalog,
  patient: number,
  { type, codes }: Pick<ResourceKind, "type" | "codes">,
  now: Date,
  studies?: readonly string[],
): ConsentAnswer {
  return answerConsent(openConsents(catalog, patient, now, studies), { type, codes });
}

/** A patient's decisions, read once for all of their resources. */
export interface OpenConsents {
  readonly all: readonly Stored[];
  readonly now: number;
}

export function openConsents(catalog: Catalog, patient: number, now: Date, studies?: readonly string[]): OpenConsents {
  const asked = studies === undefined ? undefined : new Set(studies.map((id) => `study ${id}`));
  const counts = (origin: string): boolean => !origin.startsWith("study ") || asked === undefined || asked.has(origin);
  return { all: readConsents(catalog, patient).filter(({ origin }) => counts(origin)), now: now.getTime() };
}

export function answerConsent(
  { all, now }: OpenConsents,
  { type, codes }: Pick<ResourceKind, "type" | "codes">,
): ConsentAnswer {
  const about = all
    .map((consent) => ({ ...consent, width: widthOf(consent.scope, type, codes) }))
    .filter(({ width }) => width !== undefined);
  const speaking = [
    ...Map.groupBy(
      about.filter(({ current }) => current === 1),
      ({ origin }) => origin,
    ).values(),
  ].map((ofOrigin) =>
    ofOrigin.reduce((best, one) =>
      (one.width ?? 0) < (best.width ?? 0) || (one.width === best.width && refuses(one, now)) ? one : best,
    ),
  );
  const latest = speaking.reduce<(typeof speaking)[number] | undefined>((best, one) => {
    if (best === undefined || one.at > best.at) return one;
    return one.at === best.at && refuses(one, now) ? one : best;
  }, undefined);
  if (latest === undefined) return { decision: "none" };
  if (!refuses(latest, now)) return { decision: "permit" };
  if (latest.decision === "permit") return { decision: "deny", withdrawnAt: latest.until };
  const permittedBefore = about.some(
    (one) => one.decision === "permit" && one.row !== latest.row && one.at <= latest.at,
  );
  return {
    decision: "deny",
    ...(permittedBefore ? { withdrawnAt: latest.decidedAt === "" ? latest.noticedAt : latest.decidedAt } : {}),
  };
}

/** A day, month or year that ends a period is part of it (R4 Period.end). */
function refuses({ decision, until }: Stored, now: number): boolean {
  if (decision === "deny") return true;
  if (until === "") return false;
  const [year = "", month = "12", day] = until.split("-");
  const last =
    until.length > 10
      ? Date.parse(until)
      : Date.UTC(Number(year), Number(month) - (day === undefined ? 0 : 1), day === undefined ? 1 : Number(day) + 1);
  return Number.isNaN(last) || last < now;
}

/** 0: one of the codes; 1: the type; 2: all data; undefined: something else. */
function widthOf(scope: string, type: string, codes: readonly string[]): number | undefined {
  if (scope === "*") return 2;
  if (codes.includes(scope)) return 0;
  return TYPE_SYSTEMS.some((system) => scope === `${system}|${type}`) ? 1 : undefined;
}
