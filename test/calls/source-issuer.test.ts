import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { addSource } from "../../src/main/catalog/sources.ts";
import { readTable } from "../exports/table-file.ts";
import { studiesTo } from "../jobs/records-workshop.ts";
import { resultOf, syncAll } from "../jobs/workshop.ts";
import { dicomFile } from "../sources/dicom-file.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { inWorkspace, openApp } from "./open-app.ts";

/** A study list whose patients have the numbers 4711 and 8. */
function listConfig(root: string, name: string): Record<string, unknown> {
  const path = join(root, `${name}.csv`);
  writeFileSync(path, "id,number\nE1,4711\nE2,8\n");
  const columns = { exam_id: "id", medical_record_no: "number" };
  return { path, mapping: { version: 1, name: "list", holds: "exams", timeZone: "America/Bahia", columns } };
}

async function addImages(client: Client<Calls>, root: string): Promise<void> {
  const path = join(root, "images");
  mkdirSync(path);
  writeFileSync(join(path, "ct"), dicomFile({ patientId: "4711" }));
  await client["sources.add"]({ kind: "folder", name: "images", config: { path } });
  await syncAll(client, "images");
}

/** How many record numbers' codes stand in more than one row of a pseudonymised study list of everything. */
async function countShared(client: Client<Calls>, root: string): Promise<number> {
  await client["keys.new"]({ name: "lung" });
  const recipe = studiesTo(join(root, "out"), { format: "file", columns: ["exam_id", "medical_record_no"] });
  const { jobId } = await client["exports.start"]({ recipe });
  expect(await resultOf(client, jobId)).toMatchObject({ state: "complete" });
  const codes = readTable(join(root, "out", "studies.csv")).map((row) => row["medical_record_no"]);
  expect(codes).toHaveLength(3);
  return codes.length - new Set(codes).size;
}

test("a list and images with the same number are two patients until somebody says that they are one", async () => {
  const root = makeTemporaryDirectory("own-issuer");
  const { client } = await openApp(root);
  await addImages(client, root);
  const added = await client["sources.add"]({ kind: "csv", name: "list", config: listConfig(root, "list") });
  expect(added.config["issuer"]).toBe("source:list");
  await syncAll(client, "list");
  expect(await countShared(client, root)).toBe(0);
});

test("a list and images with the same number are one patient where the issuer of both is said to be the same", async () => {
  const root = makeTemporaryDirectory("one-issuer");
  const { client } = await openApp(root);
  await addImages(client, root);
  await client["sources.add"]({ kind: "csv", name: "list", config: { ...listConfig(root, "list"), issuer: "" } });
  await syncAll(client, "list");
  expect(await countShared(client, root)).toBe(1);
});

test("two sources never share an issuer unasked, whatever they were called before", async () => {
  const root = makeTemporaryDirectory("renamed-issuer");
  const { client } = await openApp(root);
  const add = async (name: string): Promise<unknown> =>
    (await client["sources.add"]({ kind: "csv", name, config: listConfig(root, "list") })).config["issuer"];
  expect(await add("list")).toBe("source:list");
  await client["sources.edit"]({ name: "list", newName: "old list" });
  expect(await add("list")).toBe("source:list 2");
});

test("an edit that says nothing of the issuer leaves it, and with it the pseudonyms of a source that is older than such issuers", async () => {
  const root = makeTemporaryDirectory("kept-issuer");
  await (await openApp(root)).app.close();
  const config = listConfig(root, "list");
  await inWorkspace(root, ({ catalog }) => {
    addSource(catalog, { kind: "csv", name: "before", config: { ...config, timeZone: "America/Bahia", issuer: "" } });
    addSource(catalog, { kind: "csv", name: "named", config: { ...config, timeZone: "America/Bahia", issuer: "HSP" } });
  });
  const { client } = await openApp(root);
  const issuerAfterEdit = async (name: string): Promise<unknown> =>
    (await client["sources.edit"]({ name, config })).config["issuer"];
  expect(await issuerAfterEdit("before")).toBe("");
  expect(await issuerAfterEdit("named")).toBe("HSP");
});
