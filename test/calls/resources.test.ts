import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { anObservation, aPatient } from "../catalog/new-resources.ts";
import { syncAll } from "../jobs/workshop.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { openApp } from "./open-app.ts";

/** An application whose source "Camp" holds these resources. */
async function appWith(resources: readonly object[]): Promise<{ client: Client<Calls>; files: string }> {
  const root = makeTemporaryDirectory("resources");
  const files = join(root, "files");
  mkdirSync(files);
  writeFileSync(join(files, "all.ndjson"), resources.map((one) => `${JSON.stringify(one)}\n`).join(""));
  const { client } = await openApp(root);
  await client["sources.add"]({ kind: "ndjson", name: "Camp", config: { path: files, timeZone: "Asia/Kolkata" } });
  await syncAll(client, "Camp");
  return { client, files };
}

test("the list shows the newest first, in windows that together are everything once", async () => {
  const days = Array.from({ length: 25 }, (_, at) => `2024-03-${String(((at * 7) % 25) + 1).padStart(2, "0")}`);
  const { client } = await appWith([
    aPatient("p"),
    ...days.map((day) => anObservation(`o-${day}`, "p", { effectiveDateTime: `${day}T20:00:00Z` })),
    anObservation("partial", "p", { effectiveDateTime: "2023" }),
  ]);
  const window = async (offset: number, oldestFirst = false) =>
    await client["resources.list"]({ offset, limit: 10, oldestFirst });
  const all = [...(await window(0)).rows, ...(await window(10)).rows, ...(await window(20)).rows];
  expect(all.map(({ id }) => id)).toEqual([
    ...days
      .toSorted()
      .toReversed()
      .map((day) => `o-${day}`),
    "partial",
    "p",
  ]);
  expect((await window(0)).total).toBe(27);
  expect((await window(0, true)).rows.map(({ id }) => id).slice(0, 3)).toEqual(["p", "partial", "o-2024-03-01"]);
  expect(all[0]).toMatchObject({
    source: "Camp",
    type: "Observation",
    patientId: "p",
    patientName: "Asha p Sharma",
    day: "2024-03-26",
    code: "Heart rate",
    lastUpdated: null,
  });
  expect((await client["resources.list"]({ types: ["Patient"], limit: 10 })).rows.map(({ id }) => id)).toEqual(["p"]);
});

test("a list that was looked at is made anew once a sync changed what it shows", async () => {
  const { client, files } = await appWith([aPatient("p")]);
  expect((await client["resources.list"]({})).total).toBe(1);
  writeFileSync(join(files, "more.ndjson"), JSON.stringify(anObservation("o", "p")));
  await syncAll(client, "Camp");
  expect((await client["resources.list"]({})).rows.map(({ id }) => id)).toEqual(["o", "p"]);
});

test("types, codes, patients, studies and consents are told as the catalog holds them", async () => {
  const { client } = await appWith([
    aPatient("p", { birthDate: "1960-01", gender: "female" }),
    anObservation("o", "q"),
    {
      resourceType: "Group",
      id: "g",
      type: "person",
      actual: true,
      name: "Camp 7",
      member: [{ entity: { reference: "Patient/p" } }],
    },
    {
      resourceType: "Consent",
      id: "c",
      status: "active",
      patient: { reference: "Patient/p" },
      dateTime: "2024-01-01",
      provision: { type: "deny" },
    },
  ]);
  expect(await client["resources.types"]({})).toMatchObject(
    ["Consent", "Group", "Observation", "Patient"].map((type) => ({
      source: "Camp",
      type,
      count: 1,
      expected: null,
      complete: true,
    })),
  );
  expect(await client["resources.codes"]({ type: "Observation" })).toEqual([
    { code: "http://loinc.org|8867-4", text: "Heart rate", count: 1 },
  ]);
  expect(await client["resources.patients"]({})).toMatchObject({
    total: 2,
    rows: [
      { id: "q", known: false, name: "", resources: 1 },
      { id: "p", known: true, name: "Asha p Sharma", birthDate: "1960-01", gender: "female", resources: 2 },
    ],
  });
  for (const query of ["SHARMA", "asha p", "p"])
    expect((await client["resources.patients"]({ query })).rows[0]?.id).toBe("p");
  expect(await client["resources.patients"]({ query: "nobody" })).toEqual({ total: 0, rows: [] });
  expect(await client["resources.patients"]({ sources: ["camp"] })).toMatchObject({ total: 2 });
  expect(await client["resources.studies"]({})).toMatchObject([{ id: "g", name: "Camp 7", patients: 1 }]);
  expect(await client["resources.consents"]({ source: "Camp", patient: "p" })).toEqual([
    { scope: "*", decision: "deny", decidedAt: "2024-01-01", until: "", origin: "Consent/c", current: true },
  ]);
  await expect(client["resources.consents"]({ source: "Camp", patient: "x" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect((await client["sources.list"]({}))[0]).toMatchObject({ resources: 4, patients: 1, state: "ok" });
});

test("one resource is shown indented, a very large one by its beginning", async () => {
  const { client } = await appWith([
    anObservation("small", "p"),
    { resourceType: "Binary", id: "large", contentType: "image/png", data: "A".repeat(300_000) },
    { resourceType: "Binary", id: "huge", contentType: "image/png", data: "A".repeat(3_000_000) },
  ]);
  const { rows } = await client["resources.list"]({});
  const shown = async (id: string) =>
    await client["resources.show"]({ row: rows.find((one) => one.id === id)?.row ?? 0 });
  expect(await shown("small")).toMatchObject({
    resource: { id: "small" },
    json: JSON.stringify(anObservation("small", "p"), undefined, 2),
    truncated: false,
    extra: {},
  });
  for (const id of ["large", "huge"]) {
    const { json, truncated } = await shown(id);
    expect([json.length, truncated]).toEqual([200_000, true]);
  }
  await expect(client["resources.show"]({ row: 999 })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a source of resources gets an issuer of its own, and keeps it when it is edited", async () => {
  const { client, files } = await appWith([aPatient("p")]);
  const issuer = async () => (await client["sources.list"]({}))[0]?.config["issuer"];
  expect(await issuer()).toBe("source:Camp");
  await client["sources.edit"]({ name: "Camp", newName: "Other", config: { path: files, timeZone: "UTC" } });
  expect(await issuer()).toBe("source:Camp");
});
