import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { JobResult } from "../../src/contract/job.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { makeTemporaryDirectory, temporaryDirectory } from "../support/temporary-directory.ts";
import { createRecordsWorkshop, notesTo } from "./records-workshop.ts";
import { EXPORTED_AT, resultOf } from "./workshop.ts";

const STEM = "patient_data_export";
const ENDING = { file: ".csv", beside: ".csv", zip: ".zip", folder: "" } as const;
type Format = keyof typeof ENDING;

let app: App;
let client: Client<Calls>;

beforeAll(async () => {
  const root = temporaryDirectory("table-retry");
  const workshop = await createRecordsWorkshop(root, { patients: 3, notesEach: 5, noteLength: 200 });
  ({ app, client } = await workshop.open());
});
afterAll(() => app.close());

/** A job that was cancelled while it waited behind another. */
async function cancelledJob(to: string, format: Format): Promise<string> {
  const start = (destination: string) =>
    client["exports.start"]({ recipe: notesTo(destination, { format }), exportedAt: EXPORTED_AT });
  const { jobId: before } = await start(makeTemporaryDirectory("out"));
  const { jobId: id } = await start(to);
  expect(await client["jobs.cancel"]({ id })).toMatchObject({ state: "cancelled" });
  expect(await resultOf(client, before)).toMatchObject({ state: "complete" });
  return id;
}

async function retried(id: string): Promise<JobResult> {
  const { jobId } = await client["jobs.retry"]({ id });
  return await resultOf(client, jobId);
}

async function verifies(path: string): Promise<boolean> {
  for await (const event of client["packages.verify"]({ path })) if (event.type === "result") return event.ok;
  return false;
}

test.for(["file", "beside", "zip", "folder"] as const)(
  "%s: what was cancelled is made under its own name, and once more under the next name, whole",
  async (format) => {
    const to = makeTemporaryDirectory("to");
    const id = await cancelledJob(to, format);
    expect(readdirSync(to)).toEqual([]);
    const path = (number: string): string => join(to, `${STEM}${number}${ENDING[format]}`);
    expect(await retried(id)).toMatchObject({ state: "complete", packages: [{ path: path("") }] });
    const first = readdirSync(to).length;
    expect(await retried(id)).toMatchObject({ state: "complete", packages: [{ path: path("-2") }] });
    expect(readdirSync(to)).toHaveLength(2 * first);
    if (format === "file") expect(readFileSync(path("-2"))).toEqual(readFileSync(path("")));
    else for (const number of ["", "-2"]) expect(await verifies(path(number))).toBe(true);
  },
);

test("beside: where one file's name is taken, the whole set gets the next name, and nothing is overwritten", async () => {
  const to = makeTemporaryDirectory("to");
  const id = await cancelledJob(to, "beside");
  writeFileSync(join(to, `${STEM}.codebook.md`), "mine");
  writeFileSync(join(to, `${STEM}-2.receipt.json`), "mine too");
  const result = await retried(id);
  expect(result).toMatchObject({ state: "complete", packages: [{ name: `${STEM}-3.csv`, files: 5 }] });
  const made = ["codebook.md", "csv", "datapackage.json", "manifest-sha256.txt", "receipt.json"];
  expect(readdirSync(to).toSorted()).toEqual(
    [`${STEM}.codebook.md`, `${STEM}-2.receipt.json`, ...made.map((ending) => `${STEM}-3.${ending}`)].toSorted(),
  );
  expect(readFileSync(join(to, `${STEM}.codebook.md`), "utf8")).toBe("mine");
  expect(await verifies(join(to, `${STEM}-3.csv`))).toBe(true);
});
