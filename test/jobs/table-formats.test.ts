import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { JobResult } from "../../src/contract/job.ts";
import { tableReceipt } from "../../src/contract/receipt.ts";
import type { Recipe } from "../../src/contract/recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { makeTemporaryDirectory, temporaryDirectory } from "../support/temporary-directory.ts";
import { createRecordsWorkshop, notesTo, studiesTo } from "./records-workshop.ts";
import { EXPORTED_AT, resultOf, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("table-formats");
const ROWS = 40 * 60;
let workshop: Workshop;
let app: App;
let client: Client<Calls>;

beforeAll(async () => {
  workshop = await createRecordsWorkshop(root, { patients: 40, notesEach: 60, noteLength: 4_000, exams: 300 });
  ({ app, client } = await workshop.open());
});
afterAll(() => app.close());

async function run(recipe: Recipe): Promise<JobResult> {
  const { jobId } = await client["exports.start"]({ recipe, exportedAt: EXPORTED_AT });
  const result = await resultOf(client, jobId);
  expect(result.error).toBeUndefined();
  return result;
}

async function verify(path: string): Promise<{ ok: boolean; findings: { code: string; text: string }[] }> {
  for await (const event of client["packages.verify"]({ path })) if (event.type === "result") return event;
  throw new Error("the verification ended without a result");
}

const sha256 = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");
const newPlace = (): string => join(makeTemporaryDirectory("out"), "to");

/** What Python's csv module reads. */
function rowsOf(csv: string): string[][] {
  const script =
    "import csv,json,sys;print(json.dumps(list(csv.reader(open(sys.argv[1],newline='',encoding='utf-8')))))";
  const said = execFileSync("python3", ["-c", script, csv], { maxBuffer: 2 ** 30 });
  return JSON.parse(said.toString()) as string[][];
}

describe("a table of notes", () => {
  let alone: string;
  let lines: string[][];

  beforeAll(async () => {
    const to = newPlace();
    const result = await run(notesTo(to, { format: "file" }));
    expect(result.state).toBe("complete");
    expect(readdirSync(to)).toEqual(["patient_data_export.csv"]);
    alone = join(to, "patient_data_export.csv");
    expect(result.packages).toMatchObject([{ path: alone, files: 1, rows: { expected: ROWS, written: ROWS } }]);
    lines = rowsOf(alone);
  });

  test("alone: every row once, in the order of patient, time and note, and nothing beside it", () => {
    expect(lines).toHaveLength(ROWS + 1);
    const keys = lines.slice(1).map((line) => `${line[0]} ${line[6]} ${line[5]}`);
    expect(keys).toEqual(keys.toSorted());
    expect(new Set(lines.slice(1).map((line) => line[5])).size).toBe(ROWS);
  });

  test("alone: verifying says that there is nothing to verify it by", async () => {
    const { ok, findings } = await verify(alone);
    expect(ok).toBe(false);
    expect(findings).toMatchObject([
      { code: "NOT_A_PACKAGE", text: expect.stringContaining("nothing to verify it by") },
    ]);
    await expect(client["packages.receipt"]({ path: alone })).rejects.toMatchObject({ code: "PACKAGE_DAMAGED" });
  });

  test.for([
    { format: "zip", compress: 6 },
    { format: "zip", compress: 0 },
  ] as const)(
    "in a ZIP at level $compress: unzip gives out the same table, and it verifies",
    async ({ format, compress }) => {
      const to = newPlace();
      const { packages } = await run(notesTo(to, { format, compress }));
      expect(readdirSync(to)).toEqual(["patient_data_export.zip"]);
      const path = packages[0]?.path ?? "";
      expect(await verify(path)).toMatchObject({ ok: true, findings: [] });
      const out = join(to, "unzipped");
      execFileSync("unzip", ["-q", path, "-d", out]);
      execFileSync("7z", ["t", path]);
      execFileSync("python3", ["-c", "import zipfile,sys;assert zipfile.ZipFile(sys.argv[1]).testzip() is None", path]);
      expect(readdirSync(out).toSorted()).toEqual([
        "CODEBOOK.md",
        "datapackage.json",
        "manifest-sha256.txt",
        "patient_data_export.csv",
        "receipt.json",
      ]);
      expect(sha256(join(out, "patient_data_export.csv"))).toBe(sha256(alone));
      execFileSync("sha256sum", ["--check", "--status", "manifest-sha256.txt"], { cwd: out });
    },
  );

  test("in a folder: the receipt tells rows, columns, empty cells and times, and whom the table is about", async () => {
    const to = newPlace();
    const { packages } = await run(notesTo(to, { format: "folder" }));
    const folder = packages[0]?.path ?? "";
    expect(sha256(join(folder, "patient_data_export.csv"))).toBe(sha256(alone));
    expect(await verify(folder)).toMatchObject({ ok: true });
    const receipt = tableReceipt.parse(JSON.parse(readFileSync(join(folder, "receipt.json"), "utf8")));
    expect(receipt).toMatchObject({
      kind: "notes",
      result: "complete",
      counts: { rows: { expected: ROWS, written: ROWS }, patients: 40 },
      text: { mode: "keep", changed: 0 },
      sources: [{ name: "Hospital", syncedAt: null, complete: false }],
    });
    const times = lines.slice(1).map((line) => line[6] ?? "");
    expect(receipt.columns.find(({ name }) => name === "note_event_datetime")).toMatchObject({
      nulls: 0,
      min: times.toSorted()[0],
      max: times.toSorted().at(-1),
    });
    expect(receipt.files.map(({ role }) => role)).toEqual(["table", "description", "codebook"]);
    const shown = await client["packages.receipt"]({ path: folder });
    expect(shown.kind).toBe("notes");
  });

  test("beside: four files lie next to the table, sha256sum agrees, and the table verifies by them", async () => {
    const to = newPlace();
    const { packages } = await run(notesTo(to, { format: "beside" }));
    expect(readdirSync(to).toSorted()).toEqual([
      "patient_data_export.codebook.md",
      "patient_data_export.csv",
      "patient_data_export.datapackage.json",
      "patient_data_export.manifest-sha256.txt",
      "patient_data_export.receipt.json",
    ]);
    const path = packages[0]?.path ?? "";
    expect(path).toBe(join(to, "patient_data_export.csv"));
    expect(sha256(path)).toBe(sha256(alone));
    execFileSync("sha256sum", ["--check", "--status", "patient_data_export.manifest-sha256.txt"], { cwd: to });
    // Other people's files in the same folder are none of the set's business.
    writeFileSync(join(to, "other.txt"), "other");
    expect(await verify(path)).toMatchObject({ ok: true });
    expect((await client["packages.receipt"]({ path })).kind).toBe("notes");
  });

  test.for(["zip", "folder", "beside"] as const)("%s: a bit that flipped in the table is found", async (format) => {
    const to = newPlace();
    const { packages } = await run(notesTo(to, { format }));
    const path = packages[0]?.path ?? "";
    const file = format === "folder" ? join(path, "patient_data_export.csv") : path;
    const bytes = readFileSync(file);
    const at = Math.floor(bytes.length / 3);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const { ok, findings } = await verify(path);
    expect(ok).toBe(false);
    expect(findings.map(({ code }) => code)).toContain("CONTENT_CHANGED");
  });

  test("beside: a file of the set that is gone is missed, and a receipt that was changed is found", async () => {
    const to = newPlace();
    const { packages } = await run(notesTo(to, { format: "beside" }));
    const path = packages[0]?.path ?? "";
    const receipt = join(to, "patient_data_export.receipt.json");
    const text = readFileSync(receipt, "utf8");
    writeFileSync(receipt, text.replace(`"written":${ROWS}`, `"written":${ROWS + 1}`));
    const { ok, findings } = await verify(path);
    expect(ok).toBe(false);
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(["CONTENT_CHANGED", "RECEIPT_DISAGREES"]));
  });

  test.for(["file", "beside", "zip", "folder"] as const)(
    "%s: what bears one of its names already is not overwritten, and no job is made",
    async (format) => {
      const to = newPlace();
      const name = { file: "patient_data_export.csv", beside: "patient_data_export.receipt.json" };
      const taken =
        format === "zip" ? "patient_data_export.zip" : format === "folder" ? "patient_data_export" : name[format];
      mkdirSync(to);
      writeFileSync(join(to, taken), "mine");
      const before = (await client["jobs.list"]({})).length;
      await expect(run(notesTo(to, { format }))).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
      expect(readdirSync(to)).toEqual([taken]);
      expect(readFileSync(join(to, taken), "utf8")).toBe("mine");
      expect(await client["jobs.list"]({})).toHaveLength(before);
    },
  );

  test.for(["beside", "file", "zip"] as const)(
    "%s: copied to another place, read back, and the copy is listed",
    async (format) => {
      const { packages } = await run(notesTo(newPlace(), { format }));
      const path = packages[0]?.path ?? "";
      const stick = makeTemporaryDirectory("stick");
      const events = [];
      for await (const event of client["packages.copy"]({ path, destination: stick })) events.push(event);
      expect(events.at(-1)).toMatchObject({ type: "result", ok: true, files: format === "file" ? 1 : 5 });
      const copy = join(stick, basename(path));
      expect(sha256(copy)).toBe(sha256(path));
      expect(readdirSync(stick)).toHaveLength(format === "beside" ? 5 : 1);
      if (format !== "file") expect(await verify(copy)).toMatchObject({ ok: true });
      const { rows } = await client["packages.list"]({});
      expect(rows[0]).toMatchObject({
        path,
        format,
        copies: [{ path: copy }],
        rows: { expected: ROWS, written: ROWS },
      });
      // Not a second time over what is there.
      const again = client["packages.copy"]({ path, destination: stick })[Symbol.asyncIterator]();
      await expect(again.next()).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    },
  );

  test("a name with folders in it, one that Windows cannot make, and one of another ending are refused", async () => {
    for (const name of ["../notes.csv", "con.csv", "notes.txt"])
      await expect(run(notesTo(newPlace(), { name }))).rejects.toMatchObject({ code: "USAGE" });
  });
});

describe("a study list", () => {
  test("as a workbook in a ZIP: LibreOffice's own reader finds every row", async () => {
    const to = newPlace();
    const { packages } = await run(studiesTo(to, { format: "zip", table: "xlsx", name: "studies.xlsx" }));
    const path = packages[0]?.path ?? "";
    expect(await verify(path)).toMatchObject({ ok: true });
    execFileSync("unzip", ["-q", path, "-d", join(to, "out")]);
    const sheet = execFileSync("unzip", ["-p", join(to, "out", "studies.xlsx"), "xl/worksheets/sheet1.xml"]);
    expect(sheet.toString().match(/<row /g)).toHaveLength(301);
  });

  test("more rows than the limit: nothing is written, and the message says how many there are and how to go on", async () => {
    const to = newPlace();
    const started = client["exports.start"]({ recipe: studiesTo(to, { maxRows: 299 }) });
    await expect(started).rejects.toMatchObject({ code: "TOO_LARGE", message: expect.stringContaining("300 rows") });
    await expect(started).rejects.toMatchObject({ next: expect.stringMatching(/--max-rows.*dates/) });
    expect(readdirSync(to)).toEqual([]);
    const { packages } = await run(studiesTo(newPlace(), { maxRows: 300 }));
    expect(packages).toMatchObject([{ rows: { expected: 300, written: 300 } }]);
  });
});

test("lists, log and audit record say what left, how many rows, and under which key, without what was searched for", async () => {
  const recipe = notesTo(newPlace(), { selection: { text: "estável", from: "2023-12-31" } });
  const { jobId } = await run(recipe);
  const job = await client["jobs.show"]({ id: jobId });
  expect(job).toMatchObject({ kind: "notes", scope: "records", picked: ROWS, itemsTotal: ROWS, state: "complete" });
  const log = await client["jobs.log"]({ id: jobId });
  expect(log.find(({ event }) => event === "planned-rows")?.params).toMatchObject({ rows: ROWS, patients: 40 });
  const { rows } = await client["audit.list"]({ limit: 1 });
  expect(rows[0]).toMatchObject({ action: "export notes", counts: { planned: ROWS, rows: ROWS, packages: 1 } });
  expect(JSON.stringify(rows[0])).not.toContain("estável");
  const [key] = await client["keys.list"]({});
  expect(rows[0]?.policy).toContain(key?.fingerprint);
  const plan = await client["exports.plan"](recipe);
  expect(plan.packages).toMatchObject([{ rows: ROWS, patients: 40, exists: true, instances: 0 }]);
  expect(await client["jobs.recipe"]({ id: jobId })).toEqual(recipe);
});
