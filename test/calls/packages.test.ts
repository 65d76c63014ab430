import { spawnSync } from "node:child_process";
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { CopyEvent } from "../../src/contract/calls/packages.ts";
import type { Recipe } from "../../src/contract/recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { createWorkshop, isSamePackage, resultOf, type Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("package-calls");
const source = join(root, "source");
let workshop: Workshop;
let app: App;
let client: Client<Calls>;
let folders = 0;

function newFolder(): string {
  const folder = join(root, `folder-${++folders}`);
  mkdirSync(folder);
  return folder;
}

beforeAll(async () => {
  await makeDemoHospital(source, { size: "small" });
  workshop = await createWorkshop(root, { folder: source });
  ({ app, client } = await workshop.open());
});
afterAll(() => app.close());

/** Makes a package. @returns its path */
async function makePackage(change: Partial<Recipe> = {}, to = newFolder()): Promise<string> {
  const recipe: Recipe = {
    kind: "imaging",
    version: 1,
    selection: { scope: "all" },
    policy: { kind: "pseudonymised", key: "lung", options: [] },
    images: true,
    previews: false,
    format: "zip",
    compress: 0,
    grouping: "one",
    destination: to,
    ...change,
  };
  const { jobId } = await client["exports.start"]({ recipe });
  const { packages } = await resultOf(client, jobId);
  return packages[0]?.path ?? "";
}

type Entry = Awaited<ReturnType<Client<Calls>["packages.list"]>>["rows"][number];

async function entryOf(path: string): Promise<Entry> {
  const { rows } = await client["packages.list"]({ text: path });
  const [entry] = rows;
  if (entry === undefined || rows.length > 1) throw new Error(`${rows.length} packages instead of one`);
  return entry;
}

async function verify(path: string): Promise<boolean> {
  for await (const event of client["packages.verify"]({ path })) if (event.type === "result") return event.ok;
  throw new Error("no result");
}

type CopyResult = Extract<CopyEvent, { type: "result" }>;

async function copy(path: string, destination: string, signal?: AbortSignal): Promise<CopyResult> {
  for await (const event of client["packages.copy"]({ path, destination }, signal))
    if (event.type === "result") return event;
  throw new Error("no result");
}

function flipByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

describe("the list of packages", () => {
  test("a finished package is listed with its verdict, its policy, and an instance for its picture", async () => {
    const path = await makePackage();
    const entry = await entryOf(path);
    expect(entry).toMatchObject({
      path,
      format: "zip",
      policy: "pseudonymised",
      present: true,
      copies: [],
      check: { ok: true, files: entry.files, findings: 0 },
    });
    const instance = await workshop.look(({ catalog }) =>
      catalog.get<{ rows: number }>("SELECT rows FROM instance WHERE id = ?", entry.picture ?? -1),
    );
    expect(instance?.rows).toBeGreaterThan(0);
  });

  test("the newest comes first, in windows, and a text finds packages by their path", async () => {
    const [older, newer] = [await makePackage(), await makePackage()];
    const { total, rows } = await client["packages.list"]({ limit: 1 });
    expect(rows.map(({ path }) => path)).toEqual([newer]);
    expect((await client["packages.list"]({ limit: 1, offset: 1 })).rows.map(({ path }) => path)).toEqual([older]);
    expect(total).toBeGreaterThanOrEqual(2);
    expect((await client["packages.list"]({ text: "NOWHERE-LIKE-THIS" })).total).toBe(0);
    expect((await client["packages.list"]({ text: older.toUpperCase() })).total).toBe(1);
  });

  test("a package that was moved away is listed as not present, and one made in its place replaces it", async () => {
    const to = newFolder();
    const path = await makePackage({}, to);
    const { jobId } = await entryOf(path);
    renameSync(path, `${path}.moved`);
    expect((await entryOf(path)).present).toBe(false);
    expect(await makePackage({}, to)).toBe(path);
    const entry = await entryOf(path);
    expect(entry.present).toBe(true);
    expect(entry.jobId).not.toBe(jobId);
  });

  test("what a verification finds stays with the package: good, then damaged", async () => {
    const path = await makePackage();
    const first = (await entryOf(path)).check;
    expect(await verify(path)).toBe(true);
    const second = (await entryOf(path)).check;
    expect((second?.at ?? "") > (first?.at ?? "?")).toBe(true);
    flipByte(path, Math.floor(statSync(path).size / 2));
    expect(await verify(path)).toBe(false);
    const third = (await entryOf(path)).check;
    expect(third).toMatchObject({ ok: false });
    expect(third?.findings).toBeGreaterThan(0);
  });

  test("a package from elsewhere is verified and never listed", async () => {
    const path = await makePackage();
    const foreign = join(newFolder(), "foreign.zip");
    cpSync(path, foreign);
    expect(await verify(foreign)).toBe(true);
    expect((await client["packages.list"]({ text: foreign })).total).toBe(0);
  });

  test("a package is verified while a job has the workers", async () => {
    const path = await makePackage();
    const { jobId } = await client["exports.start"]({
      recipe: await client["jobs.recipe"]({ id: (await entryOf(path)).jobId }).then((recipe) => ({
        ...recipe,
        previews: true,
        destination: newFolder(),
      })),
    });
    expect(await verify(path)).toBe(true);
    expect(["running", "complete"]).toContain((await client["jobs.show"]({ id: jobId })).state);
    await resultOf(client, jobId);
  });

  test("a forgotten package leaves the list and stays on the disk; one that is not listed cannot be forgotten", async () => {
    const path = await makePackage();
    expect(await client["packages.forget"]({ path })).toEqual({ ok: true });
    expect((await client["packages.list"]({ text: path })).total).toBe(0);
    expect(statSync(path).isFile()).toBe(true);
    await expect(client["packages.forget"]({ path })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("the page is told when a package is made, verified or forgotten", async () => {
    const abort = new AbortController();
    const topics = new Set<string>();
    const watching = (async () => {
      for await (const change of client["changes.watch"]({}, abort.signal))
        for (const one of change.topics) topics.add(one);
    })().catch(() => undefined);
    const path = await makePackage();
    await client["packages.forget"]({ path });
    await client["jobs.list"]({});
    expect([...topics]).toEqual(expect.arrayContaining(["jobs", "packages", "audit"]));
    abort.abort();
    await watching;
  });
});

describe("the receipt of a package", () => {
  test.for(["zip", "folder", "json"] as const)("%s: it can be read without unpacking", async (format) => {
    const path = await makePackage({ format });
    const entry = await entryOf(path);
    const receipt = await client["packages.receipt"]({ path });
    expect(receipt.counts.instances).toEqual(entry.instances);
    expect(receipt.leftOut).toEqual({ files: 0, missing: 0 });
    // Receipt and manifest do not list themselves.
    expect(receipt.files).toHaveLength(entry.files - 2);
  });

  test("a receipt that was changed is refused, since the manifest states another digest", async () => {
    const path = await makePackage({ format: "folder" });
    const file = join(path, "receipt.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"complete"', '"incomplete"'));
    await expect(client["packages.receipt"]({ path })).rejects.toMatchObject({ code: "PACKAGE_DAMAGED" });
  });

  test("what is no package is refused with a sentence: a text, an empty folder, nothing at all", async () => {
    const folder = newFolder();
    const text = join(folder, "letter.txt");
    writeFileSync(text, "Dear colleague");
    await expect(client["packages.receipt"]({ path: text })).rejects.toMatchObject({ code: "PACKAGE_DAMAGED" });
    await expect(client["packages.receipt"]({ path: newFolder() })).rejects.toMatchObject({ code: "PACKAGE_DAMAGED" });
    await expect(client["packages.receipt"]({ path: join(folder, "absent") })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("a copy", () => {
  test.for(["zip", "folder", "json"] as const)(
    "%s: it has the same bytes, is listed with its check, and is written into the audit log",
    async (format) => {
      const path = await makePackage({ format });
      const to = newFolder();
      const result = await copy(path, to);
      expect(result).toMatchObject({ ok: true, findings: [], files: (await entryOf(path)).files });
      expect(isSamePackage(path, result.path)).toBe(true);
      expect(readdirSync(to)).toHaveLength(1);
      const [listed] = (await entryOf(path)).copies;
      expect(listed).toMatchObject({
        path: result.path,
        present: true,
        readBack: result.readBack,
        check: { ok: true },
      });
      const { rows } = await client["audit.list"]({});
      expect(rows[0]).toMatchObject({
        action: "copy package",
        destination: to,
        result: "complete",
        policy: expect.stringContaining("pseudonymised"),
      });
      expect(await workshop.audit()).toMatchObject({ ok: true });
    },
  );

  test("a copy is verified again later, and what that finds stays with the copy, not with the package", async () => {
    const path = await makePackage();
    const result = await copy(path, newFolder());
    flipByte(result.path, 200);
    expect(await verify(result.path)).toBe(false);
    const entry = await entryOf(path);
    expect(entry.check?.ok).toBe(true);
    expect(entry.copies).toMatchObject([{ check: { ok: false } }]);
    rmSync(result.path);
    expect((await entryOf(path)).copies).toMatchObject([{ present: false }]);
  });

  test("nothing that is there is overwritten, finished or not", async () => {
    const path = await makePackage();
    const to = newFolder();
    const name = path.split("/").at(-1) ?? "";
    writeFileSync(join(to, name), "somebody's own");
    await expect(copy(path, to)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    expect(readFileSync(join(to, name), "utf8")).toBe("somebody's own");
    renameSync(join(to, name), join(to, `${name}.partial`));
    await expect(copy(path, to)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    expect(readFileSync(join(to, `${name}.partial`), "utf8")).toBe("somebody's own");
  });

  test("what a crashed copy of ours left is no copy, and the next one takes its place", async () => {
    const path = await makePackage();
    const to = newFolder();
    const partial = join(to, `${path.split("/").at(-1)}.partial`);
    writeFileSync(partial, readFileSync(path).subarray(0, 5000));
    await app.close();
    ({ app, client } = await workshop.open());
    expect((await entryOf(path)).copies).toEqual([]);
    // Only one that this workspace knows to have begun.
    await expect(copy(path, to)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    await app.close();
    const { openWorkspace } = await import("../../src/main/access/workspace.ts");
    const workspace = await openWorkspace(workshop.folder, () => ({ kind: "key-file", path: workshop.keyFile }));
    workspace.catalog.run("INSERT INTO copying (path) VALUES (?)", partial);
    workspace.close();
    ({ app, client } = await workshop.open());
    expect((await copy(path, to)).ok).toBe(true);
    expect(readdirSync(to)).toHaveLength(1);
  });

  test("cancelling removes what was written, and the audit log says cancelled", async () => {
    const path = await makePackage();
    const to = newFolder();
    const abort = new AbortController();
    await expect(async () => {
      for await (const event of client["packages.copy"]({ path, destination: to }, abort.signal)) {
        if (event.type === "progress") abort.abort();
      }
    }).rejects.toThrow();
    // The call ends at once for the page; the application clears up behind it.
    await app.close();
    ({ app, client } = await workshop.open());
    const { rows } = await client["audit.list"]({});
    expect(["cancelled", "complete"]).toContain(rows[0]?.result);
    expect(readdirSync(to)).toEqual(rows[0]?.result === "cancelled" ? [] : [path.split("/").at(-1)]);
  });

  test("a byte changed on the way is caught: the copy is removed, not listed, and the audit log says so", async () => {
    const path = await makePackage({ previews: true });
    const to = newFolder();
    const partial = join(to, `${path.split("/").at(-1)}.partial`);
    let changed = false;
    let result: CopyResult | undefined;
    for await (const event of client["packages.copy"]({ path, destination: to })) {
      if (event.type === "result") result = event;
      else if (!changed) {
        // In place: the copy is being written meanwhile.
        const fd = openSync(partial, "r+");
        writeSync(fd, Buffer.from([0xff]), 0, 1, 100);
        closeSync(fd);
        changed = true;
      }
    }
    expect(changed).toBe(true);
    expect(result?.ok).toBe(false);
    expect(result?.findings.length).toBeGreaterThan(0);
    expect(readdirSync(to)).toEqual([]);
    expect((await entryOf(path)).copies).toEqual([]);
    const { rows } = await client["audit.list"]({});
    expect(rows[0]).toMatchObject({ action: "copy package", result: "failed (the copy differed)" });
  });

  test("places that cannot be are refused: its own folder, the workspace, a source, no folder, none at all", async () => {
    const path = await makePackage();
    const file = join(newFolder(), "file");
    writeFileSync(file, "");
    const codes = async (destination: string): Promise<string> =>
      copy(path, destination).then(
        () => "copied",
        (error: { code: string }) => error.code,
      );
    expect(await codes(join(path, ".."))).toBe("USAGE");
    expect(await codes(workshop.folder)).toBe("USAGE");
    expect(await codes(source)).toBe("USAGE");
    expect(await codes(file)).toBe("NOT_FOUND");
    expect(await codes(join(root, "pulled-out"))).toBe("NOT_FOUND");
  });

  test("only packages are copied: a file that is none stays where it is", async () => {
    const folder = newFolder();
    const secret = join(folder, "secret.txt");
    writeFileSync(secret, "not a package");
    const to = newFolder();
    await expect(copy(secret, to)).rejects.toMatchObject({ code: "PACKAGE_DAMAGED" });
    expect(readdirSync(to)).toEqual([]);
  });

  test("a damaged package is copied under no name: what is wrong with it is said", async () => {
    const path = await makePackage();
    flipByte(path, Math.floor(statSync(path).size / 3));
    const to = newFolder();
    const result = await copy(path, to);
    expect(result.ok).toBe(false);
    expect(result.findings[0]?.code).toBe("CONTENT_CHANGED");
    expect(readdirSync(to)).toEqual([]);
    expect((await entryOf(path)).copies).toEqual([]);
  });
});

const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)(`a small disk${isRoot ? "" : " (skipped: only root may mount one)"}`, () => {
  const disk = join(root, "disk");
  beforeAll(() => mkdirSync(disk));
  afterEach(() => void spawnSync("umount", ["--lazy", disk]));
  const mount = (options: string): void => {
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "satchel-test", disk]);
    expect(status).toBe(0);
  };

  test("one that is too small is refused with both numbers before anything is written", async () => {
    const path = await makePackage();
    mount("size=64k");
    await expect(copy(path, disk)).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringMatching(/has \d+ bytes free; the package takes \d+/),
    });
    expect(readdirSync(disk)).toEqual([]);
  });

  test("one that is read-only is refused with what to do", async () => {
    const path = await makePackage();
    mount("size=16m");
    spawnSync("mount", ["-o", "remount,ro", disk]);
    await expect(copy(path, disk)).rejects.toMatchObject({
      code: "WRITE_FAILED",
      next: expect.stringContaining("write protection"),
    });
  });
});
