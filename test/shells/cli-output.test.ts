import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { withOutputFirst } from "../../src/main/shells/cli/output-argument.ts";
import { createProgressLine } from "../../src/main/shells/cli/progress-line.ts";
import { createDatasetWorkshop } from "../jobs/dataset-workshop.ts";
import { printedResult, type Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("cli-output");
const at = (name: string): string => join(root, name);
let workshop: Workshop;

beforeAll(async () => {
  workshop = await createDatasetWorkshop(root, { patients: 6, observationsEach: 10 });
}, 60_000);

test("the output may be named after the view, as people write it", async () => {
  const output = at("obs.csv");
  const done = await workshop.satchel("export", "table", "--key", "lung", "--view", "observation", output);
  expect(done.exitCode, done.stdout).toBe(0);
  expect(printedResult(done).packages).toMatchObject([{ path: output, resources: { rows: 60 } }]);
  expect(readFileSync(output, "utf8").split("\r\n")).toHaveLength(62);
});

test("views are named in one word, or in several", async () => {
  for (const [index, views] of [["patient,observation"], ["patient", "observation"]].entries()) {
    const to = ["--to", at(`out${index}`), "--package", "folder"];
    const done = await workshop.satchel("export", "table", "--key", "lung", ...to, "--view", ...views);
    expect(done.exitCode, done.stdout).toBe(0);
    for (const file of ["patient.csv", "observation.csv"])
      expect(existsSync(join(at(`out${index}`), "fhir_tables", file))).toBe(true);
  }
});

test.for([
  ["export table --view observation obs.csv", "export table obs.csv --view observation"],
  ["export observations --type omh:a omh:b g.XLSX --key k", "export observations g.XLSX --type omh:a omh:b --key k"],
  ["export notes --patient 1 2 notes.csv", "export notes notes.csv --patient 1 2"],
  ["export studies --room a b.parquet", "export studies b.parquet --room a"],
  ["--json export table x.csv --view a", "--json export table x.csv --view a"],
])("%s is understood as %s", ([given = "", wanted = ""]) => {
  expect(withOutputFirst(given.split(" "))).toEqual(wanted.split(" "));
});

test.for([
  "export table --view observation --name x.csv",
  "export table --tidy x.csv",
  "export fhir --source a b.csv",
  "export table --view a x.csv y.csv",
  "export table --view a -- x.csv",
  "verify x.csv",
])("%s stays as it is", (given) => {
  expect(withOutputFirst(given.split(" "))).toEqual(given.split(" "));
});

test("what nobody knows the total of is shown without one", () => {
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    for (const total of [0, null, 10_000])
      createProgressLine({
        json: false,
        terminal: false,
        line: () => undefined,
        document: () => undefined,
        note: (text) => process.stderr.write(`${text}\n`),
        error: () => ({ code: "INTERNAL", message: "" }),
      }).show({ step: "Reading", done: 6_625, total });
    expect(written.mock.calls.map(([text]) => text)).toEqual([
      "6,625  Reading\n",
      "6,625  Reading\n",
      " 66 %  6,625/10,000  Reading\n",
    ]);
  } finally {
    written.mockRestore();
  }
});
