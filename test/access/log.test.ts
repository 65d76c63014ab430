import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SatchelError } from "../../src/contract/errors.ts";
import { openLog } from "../../src/main/access/log.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("log");
let folders = 0;
function newFolder(): string {
  const folder = join(root, `${(folders += 1)}`);
  mkdirSync(folder);
  return folder;
}
const lines = (folder: string) =>
  readFileSync(join(folder, "satchel.log"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { where: string; class: string; code?: string; stack?: string[] });

test("an error is noted by its class, code, causes and place in the code, without a word of its message", () => {
  const folder = newFolder();
  const cause = Object.assign(new Error("/home/anna/Yamada.dcm"), { code: "ENOENT" });
  const fake = "Yamada^Tarou\n    at Yamada (Yamada.ts:1:1)";
  openLog(folder).error("job", new TypeError(fake, { cause }));
  openLog(folder).error("sync", new SatchelError("LEAK", fake));
  openLog(folder).error("sync", Object.assign(new Error("x"), { code: "Yamada Tarou" }));
  openLog(folder).error("sync", "Yamada");
  expect(lines(folder)).toMatchObject([
    { where: "job", class: "TypeError", cause: { class: "Error", code: "ENOENT" } },
    { where: "sync", class: "SatchelError", code: "LEAK" },
    { class: "Error" },
    { class: "string" },
  ]);
  expect(lines(folder)[0]?.stack?.[0]).toMatch(/log\.test\.ts:\d+:\d+$/);
  expect(lines(folder)[1]?.stack?.[0]).toMatch(/log\.test\.ts:\d+:\d+$/);
  const text = readFileSync(join(folder, "satchel.log"), "utf8");
  for (const secret of ["Yamada", "anna", root]) expect(text).not.toContain(secret);
  expect(statSync(join(folder, "satchel.log")).mode & 0o777).toBe(0o600);
});

test("an error whose message was changed afterwards is noted without its frames", () => {
  const folder = newFolder();
  const error = new Error("Yamada\n    at Yamada (Yamada.ts:1:1)");
  // The stack is put into words when it is first asked for.
  expect(error.stack).toContain("Yamada");
  error.message = "harmless";
  openLog(folder).error("job", error);
  expect(readFileSync(join(folder, "satchel.log"), "utf8")).not.toContain("Yamada");
});

test("the log turns at one megabyte and keeps five files", () => {
  const folder = newFolder();
  const log = openLog(folder);
  const error = new Error("x");
  for (let at = 0; at < 7; at += 1) {
    const size = () => statSync(join(folder, "satchel.log"), { throwIfNoEntry: false })?.size ?? 0;
    do log.error("x".repeat(300_000), error);
    while (size() < 1024 * 1024);
  }
  expect(readdirSync(folder).sort()).toEqual([
    "satchel.1.log",
    "satchel.2.log",
    "satchel.3.log",
    "satchel.4.log",
    "satchel.log",
  ]);
});

test("a log that cannot be written does not stop what reports to it", async () => {
  const warned = new Promise<Error>((resolve) => process.once("warning", resolve));
  expect(() => openLog(join(root, "absent")).error("job", new Error("x"))).not.toThrow();
  expect((await warned).message).toBe("The local log could not be written (ENOENT).");
});
