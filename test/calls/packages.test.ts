import { cpSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resultOf } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { flipByte, openPackageDesk } from "./package-desk.ts";

const desk = openPackageDesk(temporaryDirectory("packages"));

describe("the list of packages", () => {
  test("a finished package is listed with its verdict, its policy, and an instance for its picture", async () => {
    const path = await desk.makePackage();
    const entry = await desk.entryOf(path);
    expect(entry).toMatchObject({
      path,
      format: "zip",
      policy: "pseudonymised",
      present: true,
      copies: [],
      check: { ok: true, files: entry.files, findings: 0 },
    });
    const instance = await desk.workshop.look(({ catalog }) =>
      catalog.get<{ rows: number }>("SELECT rows FROM instance WHERE id = ?", entry.picture ?? -1),
    );
    expect(instance?.rows).toBeGreaterThan(0);
  });

  test("the newest comes first, in windows, and a text finds packages by their path", async () => {
    const [older, newer] = [await desk.makePackage(), await desk.makePackage()];
    const { total, rows } = await desk.client["packages.list"]({ limit: 1 });
    expect(rows.map(({ path }) => path)).toEqual([newer]);
    expect((await desk.client["packages.list"]({ limit: 1, offset: 1 })).rows.map(({ path }) => path)).toEqual([older]);
    expect(total).toBeGreaterThanOrEqual(2);
    expect((await desk.client["packages.list"]({ text: "NOWHERE-LIKE-THIS" })).total).toBe(0);
    expect((await desk.client["packages.list"]({ text: older.toUpperCase() })).total).toBe(1);
  });

  test("a package that was moved away is listed as not present, and one made in its place replaces it", async () => {
    const to = desk.newFolder();
    const path = await desk.makePackage({}, to);
    const { jobId } = await desk.entryOf(path);
    renameSync(path, `${path}.moved`);
    expect((await desk.entryOf(path)).present).toBe(false);
    expect(await desk.makePackage({}, to)).toBe(path);
    const entry = await desk.entryOf(path);
    expect(entry.present).toBe(true);
    expect(entry.jobId).not.toBe(jobId);
  });

  test("what a verification finds stays with the package: good, then damaged", async () => {
    const path = await desk.makePackage();
    const first = (await desk.entryOf(path)).check;
    expect(await desk.verify(path)).toBe(true);
    const second = (await desk.entryOf(path)).check;
    expect((second?.at ?? "") > (first?.at ?? "?")).toBe(true);
    flipByte(path, Math.floor(statSync(path).size / 2));
    expect(await desk.verify(path)).toBe(false);
    const third = (await desk.entryOf(path)).check;
    expect(third).toMatchObject({ ok: false });
    expect(third?.findings).toBeGreaterThan(0);
  });

  test("a package from elsewhere is verified and never listed", async () => {
    const path = await desk.makePackage();
    const foreign = join(desk.newFolder(), "foreign.zip");
    cpSync(path, foreign);
    expect(await desk.verify(foreign)).toBe(true);
    expect((await desk.client["packages.list"]({ text: foreign })).total).toBe(0);
  });

  test("a package is verified while a job has the workers", async () => {
    const path = await desk.makePackage();
    const { jobId } = await desk.client["exports.start"]({
      recipe: await desk.client["jobs.recipe"]({ id: (await desk.entryOf(path)).jobId }).then((recipe) => ({
        ...recipe,
        previews: true,
        destination: desk.newFolder(),
      })),
    });
    expect(await desk.verify(path)).toBe(true);
    expect(["running", "complete"]).toContain((await desk.client["jobs.show"]({ id: jobId })).state);
    await resultOf(desk.client, jobId);
  });

  test("a forgotten package leaves the list and stays on the disk; one that is not listed cannot be forgotten", async () => {
    const path = await desk.makePackage();
    expect(await desk.client["packages.forget"]({ path })).toEqual({ ok: true });
    expect((await desk.client["packages.list"]({ text: path })).total).toBe(0);
    expect(statSync(path).isFile()).toBe(true);
    await expect(desk.client["packages.forget"]({ path })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("the page is told when a package is made, verified or forgotten", async () => {
    const abort = new AbortController();
    const topics = new Set<string>();
    const watching = (async () => {
      for await (const change of desk.client["changes.watch"]({}, abort.signal))
        for (const one of change.topics) topics.add(one);
    })().catch(() => undefined);
    const path = await desk.makePackage();
    await desk.client["packages.forget"]({ path });
    await desk.client["jobs.list"]({});
    expect([...topics]).toEqual(expect.arrayContaining(["jobs", "packages", "audit"]));
    abort.abort();
    await watching;
  });
});

describe("the receipt of a package", () => {
  test.for(["zip", "folder", "json"] as const)("%s: it can be read without unpacking", async (format) => {
    const path = await desk.makePackage({ format });
    const entry = await desk.entryOf(path);
    const receipt = await desk.client["packages.receipt"]({ path });
    expect(receipt.counts).toMatchObject({ instances: entry.instances });
    expect(receipt.leftOut).toEqual({ files: 0, missing: 0 });
    // Receipt and manifest do not list themselves.
    expect(receipt.files).toHaveLength(entry.files - 2);
  });

  test("a receipt that was changed is refused, since the manifest states another digest", async () => {
    const path = await desk.makePackage({ format: "folder" });
    const file = join(path, "receipt.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"complete"', '"incomplete"'));
    await expect(desk.client["packages.receipt"]({ path })).rejects.toMatchObject({ code: "PACKAGE_DAMAGED" });
  });

  test("what is no package is refused with a sentence: a text, an empty folder, nothing at all", async () => {
    const folder = desk.newFolder();
    const text = join(folder, "letter.txt");
    writeFileSync(text, "Dear colleague");
    await expect(desk.client["packages.receipt"]({ path: text })).rejects.toMatchObject({ code: "PACKAGE_DAMAGED" });
    await expect(desk.client["packages.receipt"]({ path: desk.newFolder() })).rejects.toMatchObject({
      code: "PACKAGE_DAMAGED",
    });
    await expect(desk.client["packages.receipt"]({ path: join(folder, "absent") })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
