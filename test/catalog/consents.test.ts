import { expect, test } from "vitest";
import { consentOf, listConsents } from "../../src/main/catalog/consents.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { noteExportedPatients, withdrawnSinceExport } from "../../src/main/catalog/exported-patients.ts";
import { findResourcePatient } from "../../src/main/catalog/resources-list.ts";
import type { IndexedConsent } from "../../src/main/sources/resources-source.ts";
import { newCatalog } from "./new-catalog.ts";
import { addResourcesSource, aPatient, putAll, syncResources } from "./new-resources.ts";

const GLUCOSE = { type: "Observation", codes: ["https://w3id.org/openmhealth|omh:blood-glucose:4.0"] };
const HEART = { type: "Observation", codes: ["https://w3id.org/openmhealth|omh:heart-rate:2.0"] };
const NOW = new Date("2025-06-01T12:00:00Z");

const told = (scope: string, decision: "permit" | "deny", decidedAt: string, change: Partial<IndexedConsent> = {}) => ({
  patient: "p",
  scope,
  decision,
  decidedAt,
  origin: "study 1",
  ...change,
});
const answer = (catalog: Catalog, kind = GLUCOSE, studies?: string[], now = NOW) =>
  consentOf(catalog, findResourcePatient(catalog, "Server", "p"), kind, now, studies);
const consent = (id: string, change: object = {}) => ({
  resourceType: "Consent",
  id,
  status: "active",
  patient: { reference: "Patient/p" },
  dateTime: "2024-01-01",
  provision: { type: "permit" },
  ...change,
});

function withTold(...consents: IndexedConsent[]): { catalog: Catalog; source: number } {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, [aPatient("p")]);
  syncResources(catalog, source, (target) => target.putConsents(consents));
  return { catalog, source };
}

test("without any record there is no consent and no refusal", () => {
  const { catalog } = withTold();
  expect(answer(catalog)).toEqual({ decision: "none" });
});

test("consent to one kind of data is none to another, and the narrower scope speaks before all data", () => {
  const [glucose = ""] = GLUCOSE.codes;
  expect(answer(withTold(told(glucose, "permit", "2024-01-01")).catalog, HEART)).toEqual({ decision: "none" });
  const { catalog } = withTold(told("*", "permit", "2024-05-01"), told(glucose, "deny", "2024-01-01"));
  expect(answer(catalog, HEART)).toEqual({ decision: "permit" });
  expect(answer(catalog, GLUCOSE).decision).toBe("deny");
  const one = withTold(told("*", "deny", "2024-05-01"), told(glucose, "permit", "2024-01-01"));
  expect(answer(one.catalog, GLUCOSE)).toEqual({ decision: "permit" });
  expect(answer(one.catalog, HEART).decision).toBe("deny");
  const types = withTold(told("http://hl7.org/fhir/resource-types|Observation", "permit", "2024-01-01"));
  expect(answer(types.catalog)).toEqual({ decision: "permit" });
  expect(answer(types.catalog, { type: "Condition", codes: [] })).toEqual({ decision: "none" });
});

test("of several origins the latest decision holds, whatever zones their moments are told in, and of one moment the refusal", () => {
  const two = (first: string, second: string) =>
    answer(withTold(told("*", "permit", first), told("*", "deny", second, { origin: "study 2" })).catalog).decision;
  expect(two("2024-01-01T00:30:00+05:30", "2023-12-31T18:00:00Z")).toBe("permit");
  expect(two("2024-01-01T00:30:00+05:30", "2023-12-31T19:30:00Z")).toBe("deny");
  expect(two("2024-01-01", "2024-01-01")).toBe("deny");
});

test("a decision that was given to another study says nothing of the one that was chosen", () => {
  const { catalog } = withTold(
    told("*", "permit", "2024-01-01"),
    told("*", "deny", "2024-06-01", { origin: "study 2" }),
  );
  expect(answer(catalog, GLUCOSE, ["1"])).toEqual({ decision: "permit" });
  expect(answer(catalog, GLUCOSE, ["2"])).toEqual({ decision: "deny" });
  expect(answer(catalog, GLUCOSE, ["3"])).toEqual({ decision: "none" });
});

test("a refusal after a permission names when it was withdrawn, and keeps what came before", () => {
  const { catalog, source } = withTold(told("*", "permit", "2024-01-01T00:00:00Z"));
  syncResources(catalog, source, (target) => target.putConsents([told("*", "deny", "2024-07-01T00:00:00Z")]));
  expect(answer(catalog)).toEqual({ decision: "deny", withdrawnAt: "2024-07-01T00:00:00Z" });
  expect(listConsents(catalog, findResourcePatient(catalog, "Server", "p"))).toMatchObject([
    { decision: "deny", current: true },
    { decision: "permit", current: false },
  ]);
});

test("a permission that a source no longer tells is withdrawn after a complete sync, and only then", () => {
  const { catalog, source } = withTold(told("*", "permit", "2024-01-01T00:00:00Z"));
  syncResources(catalog, source, (target) => target.putConsents([]), false);
  expect(answer(catalog)).toEqual({ decision: "permit" });
  syncResources(catalog, source, () => undefined, true);
  expect(answer(catalog)).toEqual({ decision: "permit" });
  syncResources(catalog, source, (target) => target.putConsents([]), true);
  expect(answer(catalog)).toMatchObject({ decision: "deny", withdrawnAt: expect.any(String) });
});

test("a permission ends with its period, the last day included", () => {
  const { catalog } = withTold(told("*", "permit", "2024-01-01", { until: "2025-06-01" }));
  expect(answer(catalog)).toEqual({ decision: "permit" });
  expect(answer(catalog, GLUCOSE, undefined, new Date("2025-06-02T00:00:01Z"))).toEqual({
    decision: "deny",
    withdrawnAt: "2025-06-01",
  });
});

test("Consent resources are read: their latest state holds, and one that is gone, or no longer active, permits nothing", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, [aPatient("p"), consent("c")]);
  expect(answer(catalog)).toEqual({ decision: "permit" });
  putAll(catalog, source, [aPatient("p"), consent("c", { status: "inactive", dateTime: "2024-08-01" })]);
  expect(answer(catalog)).toEqual({ decision: "deny", withdrawnAt: "2024-08-01" });
  putAll(catalog, source, [
    aPatient("p"),
    consent("c", { status: "inactive" }),
    consent("again", { dateTime: "2025-01-01" }),
  ]);
  expect(answer(catalog)).toEqual({ decision: "permit" });
  putAll(catalog, source, [aPatient("p")]);
  expect(answer(catalog)).toMatchObject({ decision: "deny", withdrawnAt: expect.any(String) });
});

test("who withdrew after their data left is named to the next export of the same recipe, and to no other", () => {
  const { catalog, source } = withTold(told("*", "permit", "2024-01-01T00:00:00Z"));
  catalog.write(() =>
    noteExportedPatients(catalog, "recipe", [{ source, patientId: "p", type: "Observation" }], "2024-03-01T00:00:00Z"),
  );
  const named = (recipe: string) => {
    const steps = withdrawnSinceExport(catalog, recipe, NOW);
    for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
  };
  expect(named("recipe")).toEqual([]);
  syncResources(catalog, source, (target) => target.putConsents([told("*", "deny", "2024-07-01T00:00:00Z")]));
  expect(named("recipe")).toMatchObject([
    { patientId: "p", scopes: ["*"], withdrawnAt: "2024-07-01T00:00:00Z", exportedAt: "2024-03-01T00:00:00Z" },
  ]);
  expect(named("another")).toEqual([]);
  catalog.write(() =>
    noteExportedPatients(catalog, "recipe", [{ source, patientId: "p", type: "Patient" }], "2999-01-01T00:00:00Z"),
  );
  expect(named("recipe")).toEqual([]);
});
