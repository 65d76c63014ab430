import { SatchelError } from "../../../contract/errors.ts";
import { assignmentsOf, sourcesOfAccount } from "../../catalog/account-bindings.ts";
import type { StoredAccount } from "../../catalog/accounts.ts";
import type { Catalog } from "../../catalog/database.ts";

/** An account that is no administrator, and what it may see. */
export interface Viewer {
  readonly catalog: Catalog;
  readonly account: StoredAccount;
  readonly sources: readonly { id: number; name: string }[];
  /** Ids of the only patients that it may see, all of the one source; undefined: all of the sources. */
  readonly patients: readonly string[] | undefined;
}

/**
 * Sources of the account's organisations, of those the ones assigned. A provider sees nobody before somebody was assigned; an analyst, who
 * sees no identity, needs no assignment.
 */
export function viewerOf(catalog: Catalog, account: StoredAccount): Viewer {
  const ofHospital = sourcesOfAccount(catalog, account.id);
  const assigned = assignmentsOf(catalog, account.id);
  const patients = assigned.patients.length === 0 ? undefined : assigned.patients.map(({ id }) => id);
  const ids = new Set(patients === undefined ? assigned.sources : assigned.patients.map(({ source }) => source));
  const unassigned = ids.size === 0 && account.role === "analyst";
  return { catalog, account, sources: unassigned ? ofHospital : ofHospital.filter(({ id }) => ids.has(id)), patients };
}

export function seesSource({ sources }: Viewer, name: string): boolean {
  return sources.some((source) => source.name.toLowerCase() === name.toLowerCase());
}

/** What any other source holds too stays out: a study of two hospitals is not shown to one. */
export function seesHolders({ sources }: Viewer, holders: readonly number[]): boolean {
  return holders.length > 0 && holders.every((id) => sources.some((source) => source.id === id));
}

export function seesPatient({ patients }: Viewer, id: string): boolean {
  return patients === undefined || patients.includes(id);
}

/** The answer for what does not exist: nobody is told what another hospital has. @throws SatchelError NOT_FOUND */
export function assertSource(viewer: Viewer, name: string): void {
  if (seesSource(viewer, name)) return;
  throw new SatchelError("NOT_FOUND", `There is no source named ${name}.`, "Look at the list of sources.");
}

/** @throws SatchelError NOT_ALLOWED */
export function refuse(message: string, next: string): never {
  throw new SatchelError("NOT_ALLOWED", message, next);
}
