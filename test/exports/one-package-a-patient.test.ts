/** Grouping "patient": what a patient is handed is one package, however it was picked. */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { ImagingSelection, ImagingRecipe } from "../../src/contract/recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { createWorkshop, resultOf, type Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { instanceFile } from "./instance-file.ts";

const root = temporaryDirectory("one-package-a-patient");
const [FIRST, SECOND, THIRD, OTHER] = ["1.2.7.1", "1.2.7.2", "1.2.7.3", "1.2.7.4"];

let workshop: Workshop;
let app: App;
let client: Client<Calls>;
let exports_ = 0;

beforeAll(async () => {
  const folder = join(root, "source");
  mkdirSync(folder);
  const files = [FIRST, SECOND, THIRD].map((study) => ({ patientId: "4711", name: "Ash^Ann", study }));
  for (const { study, ...patient } of [...files, { patientId: "4712", name: "Birch^Bob", study: OTHER }])
    writeFileSync(join(folder, `${study}.dcm`), instanceFile({ ...patient, study, instance: `${study}.1.1` }));
  workshop = await createWorkshop(root, { folder });
  ({ app, client } = await workshop.open());
});
afterAll(() => app.close());

function recipeFor(selection: ImagingSelection, change: Partial<ImagingRecipe> = {}): ImagingRecipe {
  const destination = join(root, `export-${++exports_}`);
  return {
    kind: "imaging",
    version: 1,
    selection,
    policy: { kind: "identified" },
    images: true,
    previews: false,
    format: "folder",
    compress: 0,
    grouping: "patient",
    destination,
    ...change,
  };
}

async function make(recipe: ImagingRecipe): Promise<{ id: string; names: string[] }> {
  const { jobId: id } = await client["exports.start"]({ recipe });
  await resultOf(client, id);
  return { id, names: readdirSync(recipe.destination).sort() };
}

function studiesIn(recipe: ImagingRecipe, name: string): string[] {
  return readdirSync(join(recipe.destination, name, "studies")).sort();
}

test("studies that were picked leave as one package a patient, and no study that was not", async () => {
  const recipe = recipeFor({ scope: "studies", studies: [OTHER, SECOND, FIRST] });
  const planned = await client["exports.plan"](recipe);
  expect(planned.packages.map(({ name, studies }) => [name, studies])).toEqual([
    ["patient_4711_export", 2],
    ["patient_4712_export", 1],
  ]);
  expect((await make(recipe)).names).toEqual(["patient_4711_export", "patient_4712_export"]);
  expect(studiesIn(recipe, "patient_4711_export")).toEqual([FIRST, SECOND]);
  const receipt: unknown = JSON.parse(
    readFileSync(join(recipe.destination, "patient_4711_export", "receipt.json"), "utf8"),
  );
  expect(receipt).toMatchObject({ scope: "patient", recipe: { grouping: "patient" } });
});

test("whatever else was picked leaves as one package a patient too, with names from the policy", async () => {
  const filter = { text: "" };
  const none = { exceptPatients: [], exceptStudies: [] };
  const selections: ImagingSelection[] = [
    { scope: "all" },
    { scope: "patients", patients: [{ id: "4711" }, { id: "4712" }] },
    { scope: "matching", of: "patients", filter, ...none },
    { scope: "matching", of: "studies", filter, ...none },
  ];
  for (const selection of selections)
    expect((await make(recipeFor(selection))).names).toEqual(["patient_4711_export", "patient_4712_export"]);
  const policy = { kind: "pseudonymised" as const, key: "lung", options: [] };
  const { names } = await make(recipeFor({ scope: "studies", studies: [FIRST, OTHER] }, { policy }));
  expect(names).toHaveLength(2);
  expect(names.join(" ")).not.toMatch(/471/);
});

test("one package a study stays what it was", async () => {
  const each = recipeFor({ scope: "studies", studies: [FIRST, SECOND] }, { grouping: "each" });
  expect((await make(each)).names).toEqual([`study_${FIRST}_export`, `study_${SECOND}_export`]);
});

test("a retry takes no more of the patient than was picked", async () => {
  const file = join(root, "source", `${FIRST}.dcm`);
  renameSync(file, `${file}.away`);
  const { id } = await make(recipeFor({ scope: "studies", studies: [FIRST, SECOND, OTHER] }));
  renameSync(`${file}.away`, file);
  const { jobId } = await client["jobs.retry"]({ id });
  expect((await resultOf(client, jobId)).packages.map(({ name }) => name)).toEqual(["patient_4711_export-2"]);
  expect((await client["jobs.recipe"]({ id: jobId })).selection).toEqual({
    scope: "studies",
    studies: [FIRST, SECOND],
  });
});

test("the command line says it with --per-patient, which does not go with --together", async () => {
  const words = ["export", "imaging", "--study", FIRST, "--study", SECOND, "--policy", "identified", "--per-patient"];
  const file = join(root, "recipe.json");
  const saved = await workshop.satchel(...words, "--to", join(root, "cli"), "--save-recipe", file);
  expect(saved.exitCode).toBe(0);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ grouping: "patient" });
  const both = await workshop.satchel(...words, "--to", join(root, "cli"), "--together");
  expect(both.exitCode).toBe(2);
  expect(both.stderr + both.stdout).toContain("--per-patient");
});
