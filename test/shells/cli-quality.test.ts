import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { anObservation, aPatient } from "../catalog/new-resources.ts";
import { lines, workshopOf } from "../jobs/dataset-workshop.ts";
import type { Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("cli-quality");
let workshop: Workshop;

beforeAll(async () => {
  const files = join(root, "files");
  mkdirSync(files);
  writeFileSync(
    join(files, "all.ndjson"),
    lines([
      ...Array.from({ length: 4 }, (_, at) => aPatient(`p${at}`)),
      ...Array.from({ length: 30 }, (_, at) =>
        anObservation(`o${at}`, `p${at % 3}`, {
          effectiveDateTime: `2024-01-${String((at % 28) + 1).padStart(2, "0")}T08:00:00Z`,
          valueQuantity: { value: at === 7 ? 900 : 70 + (at % 5), unit: "beats/minute" },
        }),
      ),
    ]),
  );
  workshop = await workshopOf(root, files);
}, 60_000);

interface Shown {
  quality: {
    patients: number;
    resources: number;
    completeness: unknown[];
    findings: { table: string; count: number }[];
  };
}

test("quality shows what was found and who lacks what, and writes nothing", async () => {
  const before = readdirSync(root);
  const done = await workshop.satchel("quality", "--expect", "Patient,Observation", "--expect", "Condition");
  expect(done.exitCode, done.stdout).toBe(0);
  const { quality } = JSON.parse(done.stdout.trim().split("\n").at(-1) ?? "{}") as Shown;
  expect(quality).toMatchObject({
    patients: 4,
    resources: 34,
    completeness: [
      { type: "Patient", patients: 4 },
      { type: "Observation", patients: 3 },
      { type: "Condition", patients: 0 },
    ],
  });
  expect(quality.findings.find(({ table }) => table === "outliers")?.count).toBe(1);
  expect(readdirSync(root)).toEqual(before);
});

test("quality looks at what was selected alone", async () => {
  const done = await workshop.satchel("quality", "--types", "Patient");
  const { quality } = JSON.parse(done.stdout.trim().split("\n").at(-1) ?? "{}") as Shown;
  expect(quality).toMatchObject({ patients: 4, resources: 4 });
  const unknown = await workshop.satchel("quality", "--source", "Nowhere");
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stdout).toContain("The source asked for is not in the catalog.");
});

test("what belongs to a package is refused where none is made", async () => {
  for (const option of [["--package", "folder"], ["--name", "x"], ["--dry-run"]]) {
    const done = await workshop.satchel("quality", ...option);
    expect(done.exitCode).toBe(2);
    expect(done.stdout).toContain(`${option[0]} belongs to a package`);
  }
});
