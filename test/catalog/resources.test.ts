import { expect, test } from "vitest";
import type { ResourcesFilter } from "../../src/contract/fhir.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { listResourceCodes } from "../../src/main/catalog/resource-types.ts";
import { countUndated, planResources, readResources } from "../../src/main/catalog/resources.ts";
import { editSource } from "../../src/main/catalog/sources.ts";
import { listStudyGroups } from "../../src/main/catalog/study-groups.ts";
import { unknownInResources } from "../../src/main/catalog/unknown-resources.ts";
import { newCatalog } from "./new-catalog.ts";
import { addResourcesSource, anObservation, aPatient, putAll, syncResources } from "./new-resources.ts";

const idsOf = (catalog: Catalog, filter: ResourcesFilter) =>
  [...planResources(catalog, filter)]
    .flatMap(({ resources }) => resources.map(({ id }) => id))
    .sort()
    .join(" ");
const coded = (...codes: string[]) => ({
  code: { coding: codes.map((code) => ({ system: code.split("|")[0], code: code.split("|")[1] })) },
});
const on = (effectiveDateTime: string) => ({ effectiveDateTime });

test("a filter leaves what is of one of its types, codes and patients, whichever of several codings has the code", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, [
    aPatient("p"),
    aPatient("q"),
    anObservation("both", "p", coded("http://loinc.org|8867-4", "urn:local|HR")),
    anObservation("local", "q", coded("urn:local|HR")),
    anObservation("weight", "q", coded("http://loinc.org|29463-7")),
    anObservation("nobody", "", coded("urn:local|HR")),
    {
      resourceType: "QuestionnaireResponse",
      id: "form",
      status: "completed",
      questionnaire: "https://a.b/Form|1.2",
      subject: { reference: "Patient/p" },
    },
  ]);
  expect(idsOf(catalog, { types: ["Patient"] })).toBe("p q");
  expect(idsOf(catalog, { codes: ["urn:local|HR"] })).toBe("both local nobody");
  expect(idsOf(catalog, { codes: ["8867-4", "29463-7"] })).toBe("both weight");
  expect(idsOf(catalog, { codes: ["urn:other|8867-4"] })).toBe("");
  expect(idsOf(catalog, { codes: ["https://a.b/Form"] })).toBe("form");
  expect(idsOf(catalog, { patients: ["q"], types: ["Observation"] })).toBe("local weight");
  expect(idsOf(catalog, { patients: ["q"], codes: ["HR"] })).toBe("local");
  expect(listResourceCodes(catalog, "Observation")).toMatchObject([
    { code: "urn:local|HR", count: 3 },
    { code: "http://loinc.org|29463-7", count: 1 },
    { code: "http://loinc.org|8867-4", count: 1 },
  ]);
});

test("days are those of the hospital, both included, and follow its time zone when that is corrected", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, [
    anObservation("eve", "p", on("2024-02-29T18:29:59.999Z")),
    anObservation("first", "p", on("2024-02-29T18:30:00Z")),
    anObservation("last", "p", on("2024-03-31T23:59:59.9+05:30")),
    anObservation("after", "p", on("2024-03-31T18:30:00Z")),
    anObservation("date", "p", on("2024-03-31")),
    anObservation("naive", "p", on("2024-03-01T00:00:00")),
  ]);
  const march = { from: "2024-03-01", to: "2024-03-31" };
  expect(idsOf(catalog, march)).toBe("date first last naive");
  expect(idsOf(catalog, { to: "2024-02-29" })).toBe("eve");
  expect(idsOf(catalog, { from: "2024-04-01" })).toBe("after");
  const rows = [...planResources(catalog, march)].flatMap(({ resources }) => resources);
  const days = readResources(
    catalog,
    rows.map(({ row }) => row),
  ).map(({ id, day }) => `${id} ${day}`);
  expect(days.sort()).toEqual(["date 2024-03-31", "first 2024-03-01", "last 2024-03-31", "naive 2024-03-01"]);
  editSource(catalog, source, { config: { path: "there", timeZone: "UTC", issuer: "Server" } }, false);
  expect(idsOf(catalog, march)).toBe("after date last naive");
});

test("what has no day, or a month that lies only partly within the days, stays out and is counted", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, [
    aPatient("p"),
    anObservation("month", "p", on("2024-02")),
    anObservation("year", "p", on("2024")),
    anObservation("other", "p", on("2025")),
    anObservation("none", "p", { effectiveDateTime: undefined }),
    anObservation("day", "p", on("2024-02-10")),
  ]);
  const filter = { from: "2024-02-01", to: "2024-02-29" };
  expect(idsOf(catalog, filter)).toBe("day month");
  expect(countUndated(catalog, filter)).toEqual({ Observation: 2, Patient: 1 });
  expect(countUndated(catalog, { ...filter, types: ["Patient"] })).toEqual({ Patient: 1 });
  expect(countUndated(catalog, { ...filter, patients: ["q"] })).toEqual({});
  expect(countUndated(catalog, {})).toEqual({});
  expect(idsOf(catalog, { from: "2024-01-01", to: "2024-12-31" })).toBe("day month year");
  expect(idsOf(catalog, { to: "2024-02-28" })).toBe("day");
});

test("a study is its members, of a Group as of one that the source tells by itself, which goes before", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const group = (...members: string[]) => ({
    resourceType: "Group",
    id: "10001",
    type: "person",
    actual: true,
    name: "Hearts",
    member: members.map((id) => ({ entity: { reference: `Patient/${id}` }, inactive: id === "left" })),
  });
  const all = [aPatient("p"), aPatient("q"), aPatient("left"), anObservation("nobody", "")];
  putAll(catalog, source, [...all, group("p", "left")]);
  expect(idsOf(catalog, { studies: ["10001"] })).toBe("p");
  putAll(catalog, source, [...all, group("p", "q")]);
  expect(idsOf(catalog, { studies: ["10001"] })).toBe("p q");
  const told = { id: "10001", name: "Told", organization: "UC", patients: ["left"], scopes: ["a|b"] };
  syncResources(catalog, source, (target) => {
    target.putStudyGroups([told]);
    target.put({ json: JSON.stringify(group("p", "q", "left")) });
  });
  expect(idsOf(catalog, { studies: ["10001"] })).toBe("left");
  expect(listStudyGroups(catalog)).toEqual([
    { id: "10001", name: "Told", organization: "UC", source: "Server", patients: 1, scopes: ["a|b"] },
  ]);
  syncResources(catalog, source, (target) => target.putStudyGroups([]));
  expect(listStudyGroups(catalog)).toEqual([]);
});

test("what a filter names and the catalog does not know is told by its part, patients without naming them all", () => {
  const catalog = newCatalog();
  putAll(catalog, addResourcesSource(catalog), [aPatient("p"), anObservation("o", "p")]);
  expect(
    unknownInResources(catalog, {
      sources: ["server", "Nowhere"],
      types: ["Patient", "Condition"],
      patients: ["p", "x"],
      studies: ["s"],
      codes: ["8867-4", "1-1"],
    }),
  ).toMatchObject([
    { part: "sources", values: ["Nowhere"] },
    { part: "types", values: ["Condition"], there: ["Observation", "Patient"] },
    { part: "patients", values: ["x"], there: [] },
    { part: "studies", values: ["s"] },
    { part: "codes", values: ["1-1"] },
  ]);
  expect(unknownInResources(catalog, { types: ["Patient"] })).toEqual([]);
});

test("reading what was planned and is gone stops the export", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, [anObservation("o", "p")]);
  const [row = 0] = [...planResources(catalog, {})].flatMap(({ resources }) => resources.map((one) => one.row));
  putAll(catalog, source, [anObservation("other", "p")]);
  expect(() => readResources(catalog, [row])).toThrow(expect.objectContaining({ code: "SOURCE_ANSWER" }));
});

test("who is named by an identifier alone is the one patient who bears it, and otherwise somebody apart", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const bearing = (id: string, value: string) => aPatient(id, { identifier: [{ system: "http://mrn", value }] });
  const about = (id: string, identifier: string) =>
    anObservation(id, "", { subject: { reference: `Patient?identifier=${encodeURIComponent(identifier)}` } });
  const all = [
    about("known", "http://mrn|77"),
    about("without-system", "|77"),
    about("unknown", "http://mrn|78"),
    about("other-system", "http://else|77"),
    about("of-two", "http://mrn|99"),
    bearing("p", "77"),
    bearing("twin-1", "99"),
    bearing("twin-2", "99"),
  ];
  const owners = () =>
    Object.fromEntries(
      [...planResources(catalog, { types: ["Observation"] })].flatMap(({ patient, resources }) =>
        resources.map(({ id }) => [id, patient?.id]),
      ),
    );
  const expected = {
    known: "p",
    "without-system": "p",
    unknown: "?http://mrn|78",
    "other-system": "?http://else|77",
    "of-two": "?http://mrn|99",
  };
  putAll(catalog, source, all);
  expect(owners()).toEqual(expected);
  putAll(catalog, source, [...all.slice(1), about("known", "http://mrn|77"), about("new", "http://mrn|77")]);
  expect(owners()).toEqual({ ...expected, new: "p" });
});
