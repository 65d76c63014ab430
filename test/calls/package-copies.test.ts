import { spawnSync } from "node:child_process";
import {
  closeSync,
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
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import { isSamePackage } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { flipByte, openPackageDesk, type CopyResult } from "./package-desk.ts";

const root = temporaryDirectory("package-copies");
const desk = openPackageDesk(root);

describe("a copy", () => {
  test.for(["zip", "folder", "json"] as const)(
    "%s: it has the same bytes, is listed with its check, and is written into the audit log",
    async (format) => {
      const path = await desk.makePackage({ format });
      const to = desk.newFolder();
      const result = await desk.copy(path, to);
      expect(result).toMatchObject({ ok: true, findings: [], files: (await desk.entryOf(path)).files });
      expect(isSamePackage(path, result.path)).toBe(true);
      expect(readdirSync(to)).toHaveLength(1);
      const [listed] = (await desk.entryOf(path)).copies;
      expect(listed).toMatchObject({
        path: result.path,
        present: true,
        readBack: result.readBack,
        check: { ok: true },
      });
      const { rows } = await desk.client["audit.list"]({});
      expect(rows[0]).toMatchObject({
        action: "copy package",
        destination: to,
        result: "complete",
        policy: expect.stringContaining("pseudonymised"),
      });
      expect(await desk.workshop.audit()).toMatchObject({ ok: true });
    },
  );

  test("a copy is verified again later, and what that finds stays with the copy, not with the package", async () => {
    const path = await desk.makePackage();
    const result = await desk.copy(path, desk.newFolder());
    flipByte(result.path, 200);
    expect(await desk.verify(result.path)).toBe(false);
    const entry = await desk.entryOf(path);
    expect(entry.check?.ok).toBe(true);
    expect(entry.copies).toMatchObject([{ check: { ok: false } }]);
    rmSync(result.path);
    expect((await desk.entryOf(path)).copies).toMatchObject([{ present: false }]);
  });

  test("nothing that is there is overwritten, finished or not", async () => {
    const path = await desk.makePackage();
    const to = desk.newFolder();
    const name = path.split("/").at(-1) ?? "";
    writeFileSync(join(to, name), "somebody's own");
    await expect(desk.copy(path, to)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    expect(readFileSync(join(to, name), "utf8")).toBe("somebody's own");
    renameSync(join(to, name), join(to, `${name}.partial`));
    await expect(desk.copy(path, to)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    expect(readFileSync(join(to, `${name}.partial`), "utf8")).toBe("somebody's own");
  });

  test("what a crashed copy of ours left is no copy, and the next one takes its place", async () => {
    const path = await desk.makePackage();
    const to = desk.newFolder();
    const partial = join(to, `${path.split("/").at(-1)}.partial`);
    writeFileSync(partial, readFileSync(path).subarray(0, 5000));
    await desk.close();
    await desk.open();
    expect((await desk.entryOf(path)).copies).toEqual([]);
    // Only one that this workspace knows to have begun.
    await expect(desk.copy(path, to)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    await desk.close();
    const workspace = await openWorkspace(desk.workshop.folder, () => ({
      kind: "key-file",
      path: desk.workshop.keyFile,
    }));
    workspace.catalog.run("INSERT INTO copying (path) VALUES (?)", partial);
    workspace.close();
    await desk.open();
    expect((await desk.copy(path, to)).ok).toBe(true);
    expect(readdirSync(to)).toHaveLength(1);
  });

  test("cancelling removes what was written, and the audit log says cancelled", async () => {
    const path = await desk.makePackage();
    const to = desk.newFolder();
    const abort = new AbortController();
    await expect(async () => {
      for await (const event of desk.client["packages.copy"]({ path, destination: to }, abort.signal)) {
        if (event.type === "progress") abort.abort();
      }
    }).rejects.toThrow();
    // The call ends at once for the page; the application clears up behind it.
    await desk.close();
    await desk.open();
    const { rows } = await desk.client["audit.list"]({});
    expect(["cancelled", "complete"]).toContain(rows[0]?.result);
    expect(readdirSync(to)).toEqual(rows[0]?.result === "cancelled" ? [] : [path.split("/").at(-1)]);
  });

  test("a byte changed on the way is caught: the copy is removed, not listed, and the audit log says so", async () => {
    const path = await desk.makePackage({ previews: true });
    const to = desk.newFolder();
    const partial = join(to, `${path.split("/").at(-1)}.partial`);
    let changed = false;
    let result: CopyResult | undefined;
    for await (const event of desk.client["packages.copy"]({ path, destination: to })) {
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
    expect((await desk.entryOf(path)).copies).toEqual([]);
    const { rows } = await desk.client["audit.list"]({});
    expect(rows[0]).toMatchObject({ action: "copy package", result: "failed (the copy differed)" });
  });

  test("places that cannot be are refused: its own folder, the workspace, a source, no folder, none at all", async () => {
    const path = await desk.makePackage();
    const file = join(desk.newFolder(), "file");
    writeFileSync(file, "");
    const codes = async (destination: string): Promise<string> =>
      desk.copy(path, destination).then(
        () => "copied",
        (error: { code: string }) => error.code,
      );
    expect(await codes(join(path, ".."))).toBe("USAGE");
    expect(await codes(desk.workshop.folder)).toBe("USAGE");
    expect(await codes(join(root, "source"))).toBe("USAGE");
    expect(await codes(file)).toBe("NOT_FOUND");
    expect(await codes(join(root, "pulled-out"))).toBe("NOT_FOUND");
  });

  test("only packages are copied: a file that is none stays where it is", async () => {
    const folder = desk.newFolder();
    const secret = join(folder, "secret.txt");
    writeFileSync(secret, "not a package");
    const to = desk.newFolder();
    await expect(desk.copy(secret, to)).rejects.toMatchObject({ code: "PACKAGE_DAMAGED" });
    expect(readdirSync(to)).toEqual([]);
  });

  test("a damaged package is copied under no name: what is wrong with it is said", async () => {
    const path = await desk.makePackage();
    flipByte(path, Math.floor(statSync(path).size / 3));
    const to = desk.newFolder();
    const result = await desk.copy(path, to);
    expect(result.ok).toBe(false);
    expect(result.findings[0]?.code).toBe("CONTENT_CHANGED");
    expect(readdirSync(to)).toEqual([]);
    expect((await desk.entryOf(path)).copies).toEqual([]);
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
    const path = await desk.makePackage();
    mount("size=64k");
    await expect(desk.copy(path, disk)).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringMatching(/has \d+ bytes free; the package takes \d+/),
    });
    expect(readdirSync(disk)).toEqual([]);
  });

  test("one that is read-only is refused with what to do", async () => {
    const path = await desk.makePackage();
    mount("size=16m");
    spawnSync("mount", ["-o", "remount,ro", disk]);
    await expect(desk.copy(path, disk)).rejects.toMatchObject({
      code: "WRITE_FAILED",
      next: expect.stringContaining("write protection"),
    });
  });
});
