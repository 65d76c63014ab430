import { expect, test } from "vitest";
import { consentDecisions } from "../../src/main/fhir/consent-decisions.ts";
import type { JsonObject } from "../../src/main/fhir/json.ts";

const decided = (change: JsonObject) =>
  consentDecisions({
    resourceType: "Consent",
    status: "active",
    patient: { reference: "Patient/p" },
    dateTime: "2024-01-01",
    ...change,
  }).map(({ scope, decision }) => `${decision} ${scope}`);
const types = "http://hl7.org/fhir/resource-types";

test("R4: what the outer provision says of all holds but for the exceptions within it", () => {
  expect(decided({ provision: { type: "permit" } })).toEqual(["permit *"]);
  expect(decided({ provision: { type: "deny" } })).toEqual(["deny *"]);
  expect(
    decided({
      provision: {
        type: "permit",
        provision: [
          { type: "deny", class: [{ system: types, code: "Condition" }] },
          { code: [{ coding: [{ system: "http://loinc.org", code: "55277-8" }] }] },
        ],
      },
    }),
  ).toEqual(["permit *", `deny ${types}|Condition`, "deny http://loinc.org|55277-8"]);
});

test("R5: the decision stands apart and its provisions are exceptions from it", () => {
  expect(
    decided({ decision: "deny", provision: [{ resourceType: [{ system: types, code: "Observation" }] }] }),
  ).toEqual(["deny *", `permit ${types}|Observation`]);
  expect(
    consentDecisions({
      resourceType: "Consent",
      status: "active",
      subject: { reference: "Patient/q" },
      date: "2024",
      decision: "permit",
      period: { end: "2026" },
    }),
  ).toEqual([{ patient: "q", scope: "*", decision: "permit", decidedAt: "2024", until: "2026" }]);
});

test("without a provision the rule of opting in permits, and without any rule nothing is permitted", () => {
  expect(decided({ policyRule: { coding: [{ code: "OPTIN" }] } })).toEqual(["permit *"]);
  expect(decided({ policyRule: { coding: [{ code: "OPTOUT" }] } })).toEqual(["deny *"]);
  expect(decided({})).toEqual(["deny *"]);
  expect(decided({ policyRule: { coding: [{ code: "OPTIN" }] }, provision: { period: { end: "2030" } } })).toEqual([
    "permit *",
  ]);
});

test("what permits only to somebody, for another purpose or of some period permits nothing here; what denies so denies all", () => {
  const conditions: JsonObject[] = [
    { actor: [{ reference: { reference: "Organization/other" } }] },
    { purpose: [{ code: "TREAT" }] },
    { securityLabel: [{ code: "R" }] },
    { dataPeriod: { start: "2020" } },
    { action: [{ coding: [{ code: "collect" }] }] },
  ];
  for (const condition of conditions) {
    expect(decided({ provision: { type: "permit", ...condition } })).toEqual(["deny *"]);
    expect(decided({ provision: { type: "deny", ...condition } })).toEqual(["deny *"]);
  }
  expect(
    decided({
      provision: { type: "permit", purpose: [{ code: "HRESCH" }], action: [{ coding: [{ code: "disclose" }] }] },
    }),
  ).toEqual(["permit *"]);
});

test("what was only proposed, entered in error, or governs treatment decides nothing; what is over is a refusal", () => {
  for (const status of ["draft", "proposed", "entered-in-error"])
    expect(decided({ status, provision: { type: "permit" } })).toEqual([]);
  for (const code of ["treatment", "adr"])
    expect(decided({ scope: { coding: [{ code }] }, provision: { type: "permit" } })).toEqual([]);
  for (const status of ["inactive", "rejected"])
    expect(decided({ status, provision: { type: "permit" } })).toEqual(["deny *"]);
  expect(decided({ patient: { reference: "#contained" }, provision: { type: "permit" } })).toEqual([]);
});

test("of two provisions about the same the refusal holds", () => {
  expect(decided({ provision: { type: "permit", provision: [{ type: "deny" }] } })).toEqual(["deny *"]);
});
