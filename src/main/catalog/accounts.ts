import type { AssignedPatient, Role } from "../../contract/accounts.ts";
import type { Account } from "../../contract/calls/users.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { Catalog } from "./database.ts";

/** An account with what its password is compared with. */
export interface StoredAccount {
  id: number;
  name: string;
  role: Role;
  /** JSON of access/passphrase.ts. */
  kdf: string;
  password: Buffer;
  failed: number;
  /** ISO 8601, UTC. */
  blockedUntil: string | null;
  createdAt: string;
}

const SELECT = `SELECT id, name, role, kdf, password, failed, blocked_until AS blockedUntil, created_at AS createdAt
  FROM account`;

export function hasAccounts(catalog: Catalog): boolean {
  return catalog.get("SELECT 1 FROM account LIMIT 1") !== undefined;
}

/** By name, whatever its case, or by id. */
export function findAccount(catalog: Catalog, nameOrId: string | number): StoredAccount | undefined {
  return catalog.get<StoredAccount>(`${SELECT} WHERE ${typeof nameOrId === "number" ? "id" : "name"} = ?`, nameOrId);
}

/** @throws SatchelError NOT_FOUND */
export function getAccount(catalog: Catalog, name: string): StoredAccount {
  const account = findAccount(catalog, name);
  if (account !== undefined) return account;
  throw new SatchelError("NOT_FOUND", `There is no account named ${name}.`, "Look at the list of accounts.");
}

/** By name. */
export function listAccounts(catalog: Catalog): StoredAccount[] {
  return catalog.all<StoredAccount>(`${SELECT} ORDER BY name`);
}

/** An account as it is shown, without its password. */
export function describeAccount(catalog: Catalog, { id, name, role, createdAt, blockedUntil }: StoredAccount): Account {
  const names = (sql: string): string[] => catalog.column<string>(sql, id);
  return {
    name,
    role,
    organizations: names(
      `SELECT name FROM account_organization JOIN organization ON organization.id = organization WHERE account = ?
       ORDER BY name`,
    ),
    sources: names(
      "SELECT name FROM account_source JOIN source ON source.id = source WHERE account = ? ORDER BY source.id",
    ),
    patients: catalog.all<AssignedPatient>(
      `SELECT name AS source, patient_id AS id FROM account_patient JOIN source ON source.id = source WHERE account = ?
       ORDER BY source.id, patient_id`,
      id,
    ),
    createdAt,
    blockedUntil,
  };
}

/** @throws SatchelError ALREADY_EXISTS, USAGE (no name) */
export function addAccount(
  catalog: Catalog,
  account: { name: string; role: Role; kdf: string; password: Buffer; createdAt: string },
): StoredAccount {
  const { name, role, kdf, password, createdAt } = account;
  if (!/^[\p{L}\p{N}](?:[\p{L}\p{N} .@_-]{0,62}[\p{L}\p{N}])?$/u.test(name))
    throw new SatchelError(
      "USAGE",
      "The name of an account must be 1 to 64 letters, digits, spaces, dots, hyphens, underscores or @.",
      "Choose another name.",
    );
  return catalog.write(() => {
    if (findAccount(catalog, name) !== undefined)
      throw new SatchelError("ALREADY_EXISTS", `There is an account named ${name} already.`, "Choose another name.");
    if (role !== "administrator" && !hasAccounts(catalog))
      throw new SatchelError(
        "USAGE",
        "The first account must be an administrator: nobody else could add others.",
        "Add an administrator first.",
      );
    catalog.run(
      "INSERT INTO account (name, role, kdf, password, created_at) VALUES (?, ?, ?, ?, ?)",
      name,
      role,
      kdf,
      password,
      createdAt,
    );
    return getAccount(catalog, name);
  });
}

export function setPassword(catalog: Catalog, id: number, kdf: string, password: Buffer): void {
  catalog.run(
    "UPDATE account SET kdf = ?, password = ?, failed = 0, blocked_until = NULL WHERE id = ?",
    kdf,
    password,
    id,
  );
}

/** Wrong passwords since the last right one, and until when none is tried. */
export function setFailed(catalog: Catalog, id: number, failed: number, blockedUntil: string | null): void {
  catalog.run("UPDATE account SET failed = ?, blocked_until = ? WHERE id = ?", failed, blockedUntil, id);
}

/** @throws SatchelError NOT_FOUND, USAGE (the last administrator) */
export function setRole(catalog: Catalog, name: string, role: Role): StoredAccount {
  return catalog.write(() => {
    const account = getAccount(catalog, name);
    if (role !== "administrator") assertOtherAdministrator(catalog, account);
    catalog.run("UPDATE account SET role = ? WHERE id = ?", role, account.id);
    return getAccount(catalog, name);
  });
}

/** @throws SatchelError NOT_FOUND, USAGE (the last administrator among several accounts) */
export function removeAccount(catalog: Catalog, name: string): void {
  catalog.write(() => {
    const account = getAccount(catalog, name);
    if (listAccounts(catalog).length > 1) assertOtherAdministrator(catalog, account);
    catalog.run("DELETE FROM account WHERE id = ?", account.id);
  });
}

function assertOtherAdministrator(catalog: Catalog, { id }: StoredAccount): void {
  const [others] = catalog.column<number>("SELECT count(*) FROM account WHERE role = 'administrator' AND id <> ?", id);
  if (others !== 0) return;
  throw new SatchelError(
    "USAGE",
    "The last administrator cannot go: nobody could change accounts any more.",
    "Make another account an administrator first.",
  );
}
