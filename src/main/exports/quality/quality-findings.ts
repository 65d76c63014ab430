import { createHash } from "node:crypto";
import required from "../../../../resources/fhir-required.json" with { type: "json" };
import type { Json, Resource } from "../../fhir/json.ts";
import { GrowingNumbers } from "../dataset/growing-numbers.ts";
import { toldType } from "../dataset/told-type.ts";
import { dataPointOf } from "../../omh/data-point.ts";
import { validateBody } from "../../omh/validate-body.ts";
import { dateFindings, type DateFinding, type Lifetime } from "./read-dates.ts";
import { codeOf, measuredValues, OTHER, type MeasuredName } from "./read-values.ts";

/** A resource with the catalog's number, by which it is named when findings are written down. */
export interface Examined {
  row: number;
  resource: Resource;
  /** Of an Observation: as the policy lets it leave; undefined where it holds it back. */
  treated: Resource | undefined;
}

/** Values of one measure in one unit: 16 bytes each. */
interface Values {
  values: GrowingNumbers;
  rows: GrowingNumbers;
}

/** What is wrong with one resource. */
export interface ResourceFinding {
  row: number;
  type: string;
  what: string;
  element: string;
}

export interface ExaminedPatient {
  /** As the patient leaves. */
  id: string;
  /** Resources by type, and observations by their Open mHealth type. */
  counts: ReadonlyMap<string, number>;
}

/**
 * Goes once through the resources of a selection, patient by patient. In memory are 16 bytes a value, the counts of each patient, and what was
 * found.
 */
export class QualityFindings {
  readonly types = new Map<string, number>();
  readonly patients: ExaminedPatient[] = [];
  readonly measures = new Map<string, Values>();
  readonly dates: (ResourceFinding & DateFinding)[] = [];
  readonly missing: ResourceFinding[] = [];
  readonly invalid: ResourceFinding[] = [];
  /** Resources that say the same: the first, and the others. */
  readonly duplicates: { row: number; of: number; type: string }[] = [];
  /** What the policy leaves no name, by what its source calls it. */
  readonly #nameless = { measure: new Map<string, string>(), unit: new Map<string, string>() };
  readonly #today: string;

  /** @param today ISO date */
  constructor(today: string) {
    this.#today = today;
  }

  /** All resources of one patient, or some of nobody. */
  add(patient: string | undefined, examined: readonly Examined[]): void {
    const counts = new Map<string, number>();
    const lifetime = lifetimeOf(examined);
    const met = new Map<string, number>();
    for (const { row, resource, treated } of examined) {
      const type = toldType(resource.resourceType, "pseudonymised");
      this.types.set(type, (this.types.get(type) ?? 0) + 1);
      counts.set(type, (counts.get(type) ?? 0) + 1);
      this.#readObservation(row, resource, treated, counts);
      for (const finding of dateFindings(resource, lifetime, this.#today))
        this.dates.push({ row, type, what: finding.problem, ...finding });
      for (const element of lacking(resource)) this.missing.push({ row, type, what: "missing", element });
      const signature = signatureOf(resource);
      const first = met.get(signature);
      if (first === undefined) met.set(signature, row);
      else this.duplicates.push({ row, of: first, type });
    }
    if (patient !== undefined) this.patients.push({ id: patient, counts });
  }

  /** "other 1": one name for all that has one name at its source. */
  #nameOf(kind: "measure" | "unit", { own, told }: MeasuredName): string {
    if (told !== undefined && told !== OTHER) return told;
    const names = this.#nameless[kind];
    let name = names.get(own);
    if (name === undefined) names.set(own, (name = `${OTHER} ${names.size + 1}`));
    return name;
  }

  #readObservation(row: number, resource: Resource, treated: Resource | undefined, counts: Map<string, number>): void {
    if (resource.resourceType !== "Observation") return;
    for (const { measure, unit, value } of treated === undefined ? [] : measuredValues(resource, treated)) {
      const key = `${this.#nameOf("measure", measure)}\n${this.#nameOf("unit", unit)}`;
      let values = this.measures.get(key);
      if (values === undefined)
        this.measures.set(key, (values = { values: new GrowingNumbers(), rows: new GrowingNumbers() }));
      values.values.push(value);
      values.rows.push(row);
    }
    const point = dataPointOf(resource);
    if (point === undefined) {
      const code = codeOf(resource["code"]);
      if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
      return;
    }
    const type = resource.resourceType;
    if (point === "unreadable") {
      this.invalid.push({ row, type, what: "unreadable", element: "valueAttachment" });
      return;
    }
    counts.set(point.type, (counts.get(point.type) ?? 0) + 1);
    const { known, valid, faults } = validateBody(point.type, point.body);
    if (known && !valid) this.invalid.push({ row, type, what: point.type, element: faults.join("; ") });
  }
}

function lifetimeOf(examined: readonly Examined[]): Lifetime {
  const patient = examined.find(({ resource }) => resource.resourceType === "Patient")?.resource;
  const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
  return { birth: text(patient?.["birthDate"]), death: text(patient?.["deceasedDateTime"]) };
}

/** Elements that a resource must have and has not. */
function lacking(resource: Resource): string[] {
  const names = (required as Record<string, string[]>)[resource.resourceType] ?? [];
  return names.filter((name) => {
    if (!name.endsWith("[x]")) return resource[name] === undefined;
    const stem = name.slice(0, -3);
    return !Object.keys(resource).some((key) => key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)));
  });
}

/** What does not make two resources two. */
const OWN = new Set(["id", "meta", "text", "identifier"]);
/** What makes two observations one. */
const OBSERVED = /^(?:resourceType|code|subject|effective|value|component|dataAbsentReason)/;

/** Equal for resources that say the same of one patient. */
function signatureOf(resource: Resource): string {
  const isObservation = resource.resourceType === "Observation";
  const said = Object.entries(resource)
    .filter(([name]) => (isObservation ? OBSERVED.test(name) : !OWN.has(name)))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(said)).digest("base64").slice(0, 22);
}
