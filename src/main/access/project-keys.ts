import { randomBytes, timingSafeEqual } from "node:crypto";
import { SatchelError } from "../../contract/errors.ts";
import { z } from "../../contract/schema.ts";
import type { Catalog } from "../catalog/database.ts";
import {
  insertProjectKeyRecord,
  projectKeyRecord,
  projectKeyRecords,
  type ProjectKeyRecord,
} from "../catalog/project-key-records.ts";
import { readSealedFile, writeSealedFile } from "./sealed-file.ts";

/** What pseudonyms, new UIDs and date shifts are derived from. The same shape as deidentify/ has. */
export interface ProjectKey {
  name: string;
  /** 32 random bytes. Never on a screen, in a log or in a package. */
  secret: Buffer;
}

/** A project key as lists show it: without its secret. */
export interface ProjectKeySummary {
  name: string;
  fingerprint: string;
  createdAt: string;
  origin: "new" | "imported";
}

const exportedKey = z
  .object({ name: z.string(), secret: z.string().regex(/^[0-9a-f]{64}$/), createdAt: z.string() })
  .strict();

/** A name is a word, so that it fits on a command line and in a file name, and says nothing about a person. */
function checkName(name: string): void {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/.test(name)) return;
  throw new SatchelError(
    "USAGE",
    "The name of a project key must be 1 to 64 letters, digits, dots, hyphens or underscores.",
    "Choose another name, such as lung-study-2026.",
  );
}

/** @throws SatchelError ALREADY_EXISTS, USAGE */
export function newProjectKey(catalog: Catalog, name: string): ProjectKey {
  return addKey(catalog, { name, secret: randomBytes(32), createdAt: new Date().toISOString(), origin: "new" });
}

/** @param fingerprintOf the one in deidentify/: the fingerprint that stands in receipts. */
export function listProjectKeys(catalog: Catalog, fingerprintOf: (key: ProjectKey) => string): ProjectKeySummary[] {
  return projectKeyRecords(catalog).map(({ name, secret, createdAt, origin }) => {
    const fingerprint = fingerprintOf({ name, secret });
    secret.fill(0);
    return { name, fingerprint, createdAt, origin };
  });
}

/** @throws SatchelError KEY_NEEDED where there is no key of that name */
export function getProjectKey(catalog: Catalog, name: string): ProjectKey {
  const record = projectKeyRecord(catalog, name);
  if (record !== undefined) return { name: record.name, secret: record.secret };
  throw new SatchelError(
    "KEY_NEEDED",
    `There is no project key named ${printable(name)}.`,
    "Make a key of that name, or import it from the file that it was exported to.",
  );
}

/** Writes a key to a file that only `passphrase` opens. @throws SatchelError KEY_NEEDED, ALREADY_EXISTS, WRITE_FAILED, USAGE */
export async function exportProjectKey(
  catalog: Catalog,
  name: string,
  path: string,
  passphrase: string,
): Promise<void> {
  getProjectKey(catalog, name).secret.fill(0);
  const record = projectKeyRecord(catalog, name);
  if (record === undefined) throw new Error("the key went while it was exported");
  const content = Buffer.from(
    JSON.stringify({ name: record.name, secret: record.secret.toString("hex"), createdAt: record.createdAt }),
  );
  try {
    await writeSealedFile(path, "project-key", content, passphrase);
  } finally {
    content.fill(0);
    record.secret.fill(0);
  }
}

/**
 * Brings a key from a file. The same key under the same name is accepted as done; nothing is ever overwritten.
 *
 * @param name another name than the one it was exported under.
 * @throws SatchelError WRONG_KEY, ALREADY_EXISTS, READ_FAILED, NOT_FOUND, USAGE
 */
export async function importProjectKey(
  catalog: Catalog,
  path: string,
  passphrase: string,
  name?: string,
): Promise<ProjectKey> {
  const content = await readSealedFile(path, "project-key", passphrase);
  let exported: z.infer<typeof exportedKey>;
  try {
    exported = exportedKey.parse(JSON.parse(content.toString("utf8")));
  } catch (error) {
    throw new SatchelError("READ_FAILED", "The file given does not hold a project key.", "Export it anew.", {
      cause: error,
    });
  } finally {
    content.fill(0);
  }
  const secret = Buffer.from(exported.secret, "hex");
  return addKey(catalog, { name: name ?? exported.name, secret, createdAt: exported.createdAt, origin: "imported" });
}

function addKey(catalog: Catalog, key: ProjectKeyRecord): ProjectKey {
  checkName(key.name);
  return catalog.write(() => {
    const there = projectKeyRecord(catalog, key.name);
    if (there === undefined) {
      insertProjectKeyRecord(catalog, key);
      return { name: key.name, secret: key.secret };
    }
    if (timingSafeEqual(there.secret, key.secret)) return { name: there.name, secret: there.secret };
    throw new SatchelError(
      "ALREADY_EXISTS",
      `There is another project key named ${there.name} already; it was left as it is.`,
      "Choose another name.",
    );
  });
}

/** What a person typed, fit for a message. */
function printable(text: string): string {
  return text.replace(/[^\p{L}\p{N} ._-]/gu, "?").slice(0, 64);
}
