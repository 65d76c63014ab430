import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { createDatasetWorkshop } from "../jobs/dataset-workshop.ts";
import { printedResult, type Workshop } from "../jobs/workshop.ts";
import type { CommandResult } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("cli-fhir");
let workshop: Workshop;
const at = (name: string): string => join(root, name);

beforeAll(async () => {
  workshop = await createDatasetWorkshop(root, { patients: 10, observationsEach: 20 });
}, 60_000);

function errorOf({ stdout }: CommandResult): { code: string; message: string } {
  return (JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as { error: { code: string; message: string } }).error;
}

test("export fhir makes a package by the only key there is, and verify finds it whole", async () => {
  const done = await workshop.satchel("export", "fhir", "--to", at("out"), "--gzip", "--types", "Patient,Observation");
  expect(done.exitCode).toBe(0);
  const [made] = printedResult(done).packages;
  expect(made).toMatchObject({ name: "fhir_export.zip", resources: { expected: 210, exported: 210, withheld: 0 } });
  expect((await workshop.satchel("verify", made?.path ?? "")).exitCode).toBe(0);
});

test("a recipe that was saved makes the same bytes again", async () => {
  const options = ["--format", "bundle", "--key", "lung", "--package", "folder"];
  const saved = await workshop.satchel(
    "export",
    "fhir",
    "--to",
    at("one"),
    ...options,
    "--save-recipe",
    at("recipe.json"),
  );
  expect(saved.exitCode).toBe(0);
  const time = ["--exported-at", "2026-01-02T03:04:05.000Z"];
  await workshop.satchel("export", "fhir", "--recipe", at("recipe.json"), ...time);
  await workshop.satchel("export", "fhir", "--recipe", at("recipe.json"), "--to", at("two"), ...time);
  const files = readdirSync(at("one/fhir_export"));
  expect(files).toContain("bundle.json");
  for (const file of files)
    expect(readFileSync(join(at("one/fhir_export"), file), "utf8")).toBe(
      readFileSync(join(at("two/fhir_export"), file), "utf8"),
    );
});

test("export table writes one file into the named place, in the form that its ending says", async () => {
  mkdirSync(at("tables"));
  for (const ending of ["csv", "xlsx", "parquet"]) {
    const output = at(`tables/observation.${ending}`);
    const done = await workshop.satchel("export", "table", output, "--view", "observation", "--key", "lung");
    expect(done.exitCode, done.stdout).toBe(0);
    expect(printedResult(done).packages).toMatchObject([{ path: output, resources: { rows: 200 } }]);
  }
  expect(readdirSync(at("tables"))).toHaveLength(3);
});

test("a dry run says how many resources would leave, and makes nothing", async () => {
  const done = await workshop.satchel(
    "export",
    "fhir",
    "--to",
    at("dry"),
    "--patient",
    "p3",
    "--dry-run",
    "--key",
    "lung",
  );
  expect(done.exitCode).toBe(0);
  const { plan } = JSON.parse(done.stdout.trim().split("\n").at(-1) ?? "{}") as { plan: { packages: unknown[] } };
  expect(plan.packages).toMatchObject([{ name: "fhir_export.zip", patients: 1, resources: 21 }]);
  expect(existsSync(at("dry"))).toBe(false);
});

test.for([
  [["fhir"], "--to is missing"],
  [["fhir", "--to", "x", "--policy", "identified"], "needs --reason"],
  [["fhir", "--to", "x", "--policy", "identified", "--reason", "audit", "--dates", "keep"], "--dates belongs to"],
  [["fhir", "--to", "x", "--format", "bundle", "--gzip"], "--gzip belongs to"],
  [["fhir", "--to", "x", "--rules", "nowhere.json"], "rules could not be read"],
  [["fhir", "--to", "x", "--from", "2026-02-01", "--until", "2026-01-01"], "later than --until"],
  [["table", "x.csv"], "--view is missing"],
  [["table", "x.csv", "--view", "patient", "--format", "xlsx"], "ends in .csv"],
  [["table", "x.csv", "--view", "./nowhere.json"], "view could not be read"],
  [["observations", "x.csv", "--type", "a", "--code", "b"], "say the same"],
  [["report", "--to", "x", "--measure", "weather"], "--measure cannot be"],
] as const)("export %s is refused with what is wrong, and starts nothing", async ([words, sentence]) => {
  const refused = await workshop.satchel("export", ...words);
  expect(refused.exitCode).toBe(2);
  const { code, message } = errorOf(refused);
  expect(code).toBe("USAGE");
  expect(message).toContain(sentence);
});

test("a type that is not there is refused by name of what there is, never by what was asked", async () => {
  const refused = await workshop.satchel(
    "export",
    "fhir",
    "--to",
    at("none"),
    "--types",
    "Obsrevation",
    "--key",
    "lung",
  );
  expect(refused.exitCode).toBe(2);
  expect(errorOf(refused).message).not.toContain("Obsrevation");
});
