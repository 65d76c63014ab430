import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Presence } from "../../src/main/package/presence.ts";
import { folderForTest } from "./make-package.ts";

test("it tells what is there and what is not, files and folders, many at a time", async () => {
  const folder = folderForTest("presence");
  const there = Array.from({ length: 50 }, (_, index) => join(folder, `${index}.zip`));
  for (const path of there) writeFileSync(path, "");
  const gone = there.map((path) => `${path}.gone`);
  const presence = new Presence();
  expect(await presence.of([...gone, ...there, folder])).toEqual(new Set([...there, folder]));
  expect(await presence.of([])).toEqual(new Set());
});

test("a link that leads nowhere is not there", async () => {
  const link = join(folderForTest("presence"), "link.zip");
  spawnSync("ln", ["-s", "/nowhere/at/all", link]);
  expect(await new Presence().of([link])).toEqual(new Set());
});
