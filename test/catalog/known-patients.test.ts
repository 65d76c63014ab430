import { expect, test } from "vitest";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { identitiesOf, knownPatient, wordsOfResources } from "../../src/main/catalog/known-patients.ts";
import { findResourcePatient } from "../../src/main/catalog/resources-list.ts";
import { newCatalog } from "./new-catalog.ts";
import { addResourcesSource, anObservation, aPatient, putAll } from "./new-resources.ts";

const person = (change: object = {}) =>
  aPatient("p", {
    name: [
      { use: "official", family: "Sharma", given: ["Asha", "Devi"] },
      { use: "maiden", text: "Asha Verma" },
    ],
    telecom: [{ system: "phone", value: "+91 98765 43210" }],
    address: [{ line: ["12 MG Road"], city: "Bengaluru", district: "Urban", state: "Karnataka", postalCode: "560001" }],
    birthDate: "1961-02-03",
    identifier: [{ system: "https://abha", value: "91-1234" }],
    ...change,
  });
const knownOf = (catalog: Catalog) => knownPatient(catalog, findResourcePatient(catalog, "Server", "p"));

test("of a patient names with their parts, numbers, phones, addresses and birth date are known, and those of relatives", () => {
  const catalog = newCatalog();
  putAll(catalog, addResourcesSource(catalog), [
    person({ contact: [{ name: { text: "Ravi Sharma" }, telecom: [{ value: "080 111" }] }] }),
    {
      resourceType: "RelatedPerson",
      id: "r",
      patient: { reference: "Patient/p" },
      name: [{ text: "Meena Rao" }],
      birthDate: "1990-01-01",
    },
  ]);
  const known = knownOf(catalog);
  expect(known.names).toEqual(
    expect.arrayContaining(["Asha Devi Sharma", "Asha", "Devi", "Sharma", "Asha Verma", "Ravi Sharma", "Meena Rao"]),
  );
  expect(known).toMatchObject({
    identifiers: ["91-1234"],
    phones: ["+91 98765 43210", "080 111"],
    birthDate: "1961-02-03",
  });
  expect(known.addresses).toEqual(expect.arrayContaining(["12 MG Road", "Bengaluru", "Urban", "560001"]));
  expect(known.addresses).not.toContain("Karnataka");
});

test("what a source once said of a patient and no longer says is still known, each once", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, [person()]);
  putAll(catalog, source, [person({ name: [{ text: "Asha Kumar" }], telecom: [], birthDate: "1961-02-04" })]);
  putAll(catalog, source, [person({ name: [{ text: "Asha Verma" }], telecom: [], birthDate: "1961-02-04" })]);
  const { names, phones, birthDate } = knownOf(catalog);
  expect(names).toEqual(expect.arrayContaining(["Asha Verma", "Asha Kumar", "Asha Devi Sharma"]));
  expect(names.filter((name) => name === "Asha Verma")).toHaveLength(1);
  expect(phones).toEqual(["+91 98765 43210"]);
  expect(birthDate).toBe("1961-02-04");
});

test("words of the house are the names of those who work there and of its places", () => {
  const catalog = newCatalog();
  putAll(catalog, addResourcesSource(catalog), [
    { resourceType: "Practitioner", id: "d", name: [{ family: "Iyer", given: ["Lata"] }], address: [{ city: "Home" }] },
    { resourceType: "Organization", id: "o", name: "St. Mary", alias: ["SMH"], address: [{ city: "Mysuru" }] },
    { resourceType: "Location", id: "l", name: "Ward 7" },
  ]);
  const steps = wordsOfResources(catalog);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  expect(step.value).toEqual({ staff: ["Iyer", "Lata", "Lata Iyer"], places: ["Mysuru", "SMH", "St. Mary", "Ward 7"] });
});

test("a patient is known by the id at the source under its issuer, until the user names the identifier that links", () => {
  const catalog = newCatalog();
  const config = { issuer: "Hospital", patientIdentifierSystem: "https://abha" };
  const [alone, linked] = [addResourcesSource(catalog), addResourcesSource(catalog, "Linked", config)];
  for (const source of [alone, linked])
    putAll(catalog, source, [person(), aPatient("91-1234"), anObservation("o", "absent")]);
  expect(identitiesOf(catalog, alone).identityOf("p")).toEqual({ issuer: "Server", id: "p" });
  const { identityOf, issuer } = identitiesOf(catalog, linked);
  expect(identityOf("p")).toEqual({ issuer: "Hospital", id: "91-1234" });
  // Whose logical id happens to be the number of another is not that other.
  expect(identityOf("91-1234")).toEqual({ issuer, id: "91-1234" });
  expect(identityOf("absent")).toEqual({ issuer, id: "absent" });
  expect(issuer).not.toBe("Hospital");
  expect(identityOf("?https://abha|91-1234")).toEqual(identityOf("p"));
});
