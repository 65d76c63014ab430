import type { AssignedPatient } from "../../contract/accounts.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { Catalog } from "./database.ts";
import { getSource } from "./sources.ts";

/** The organisation of a name, made where it is not there. Within the caller's transaction. @throws USAGE */
function organizationNamed(catalog: Catalog, given: string): number {
  const name = given.trim();
  if (name === "" || name.length > 100 || /\p{Cc}/u.test(name))
    throw new SatchelError(
      "USAGE",
      "The name of an organisation must be 1 to 100 characters in one line.",
      "Choose another name.",
    );
  const known = catalog.get<{ id: number }>("SELECT id FROM organization WHERE name = ?", name);
  return known?.id ?? catalog.run("INSERT INTO organization (name) VALUES (?)", name).id;
}

/** One that nobody and nothing belongs to is none. */
function removeUnusedOrganizations(catalog: Catalog): void {
  catalog.run(
    `DELETE FROM organization WHERE id NOT IN (SELECT organization FROM account_organization)
       AND id NOT IN (SELECT organization FROM source_organization)`,
  );
}

/** @throws SatchelError NOT_FOUND, USAGE */
export function bindSource(catalog: Catalog, source: string, organization: string | null): void {
  catalog.write(() => {
    const { id } = getSource(catalog, source);
    catalog.run("DELETE FROM source_organization WHERE source = ?", id);
    if (organization !== null)
      catalog.run(
        "INSERT INTO source_organization (source, organization) VALUES (?, ?)",
        id,
        organizationNamed(catalog, organization),
      );
    removeUnusedOrganizations(catalog);
  });
}

/** What is given replaces what was. @throws SatchelError NOT_FOUND, USAGE (sources and patients, patients of several sources) */
export function assign(
  catalog: Catalog,
  account: number,
  given: {
    organizations?: string[] | undefined;
    sources?: string[] | undefined;
    patients?: AssignedPatient[] | undefined;
  },
): void {
  catalog.write(() => {
    const { organizations, sources, patients } = given;
    if (organizations !== undefined) {
      catalog.run("DELETE FROM account_organization WHERE account = ?", account);
      for (const name of organizations)
        catalog.run(
          "INSERT OR IGNORE INTO account_organization (account, organization) VALUES (?, ?)",
          account,
          organizationNamed(catalog, name),
        );
    }
    if (sources !== undefined) {
      catalog.run("DELETE FROM account_source WHERE account = ?", account);
      for (const name of sources)
        catalog.run(
          "INSERT OR IGNORE INTO account_source (account, source) VALUES (?, ?)",
          account,
          getSource(catalog, name).id,
        );
    }
    if (patients !== undefined) {
      catalog.run("DELETE FROM account_patient WHERE account = ?", account);
      for (const { source, id } of patients)
        catalog.run(
          "INSERT OR IGNORE INTO account_patient (account, source, patient_id) VALUES (?, ?, ?)",
          account,
          getSource(catalog, source).id,
          id,
        );
    }
    assertOneKind(catalog, account);
    removeUnusedOrganizations(catalog);
  });
}

/** Filters know a list of patients and a list of sources, not pairs: an id of one source must not let in its namesake of another. */
function assertOneKind(catalog: Catalog, account: number): void {
  const [sources] = catalog.column<number>("SELECT count(*) FROM account_source WHERE account = ?", account);
  const [ofPatients] = catalog.column<number>(
    "SELECT count(DISTINCT source) FROM account_patient WHERE account = ?",
    account,
  );
  if ((ofPatients ?? 0) > 1)
    throw new SatchelError(
      "USAGE",
      "The patients of an account must be of one source.",
      "Assign patients of one source, or whole sources.",
    );
  if ((sources ?? 0) > 0 && (ofPatients ?? 0) > 0)
    throw new SatchelError(
      "USAGE",
      "An account has whole sources or single patients, not both.",
      "Take the sources or the patients away.",
    );
}

/** By name, with what belongs to each. */
export function listOrganizations(catalog: Catalog): { name: string; sources: string[]; accounts: string[] }[] {
  return catalog
    .all<{ id: number; name: string }>("SELECT id, name FROM organization ORDER BY name")
    .map(({ id, name }) => ({
      name,
      sources: catalog.column<string>(
        `SELECT name FROM source_organization JOIN source ON source.id = source WHERE organization = ? ORDER BY name`,
        id,
      ),
      accounts: catalog.column<string>(
        `SELECT name FROM account_organization JOIN account ON account.id = account WHERE organization = ? ORDER BY name`,
        id,
      ),
    }));
}

/** What an account sees of sources: those of its organisations; of none where it has none. */
export function sourcesOfAccount(catalog: Catalog, account: number): { id: number; name: string }[] {
  return catalog.all(
    `SELECT id, name FROM source WHERE CASE WHEN EXISTS (SELECT 1 FROM account_organization WHERE account = ?)
       THEN id IN (SELECT source FROM source_organization WHERE organization IN
         (SELECT organization FROM account_organization WHERE account = ?))
       ELSE id NOT IN (SELECT source FROM source_organization) END ORDER BY id`,
    account,
    account,
  );
}

export function assignmentsOf(
  catalog: Catalog,
  account: number,
): { sources: number[]; patients: { source: number; id: string }[] } {
  return {
    sources: catalog.column<number>("SELECT source FROM account_source WHERE account = ?", account),
    patients: catalog.all(
      "SELECT source, patient_id AS id FROM account_patient WHERE account = ? ORDER BY patient_id",
      account,
    ),
  };
}
