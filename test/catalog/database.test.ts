import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openCatalog } from "../../src/main/catalog/database.ts";
import { MIGRATIONS } from "../../src/main/catalog/migrations/index.ts";
import { addSource, getSource, listSources, sourceSecret } from "../../src/main/catalog/sources.ts";
import { findPatients, findStudies } from "../../src/main/catalog/find.ts";
import { syncTarget } from "../../src/main/catalog/sync.ts";
import { projectRoot } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { anInstance } from "./describe-instance.ts";
import { addSynced } from "./new-catalog.ts";

const folder = temporaryDirectory("database");
let files = 0;
const newPath = () => join(folder, `${(files += 1)}.sqlite`);
const code = (value: string) => expect.objectContaining({ code: value });

test("nothing of a patient or a secret stands readable in any file of the catalog, write-ahead log included", () => {
  const path = newPath();
  const catalog = openCatalog(path, randomBytes(32));
  addSynced(catalog, "folder", [anInstance("a.dcm", { patientName: "Zebedee^Quentin" })]);
  addSource(catalog, { kind: "orthanc", name: "server", config: {}, secret: "hunter2hunter2" });
  const written = readdirSync(folder).filter((name) => name.startsWith(`${files}.sqlite`));
  expect(written).toContain(`${files}.sqlite-wal`);
  for (const name of written) {
    const bytes = readFileSync(join(folder, name)).toString("latin1");
    for (const text of ["Zebedee", "zebedee", "hunter2", "CREATE TABLE"]) expect(bytes).not.toContain(text);
  }
  catalog.close();
});

test("a wrong key is told as such and changes no byte, for a writer and a reader, with a log of a killed process waiting", async () => {
  const path = newPath();
  const key = randomBytes(32);
  await killInTheMiddle(path, key);
  const files = () => [path, `${path}-wal`].map((file) => readFileSync(file).toString("base64"));
  const before = files();
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  expect(() => openCatalog(path, randomBytes(32))).toThrow(code("WRONG_KEY"));
  expect(() => openCatalog(path, randomBytes(32), { readOnly: true })).toThrow(code("WRONG_KEY"));
  expect(files()).toEqual(before);
  const catalog = openCatalog(path, key);
  expect(listSources(catalog).map(({ name }) => name)).toEqual(["committed"]);
  catalog.close();
});

test("a process killed in the middle of a transaction leaves what it had committed and nothing else", async () => {
  const path = newPath();
  const key = randomBytes(32);
  await killInTheMiddle(path, key);
  const catalog = openCatalog(path, key);
  expect(listSources(catalog).map(({ name }) => name)).toEqual(["committed"]);
  expect(catalog.get<{ integrity_check: string }>("PRAGMA integrity_check")).toEqual({ integrity_check: "ok" });
  catalog.close();
});

test("a key that is not 32 bytes long is refused before a file is made", () => {
  const path = newPath();
  expect(() => openCatalog(path, Buffer.alloc(16))).toThrow(code("WRONG_KEY"));
  expect(existsSync(path)).toBe(false);
});

test("a changed byte in the middle of the file is an error and not a changed value", () => {
  const path = newPath();
  const key = randomBytes(32);
  const catalog = openCatalog(path, key);
  addSynced(
    catalog,
    "folder",
    Array.from({ length: 300 }, (_, at) => anInstance(`${at}.dcm`)),
  );
  catalog.close();
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  const damaged = openCatalog(path, key);
  expect(() => damaged.all("PRAGMA integrity_check")).toThrow(code("READ_FAILED"));
  damaged.close();
});

test("a reader sees what is committed while a writer is at work, and cannot write", () => {
  const path = newPath();
  const key = randomBytes(32);
  const writer = openCatalog(path, key);
  addSource(writer, { kind: "folder", name: "first", config: {} });
  const reader = openCatalog(path, key, { readOnly: true });
  writer.write(() => {
    addSource(writer, { kind: "folder", name: "second", config: {} });
    expect(listSources(reader).map(({ name }) => name)).toEqual(["first"]);
  });
  expect(listSources(reader).map(({ name }) => name)).toEqual(["first", "second"]);
  expect(() => addSource(reader, { kind: "folder", name: "third", config: {} })).toThrow(code("WRITE_FAILED"));
  reader.close();
  writer.close();
});

test("a reader of a catalog that is not there says so and makes none", () => {
  const path = newPath();
  expect(() => openCatalog(path, randomBytes(32), { readOnly: true })).toThrow(code("NOT_FOUND"));
  expect(existsSync(path)).toBe(false);
});

test("a catalog of version 1 is brought up to date with what it holds", () => {
  const path = newPath();
  const key = randomBytes(32);
  const old = openCatalog(path, key, { migrations: MIGRATIONS.slice(0, 1) });
  // As that version wrote it.
  for (const sql of [
    "INSERT INTO source (id, kind, name, config, created_at) VALUES (7, 'folder', 'folder', '{}', '')",
    "INSERT INTO patient (id, patient_id, issuer, name, sort_name) VALUES (3, 'P1', '', 'Müller^Jörg', 'muller jorg')",
    "INSERT INTO patient_identity VALUES (1, 3, 'Müller^Jörg', '', '')",
    "INSERT INTO study VALUES (5, 3, '2.25.1', '20240131', '', 'Schädel', '', '', 'CT', 1, 1, 9, 0)",
    "INSERT INTO study_entry VALUES (5, 3, '20240131', '\\CT\\', 'muller jorg', 'muller jorg')",
    "INSERT INTO study_search (rowid, text) VALUES (5, 'muller jorg')",
    "INSERT INTO series VALUES (1, 5, '2.25.2', 'CT', 1, '', '', '', '', '')",
    "INSERT INTO instance VALUES (1, 1, 1, '2.25.3', '', '', 1, 1, 1, 1, '', '')",
    "INSERT INTO instance_location VALUES (1, 1, 7, 'a.dcm', 9, '1-1', NULL)",
  ])
    old.run(sql);
  expect(() => old.get("SELECT count(*) FROM job")).toThrow();
  old.close();
  expect(() => openCatalog(path, key, { readOnly: true })).toThrow(code("READ_FAILED"));
  const migrated = openCatalog(path, key);
  const filters = [{}, { text: "muller" }, { sources: ["folder"], modality: "CT" }];
  expect(filters.map((filter) => findStudies(migrated, filter).total)).toEqual([1, 1, 1]);
  expect(findPatients(migrated).rows[0]).toMatchObject({ patientId: "P1", studies: 1 });
  expect(getSource(migrated, "folder")).toMatchObject({ instances: 1, lastError: null, hasSecret: false });
  // What SQL cannot derive is derived by the next sync.
  expect(findStudies(migrated, { description: "schadel" }).total).toBe(0);
  syncTarget(migrated, 7).finish(false);
  expect(findStudies(migrated, { description: "schadel" }).total).toBe(1);
  expect(migrated.get<{ count: number }>("SELECT count(*) AS count FROM job")).toEqual({ count: 0 });
  migrated.close();
});

test("a migration that fails leaves the whole older version, which opens again", () => {
  const path = newPath();
  const key = randomBytes(32);
  const catalog = openCatalog(path, key);
  addSynced(catalog, "folder", [anInstance("a.dcm")]);
  catalog.close();
  const broken = { version: MIGRATIONS.length + 1, sql: "CREATE TABLE half (id INTEGER) STRICT; CREATE NONSENSE;" };
  expect(() => openCatalog(path, key, { migrations: [...MIGRATIONS, broken] })).toThrow();
  const again = openCatalog(path, key);
  expect(again.get("SELECT name FROM sqlite_schema WHERE name = 'half'")).toBeUndefined();
  expect(findStudies(again).total).toBe(1);
  again.close();
});

test("a catalog of a newer Satchel is left alone", () => {
  const path = newPath();
  const key = randomBytes(32);
  const next = { version: MIGRATIONS.length + 1, sql: "CREATE TABLE later (id INTEGER) STRICT;" };
  openCatalog(path, key, { migrations: [...MIGRATIONS, next] }).close();
  const copy = newPath();
  copyFileSync(path, copy);
  expect(() => openCatalog(path, key)).toThrow(code("READ_FAILED"));
  expect(readFileSync(path).equals(readFileSync(copy))).toBe(true);
});

test("an error inside a transaction rolls all of it back, also the part of an inner one that ended well", () => {
  const catalog = openCatalog(newPath(), randomBytes(32));
  expect(() =>
    catalog.write(() => {
      catalog.write(() => addSource(catalog, { kind: "folder", name: "inner", config: {} }));
      throw new Error("stop");
    }),
  ).toThrow("stop");
  expect(listSources(catalog)).toEqual([]);
  catalog.close();
});

test("a transaction refuses to wait for a promise", () => {
  const catalog = openCatalog(newPath(), randomBytes(32));
  expect(() => catalog.write(() => Promise.resolve())).toThrow(TypeError);
  catalog.close();
});

test("a full disk is told as such and leaves the catalog as it was", () => {
  const catalog = openCatalog(newPath(), randomBytes(32));
  const source = addSource(catalog, { kind: "folder", name: "folder", config: {} });
  catalog.run("PRAGMA wal_checkpoint(TRUNCATE)");
  const pages = catalog.get<{ page_count: number }>("PRAGMA page_count")?.page_count ?? 0;
  catalog.get(`PRAGMA max_page_count = ${pages + 2}`);
  const fill = () =>
    catalog.write(() => {
      for (let at = 0; at < 1000; at += 1) {
        catalog.run(
          "INSERT INTO analysis (source, ref, study_instance_uid, name, stamp) VALUES (?, ?, 'x', ?, '')",
          source.id,
          String(at),
          "n".repeat(500),
        );
      }
    });
  expect(fill).toThrow(code("DISK_FULL"));
  expect(catalog.get("SELECT count(*) AS count FROM analysis")).toEqual({ count: 0 });
  expect(getSource(catalog, "folder").id).toBe(source.id);
  catalog.close();
});

test("the name of a source is taken once, whatever its case, and its secret is not part of what is listed", () => {
  const catalog = openCatalog(newPath(), randomBytes(32));
  const { id } = addSource(catalog, { kind: "orthanc", name: "PACS", config: { url: "u" }, secret: "s3cret" });
  expect(() => addSource(catalog, { kind: "folder", name: "pacs", config: {} })).toThrow(code("ALREADY_EXISTS"));
  expect(() => addSource(catalog, { kind: "folder", name: "../x\n", config: {} })).toThrow(code("USAGE"));
  expect(() => getSource(catalog, "other")).toThrow(code("NOT_FOUND"));
  expect(JSON.stringify(listSources(catalog))).not.toContain("s3cret");
  expect(sourceSecret(catalog, id)).toBe("s3cret");
  expect(getSource(catalog, "pacs").config).toEqual({ url: "u" });
  catalog.close();
});

/** A process that commits one source and is killed with another one written but not committed. */
async function killInTheMiddle(path: string, key: Buffer): Promise<void> {
  const program = `
    import { openCatalog } from "./src/main/catalog/database.ts";
    import { addSource } from "./src/main/catalog/sources.ts";
    const catalog = openCatalog(process.argv[1], Buffer.from(process.argv[2], "hex"));
    addSource(catalog, { kind: "folder", name: "committed", config: {} });
    catalog.write(() => {
      for (let at = 0; at < 5000; at += 1) {
        addSource(catalog, { kind: "folder", name: "lost" + at, config: { filler: "x".repeat(500) } });
      }
      process.stdout.write("ready");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program, path, key.toString("hex")], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
}
