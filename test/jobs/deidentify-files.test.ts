import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { makeDemoHospital, type DemoSummary } from "../../src/main/demo/make-demo-hospital.ts";
import { describeInstance } from "../../src/main/dicom/describe.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { contentsOf, createWorkshop, ended, isSamePackage, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("deidentify-files");
const source = join(root, "source");
let workshop: Workshop;
let demo: DemoSummary;

beforeAll(async () => {
  demo = await makeDemoHospital(source, { size: "small" });
  workshop = await createWorkshop(root);
});

const deidentify = async (to: string, ...paths: string[]) =>
  workshop.satchel("deidentify", ...paths, "--to", to, "--key", "lung");

interface Line {
  problem?: { file: number; code: string; reason: string };
  result?: { files: number; written: number; heldBack: number; failed: number; skipped: number };
  error?: { code: string };
}
const linesOf = ({ stdout }: { stdout: string }): Line[] =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

test("a folder becomes files under new UIDs, twice the same bytes; what was held back or damaged is told, and the exit code is 3", async () => {
  const to = join(root, "out");
  const done = await deidentify(to, source);
  const result = linesOf(done).at(-1)?.result;
  // The one broken file fails.
  expect(done.exitCode).toBe(3);
  expect(result).toMatchObject({ files: demo.instances + 1, failed: 1 });
  expect(result?.heldBack).toBeGreaterThan(0);
  expect(linesOf(done).filter(({ problem }) => problem !== undefined)).toHaveLength(1 + (result?.heldBack ?? 0));
  const files = contentsOf(to);
  expect(Object.keys(files)).toHaveLength(result?.written ?? -1);
  for (const [name, bytes] of Object.entries(files)) {
    const found = describeInstance(walkPart10(bytes));
    expect(name).toBe(`${found.studyInstanceUid}/${found.sopInstanceUid}.dcm`);
    expect(demo.studies.some(({ patientId }) => patientId === found.patientId)).toBe(false);
  }
  expect((await deidentify(join(root, "again"), source)).exitCode).toBe(3);
  expect(isSamePackage(join(root, "again"), to)).toBe(true);
  expect(readdirSync(root).filter((name) => name.includes(".partial"))).toEqual([]);
});

test("one file given by name is de-identified alone, and a file given twice is told and written once", async () => {
  const [name] = Object.keys(contentsOf(source)).filter((one) => one.endsWith("IM000001"));
  const file = join(source, name ?? "");
  const to = join(root, "one");
  const done = await deidentify(to, file, file);
  expect(linesOf(done).at(-1)?.result).toMatchObject({ written: 1, failed: 1 });
  expect(Object.keys(contentsOf(to))).toHaveLength(1);
});

test("a destination that holds something, or that cannot be made, is left as it is and named as the cause", async () => {
  const to = join(root, "taken");
  mkdirSync(to);
  writeFileSync(join(to, "thesis.doc"), "mine");
  const taken = await deidentify(to, source);
  expect(taken.exitCode).toBe(1);
  expect(linesOf(taken).at(-1)?.error).toMatchObject({ code: "ALREADY_EXISTS" });
  expect(readdirSync(to)).toEqual(["thesis.doc"]);

  writeFileSync(join(root, "half.partial"), "somebody's own");
  expect(linesOf(await deidentify(join(root, "half"), source)).at(-1)?.error).toMatchObject({ code: "ALREADY_EXISTS" });
  expect(readFileSync(join(root, "half.partial"), "utf8")).toBe("somebody's own");

  const below = await deidentify(join(to, "thesis.doc", "below"), source);
  expect(linesOf(below).at(-1)?.error).toMatchObject({ code: "WRITE_FAILED" });
  expect(readFileSync(join(to, "thesis.doc"), "utf8")).toBe("mine");
});

test("an input that is not there is named by its number before anything is written", async () => {
  const to = join(root, "nothing");
  const done = await deidentify(to, source, join(root, "absent"));
  expect(done.exitCode).toBe(1);
  expect(linesOf(done).at(-1)?.error).toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining("Input 2") as string,
  });
  expect(existsSync(to)).toBe(false);
});

test("an empty folder as destination is taken; Ctrl-C ends with exit code 130 and leaves nothing", async () => {
  const to = join(root, "cancelled");
  mkdirSync(to);
  const child = workshop.start("deidentify", source, "--to", to, "--key", "lung");
  child.stdout?.resume();
  child.stderr?.resume();
  while (!existsSync(`${to}.partial`) && child.exitCode === null) await setTimeout(1);
  child.kill("SIGINT");
  expect(await ended(child)).toEqual({ code: 130, signal: null });
  expect(readdirSync(to)).toEqual([]);
  expect(existsSync(`${to}.partial`)).toBe(false);
  expect((await deidentify(to, source)).exitCode).toBe(3);
  expect(readdirSync(to).length).toBeGreaterThan(1);
});
