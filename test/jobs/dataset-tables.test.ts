import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { ViewRecipe } from "../../src/contract/fhir-recipe.ts";
import { datasetReceipt } from "../../src/contract/receipt.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { makeTemporaryDirectory, temporaryDirectory } from "../support/temporary-directory.ts";
import { createDatasetWorkshop, viewTo } from "./dataset-workshop.ts";
import { EXPORTED_AT, resultOf, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("dataset-tables");
const PATIENTS = 30;
const EACH = 700;
let workshop: Workshop;
let app: App;
let client: Client<Calls>;
let csv: Record<string, string>[];

beforeAll(async () => {
  workshop = await createDatasetWorkshop(root, { patients: PATIENTS, observationsEach: EACH });
  ({ app, client } = await workshop.open());
  csv = rowsOf(await run({ format: "file", table: "csv" }));
}, 60_000);
afterAll(() => app.close());

async function run(change: Partial<ViewRecipe>): Promise<string> {
  const to = join(makeTemporaryDirectory("out"), "to");
  const { jobId } = await client["exports.start"]({ recipe: viewTo(to, change), exportedAt: EXPORTED_AT });
  const result = await resultOf(client, jobId);
  expect(result).toMatchObject({ state: "complete" });
  const path = result.packages[0]?.path ?? "";
  if (change.format !== "file")
    for await (const event of client["packages.verify"]({ path }))
      if (event.type === "result") expect(event.findings).toEqual([]);
  return path;
}

/** What Python's csv module reads. */
function rowsOf(path: string): Record<string, string>[] {
  const script =
    "import csv,json,sys;print(json.dumps(list(csv.DictReader(open(sys.argv[1],newline='',encoding='utf-8')))))";
  return JSON.parse(execFileSync("python3", ["-c", script, path], { maxBuffer: 2 ** 28 }).toString()) as Record<
    string,
    string
  >[];
}

describe("a table of a view", () => {
  test("alone as CSV: a row for each observation, in the order of the patients' pseudonyms", () => {
    expect(csv).toHaveLength(PATIENTS * EACH);
    const patients = csv.map((row) => row["patient_id"]);
    expect(patients).toEqual(patients.toSorted((one = "", other = "") => (one < other ? -1 : 1)));
    expect(new Set(csv.map((row) => row["id"])).size).toBe(PATIENTS * EACH);
  });

  test("as Parquet: DuckDB and hyparquet read the rows of the CSV, row group by row group", async () => {
    const path = await run({ format: "beside", table: "parquet" });
    expect(basename(path)).toBe("observation.parquet");
    expect(readdirSync(dirname(path))).toHaveLength(5);
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const reader = await connection.runAndReadAll(`SELECT id, patient_id FROM read_parquet('${path}')`);
    expect(reader.getRowObjects()).toEqual(csv.map(({ id, patient_id }) => ({ id, patient_id })));
    const groups = await connection.runAndReadAll(
      `SELECT count(DISTINCT row_group_id) AS n FROM parquet_metadata('${path}')`,
    );
    expect(Number(groups.getRowObjects()[0]?.["n"])).toBeGreaterThan(1);
    connection.closeSync();
    const objects = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
    expect(objects).toHaveLength(csv.length);
    expect(objects.at(-1)).toMatchObject({ id: csv.at(-1)?.["id"] });
  });

  test("as XLSX, whose rows nobody counted before: LibreOffice reads the rows of the CSV", async () => {
    const path = await run({ format: "file", table: "xlsx" });
    const to = makeTemporaryDirectory("calc");
    execFileSync(
      "soffice",
      ["--headless", `-env:UserInstallation=file://${to}/profile`, "--convert-to", "csv", "--outdir", to, path],
      { stdio: "ignore", timeout: 120_000 },
    );
    const read = rowsOf(join(to, "observation.csv"));
    expect(read.map(({ id, patient_id }) => [id, patient_id])).toEqual(
      csv.map(({ id, patient_id }) => [id, patient_id]),
    );
  });

  test("two views make a package with one description of both, and the receipt has their columns", async () => {
    const path = await run({ views: [{ name: "patient" }, { name: "observation" }] });
    expect(readdirSync(path).toSorted()).toEqual([
      "CODEBOOK.md",
      "datapackage.json",
      "manifest-sha256.txt",
      "observation.csv",
      "patient.csv",
      "receipt.json",
    ]);
    const description = JSON.parse(readFileSync(join(path, "datapackage.json"), "utf8")) as {
      resources: { path: string; rows: number }[];
    };
    expect(description.resources.map(({ path: name, rows }) => [name, rows])).toEqual([
      ["patient.csv", PATIENTS],
      ["observation.csv", PATIENTS * EACH],
    ]);
    const receipt = datasetReceipt.parse(JSON.parse(readFileSync(join(path, "receipt.json"), "utf8")));
    expect(receipt.parts.map(({ path: name, rows, columns }) => [name, rows, columns === null])).toEqual([
      ["patient.csv", PATIENTS, false],
      ["observation.csv", PATIENTS * EACH, false],
    ]);
  });

  test("a type that two views read is counted once", async () => {
    const view = (name: string): Record<string, unknown> => ({
      resourceType: "ViewDefinition",
      resource: "Patient",
      name,
      status: "active",
      select: [{ column: [{ name: "id", path: "getResourceKey()" }] }],
    });
    const path = await run({ views: [{ document: view("one") }, { document: view("two") }] });
    const receipt = datasetReceipt.parse(JSON.parse(readFileSync(join(path, "receipt.json"), "utf8")));
    expect(receipt.counts).toMatchObject({ resources: { expected: PATIENTS, exported: PATIENTS }, rows: 2 * PATIENTS });
  });

  test("several tables do not go into one file", async () => {
    const recipe = viewTo(makeTemporaryDirectory("out"), {
      format: "file",
      views: [{ name: "patient" }, { name: "observation" }],
    });
    await expect(client["exports.start"]({ recipe })).rejects.toMatchObject({ code: "USAGE" });
  });
});
