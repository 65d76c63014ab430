import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCrosswalk, writeCrosswalk } from "../../src/main/access/crosswalk.ts";
import {
  exportProjectKey,
  getProjectKey,
  importProjectKey,
  listProjectKeys,
  newProjectKey,
  type ProjectKey,
} from "../../src/main/access/project-keys.ts";
import { newCatalog } from "../catalog/new-catalog.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const folder = temporaryDirectory("keys");
let files = 0;
const newPath = () => join(folder, `${(files += 1)}.satchel`);
const code = (value: string) => expect.objectContaining({ code: value });
const fingerprint = (key: ProjectKey) => createHash("sha256").update(key.secret).digest("hex").slice(0, 16);

test("a new key is 32 random bytes that come back the same and are not in the list", () => {
  const catalog = newCatalog();
  const made = newProjectKey(catalog, "lung-2026");
  expect(made.secret).toHaveLength(32);
  expect(newProjectKey(catalog, "other").secret.equals(made.secret)).toBe(false);
  const print = fingerprint(made);
  const secret = made.secret.toString("hex");
  expect(getProjectKey(catalog, "LUNG-2026")).toEqual({ name: "lung-2026", secret: made.secret });
  const list = listProjectKeys(catalog, fingerprint);
  expect(list.map(({ name, fingerprint, origin }) => [name, fingerprint, origin])).toContainEqual([
    "lung-2026",
    print,
    "new",
  ]);
  expect(JSON.stringify(list)).not.toContain(secret);
});

test("a key is never overwritten, whatever the case of its name", () => {
  const catalog = newCatalog();
  const { secret } = newProjectKey(catalog, "lung");
  expect(() => newProjectKey(catalog, "Lung")).toThrow(code("ALREADY_EXISTS"));
  expect(getProjectKey(catalog, "lung").secret.equals(secret)).toBe(true);
});

test.each(["", "a b", "../k", "-k", "k.", "名", "k\n", "x".repeat(65)])("%j is no name of a key", (name) => {
  expect(() => newProjectKey(newCatalog(), name)).toThrow(code("USAGE"));
});

test("a key that is not there is asked for", () => {
  expect(() => getProjectKey(newCatalog(), "none")).toThrow(code("KEY_NEEDED"));
});

test("an exported key is the same key in another workspace, and its file tells nothing without the passphrase", async () => {
  const [here, there] = [newCatalog(), newCatalog()];
  const { secret } = newProjectKey(here, "lung");
  const path = newPath();
  await exportProjectKey(here, "lung", path, "a passphrase");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const text = readFileSync(path, "utf8");
  for (const form of ["hex", "base64"] as const) expect(text).not.toContain(secret.toString(form));
  await expect(importProjectKey(there, path, "another passphrase")).rejects.toThrow(code("WRONG_KEY"));
  await importProjectKey(there, path, "a passphrase");
  expect(getProjectKey(there, "lung").secret.equals(secret)).toBe(true);
  expect(listProjectKeys(there, fingerprint)[0]?.origin).toBe("imported");
  await importProjectKey(there, path, "a passphrase", "lung-copy");
  expect(getProjectKey(there, "lung-copy").secret.equals(secret)).toBe(true);
});

test("importing the same key again is done already; another key under its name is refused", async () => {
  const [here, there] = [newCatalog(), newCatalog()];
  newProjectKey(here, "lung");
  const own = newProjectKey(there, "lung").secret.toString("hex");
  const path = newPath();
  await exportProjectKey(here, "lung", path, "pass");
  await importProjectKey(here, path, "pass");
  expect(listProjectKeys(here, fingerprint)).toHaveLength(1);
  await expect(importProjectKey(there, path, "pass")).rejects.toThrow(code("ALREADY_EXISTS"));
  expect(getProjectKey(there, "lung").secret.toString("hex")).toBe(own);
});

test("an export overwrites no file, leaves none half written, and needs a passphrase", async () => {
  const catalog = newCatalog();
  newProjectKey(catalog, "lung");
  const path = newPath();
  writeFileSync(path, "mine");
  await expect(exportProjectKey(catalog, "lung", path, "pass")).rejects.toThrow(code("ALREADY_EXISTS"));
  expect(readFileSync(path, "utf8")).toBe("mine");
  await expect(exportProjectKey(catalog, "lung", newPath(), "")).rejects.toThrow(code("USAGE"));
  await expect(exportProjectKey(catalog, "lung", join(folder, "no", "such"), "pass")).rejects.toThrow(
    code("WRITE_FAILED"),
  );
  await expect(exportProjectKey(catalog, "none", newPath(), "pass")).rejects.toThrow(code("KEY_NEEDED"));
  expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
});

test("a key file that was changed, is of another kind or asks for too much is refused", async () => {
  const catalog = newCatalog();
  newProjectKey(catalog, "lung");
  const path = newPath();
  await exportProjectKey(catalog, "lung", path, "pass");
  const whole = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown> & { data: string; kdf: object };
  const attempt = async (change: object | string) => {
    const changed = newPath();
    writeFileSync(changed, typeof change === "string" ? change : JSON.stringify({ ...whole, ...change }));
    return importProjectKey(newCatalog(), changed, "pass");
  };
  await expect(attempt({})).resolves.toMatchObject({ name: "lung" });
  const flipped = (whole.data.startsWith("A") ? "B" : "A") + whole.data.slice(1);
  await expect(attempt({ data: flipped })).rejects.toThrow(code("WRONG_KEY"));
  await expect(attempt({ tag: "AAAA" })).rejects.toThrow(code("WRONG_KEY"));
  await expect(attempt({ kdf: { ...whole.kdf, n: 2 ** 14 } })).rejects.toThrow(code("WRONG_KEY"));
  await expect(attempt({ kdf: { ...whole.kdf, n: 2 ** 30 } })).rejects.toThrow(code("READ_FAILED"));
  await expect(attempt({ kind: "crosswalk" })).rejects.toThrow(code("READ_FAILED"));
  await expect(attempt({ version: 2 })).rejects.toThrow(code("READ_FAILED"));
  await expect(attempt("not JSON")).rejects.toThrow(code("READ_FAILED"));
  await expect(importProjectKey(newCatalog(), join(folder, "none"), "pass")).rejects.toThrow(code("NOT_FOUND"));
});

const ROWS = [
  { pseudonym: "B", patientId: 'P"1"', issuer: "North, Ltd", patientName: "山田^太郎\nJr" },
  { pseudonym: "A", patientId: "=P2", issuer: "", patientName: "" },
];

test("a crosswalk opens with its passphrase only, as CSV in the order of the pseudonyms", async () => {
  const path = newPath();
  await writeCrosswalk(path, ROWS, "pass");
  const file = readFileSync(path, "utf8");
  for (const text of ["山田", "North", Buffer.from("North").toString("base64")]) expect(file).not.toContain(text);
  await expect(openCrosswalk(path, "other")).rejects.toThrow(code("WRONG_KEY"));
  const { csv, rows } = await openCrosswalk(path, "pass");
  expect(rows).toEqual([ROWS[1], ROWS[0]]);
  expect(csv).toBe('pseudonym,patientId,issuer,patientName\r\nA,=P2,,\r\nB,"P""1""","North, Ltd","山田^太郎\nJr"\r\n');
  await expect(writeCrosswalk(path, [], "pass")).rejects.toThrow(code("ALREADY_EXISTS"));
});

test("a crosswalk is no project key, even where its file says so", async () => {
  const path = newPath();
  await writeCrosswalk(path, ROWS, "pass");
  await expect(importProjectKey(newCatalog(), path, "pass")).rejects.toThrow(code("READ_FAILED"));
  const relabelled = newPath();
  writeFileSync(relabelled, readFileSync(path, "utf8").replace('"crosswalk"', '"project-key"'));
  await expect(importProjectKey(newCatalog(), relabelled, "pass")).rejects.toThrow(code("WRONG_KEY"));
});
