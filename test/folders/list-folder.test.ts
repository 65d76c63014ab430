import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listFolder } from "../../src/main/folders/list-folder.ts";
import { makeFolderIn } from "../../src/main/folders/make-folder.ts";
import { Patience } from "../../src/main/folders/patience.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const patience = new Patience(20_000);
const list = (path: string, files = false) => listFolder(path, files, patience);

describe("a folder that is listed", () => {
  const folder = temporaryDirectory("list");
  for (const name of ["study 10", "study 9", "Archive", ".hidden", "lost+found"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "b.zip"), "four");
  symlinkSync(join(folder, "Archive"), join(folder, "link"));
  symlinkSync(join(folder, "nowhere"), join(folder, "dangling"));

  it("shows folders in the order people count, without what is hidden and without links to nowhere", async () => {
    const { entries, path, parent, truncated } = await list(folder);
    expect(entries.map(({ name }) => name)).toEqual(["Archive", "link", "study 9", "study 10"]);
    expect({ path, parent, truncated }).toEqual({ path: folder, parent: join(folder, ".."), truncated: false });
  });

  it("shows files after folders where they are asked for, with size and date", async () => {
    const { entries } = await list(folder, true);
    expect(entries.at(-1)).toMatchObject({ name: "b.zip", kind: "file", bytes: 4 });
    expect(Date.parse(entries.at(-1)?.modifiedAt ?? "")).not.toBeNaN();
  });

  it("says which file system it is on and how much space there is", async () => {
    const { place } = await list(folder);
    expect(place).toMatchObject({ path: folder, kind: "folder", readOnly: false });
    expect(place.freeBytes).toBeGreaterThan(0);
    expect(place.fileSystem).not.toBe("");
  });

  it("is the one that dots and links lead to", async () => {
    expect((await list(join(folder, "study 9", "..", "link"))).path).toBe(join(folder, "Archive"));
  });

  it("has no parent where it is the root", async () => {
    expect((await list("/")).parent).toBeNull();
  });

  it("shows a name with control characters without obeying it, and opens it all the same", async () => {
    const odd = join(temporaryDirectory("odd"), "a\u001b[31m\nb");
    mkdirSync(odd);
    const { entries } = await list(join(odd, ".."));
    expect(entries[0]?.name).toBe("a\ufffd[31m\ufffdb");
    expect((await list(entries[0]?.path ?? "")).path).toBe(odd);
  });

  it("leaves out a name that is no text, since no path could open it", async () => {
    const place = temporaryDirectory("bytes");
    mkdirSync(Buffer.concat([Buffer.from(`${place}/`), Buffer.from([0x4d, 0xfc, 0x6c])]));
    expect((await list(place)).entries).toEqual([]);
  });

  it("says that there is more than it lists", async () => {
    const place = temporaryDirectory("many");
    for (let index = 0; index < 5_005; index++) writeFileSync(join(place, `f${index}`), "");
    const { entries, truncated } = await list(place, true);
    expect(entries.length).toBe(5_000);
    expect(truncated).toBe(true);
    expect(entries.at(0)?.name).toBe("f0");
    expect(entries.at(-1)?.name).toBe("f4999");
  });

  it.each([
    ["a folder that is not there", "/no/such/folder", "NOT_FOUND"],
    ["a file", join(folder, "b.zip"), "NOT_FOUND"],
    ["a path that is not whole", "relative/path", "USAGE"],
    ["an empty path", "", "USAGE"],
    ["a path with a zero byte", "/tmp\0/x", "USAGE"],
    ["a name longer than any", `/${"x".repeat(300)}`, "NOT_FOUND"],
  ])("is refused where it is %s", async (_what, path, code) => {
    await expect(list(path)).rejects.toMatchObject({ code });
  });

  it("tells nothing of the path in its errors", async () => {
    await expect(list("/no/such/Müller")).rejects.toThrow(/^(?!.*Müller)/);
  });

  it.skipIf(process.getuid?.() === 0)("says where one may not look", async () => {
    const shut = join(folder, "shut");
    mkdirSync(shut);
    chmodSync(shut, 0);
    await expect(list(shut)).rejects.toMatchObject({ code: "READ_FAILED" });
    chmodSync(shut, 0o700);
  });
});

describe("a folder that is made", () => {
  const folder = temporaryDirectory("make");

  it("is there afterwards, under its name in Unicode form C", async () => {
    const made = await makeFolderIn(folder, "Müller".normalize("NFD"));
    expect(made).toBe(join(folder, "Müller"));
    expect((await list(folder)).entries.map(({ path }) => path)).toEqual([made]);
  });

  it("is refused where something has that name", async () => {
    await expect(makeFolderIn(folder, "Müller")).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
  });

  it.each([
    "",
    " ",
    ".",
    "..",
    "../up",
    "a/b",
    "a\\b",
    "a:b",
    "a\0b",
    "a\nb",
    "CON",
    "com1.txt",
    "x.",
    "ä".repeat(128),
  ])("cannot be named %j", async (name) => {
    await expect(makeFolderIn(folder, name)).rejects.toMatchObject({ code: "USAGE" });
  });

  it("needs a folder to be in", async () => {
    await expect(makeFolderIn(join(folder, "none"), "x")).rejects.toMatchObject({ code: "WRITE_FAILED" });
    await expect(makeFolderIn("relative", "x")).rejects.toMatchObject({ code: "USAGE" });
    await expect(makeFolderIn("/proc/self", "x")).rejects.toMatchObject({ code: "WRITE_FAILED" });
  });
});
