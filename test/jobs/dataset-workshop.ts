import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FhirRecipe, ViewRecipe } from "../../src/contract/fhir-recipe.ts";
import { createWorkshop, syncAll, type Workshop } from "./workshop.ts";

export interface DatasetSize {
  patients: number;
  observationsEach: number;
  organizations?: number;
}

/** Invented resources as NDJSON files; the same for the same size. */
function writeResources(folder: string, { patients, observationsEach, organizations = 3 }: DatasetSize): void {
  mkdirSync(folder, { recursive: true });
  const people = range(patients).map((number) => ({
    resourceType: "Patient",
    id: `p${number}`,
    identifier: [{ system: "https://hospital.example/mrn", value: `MRN-${1_000 + number}` }],
    name: [{ family: `Silva${number}`, given: ["Ana"] }],
    gender: number % 2 === 0 ? "female" : "male",
    birthDate: `19${50 + (number % 50)}-03-04`,
  }));
  const observations = range(patients * observationsEach).map((number) => {
    const day = String(1 + (number % 28)).padStart(2, "0");
    return {
      resourceType: "Observation",
      id: `o${number}`,
      status: "final",
      code: { coding: [{ system: "http://loinc.org", code: number % 2 === 0 ? "8867-4" : "2339-0" }] },
      subject: { reference: `Patient/p${number % patients}` },
      effectiveDateTime: `2024-02-${day}T08:30:00Z`,
      valueQuantity: {
        value: 60 + (number % 90),
        unit: number % 2 === 0 ? "beats/minute" : "mg/dL",
        system: "http://unitsofmeasure.org",
        code: number % 2 === 0 ? "/min" : "mg/dL",
      },
    };
  });
  const houses = range(organizations).map((number) => ({
    resourceType: "Organization",
    id: `h${number}`,
    name: `Hospital ${number}`,
  }));
  writeFileSync(join(folder, "Patient.ndjson"), lines(people));
  writeFileSync(join(folder, "Observation.ndjson.gz"), gzipSync(lines(observations)));
  writeFileSync(join(folder, "Organization.ndjson"), lines(houses));
}

function range(length: number): number[] {
  return Array.from({ length }, (_, number) => number);
}

export function lines(resources: readonly object[]): string {
  return resources.map((one) => `${JSON.stringify(one)}\n`).join("");
}

/** A workshop whose catalog holds what a folder of NDJSON files holds. */
export async function createDatasetWorkshop(root: string, size: DatasetSize): Promise<Workshop> {
  const folder = join(root, "files");
  writeResources(folder, size);
  return workshopOf(root, folder);
}

export async function workshopOf(root: string, folder: string): Promise<Workshop> {
  const workshop = await createWorkshop(root);
  const { app, client } = await workshop.open();
  try {
    await client["sources.add"]({
      name: "files",
      kind: "ndjson",
      config: { path: folder, timeZone: "America/Sao_Paulo" },
    });
    await syncAll(client, "files");
  } finally {
    await app.close();
  }
  return workshop;
}

export function fhirTo(destination: string, change: Partial<FhirRecipe> = {}): FhirRecipe {
  return {
    kind: "fhir",
    version: 1,
    selection: {},
    policy: { kind: "identified", reason: "to compare what leaves with what came", withoutConsent: "include" },
    layout: "ndjson",
    gzip: false,
    format: "folder",
    compress: 0,
    destination,
    ...change,
  };
}

export function viewTo(destination: string, change: Partial<ViewRecipe> = {}): ViewRecipe {
  return {
    kind: "view",
    version: 1,
    selection: {},
    policy: pseudonymised(),
    views: [{ name: "observation" }],
    table: "csv",
    formulas: "guard",
    format: "folder",
    compress: 0,
    destination,
    ...change,
  };
}

export function pseudonymised(): Extract<FhirRecipe["policy"], { kind: "pseudonymised" }> {
  return {
    kind: "pseudonymised",
    key: "lung",
    dates: "shift",
    birth: "year",
    text: "drop",
    phones: "remove",
    images: "exclude",
    withoutConsent: "include",
  };
}
