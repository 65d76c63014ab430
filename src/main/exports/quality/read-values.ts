import { isJsonObject, type Json, type JsonObject, type Resource } from "../../fhir/json.ts";
import { dataPointOf } from "../../omh/data-point.ts";
import { measuredType } from "../../omh/measures.ts";
import { readMeasure } from "../observations/read-observation.ts";

/** A number that was measured. */
export interface MeasuredValue {
  /** "8480-6", "omh:blood-glucose blood_glucose": a code, never words. */
  measure: string;
  /** As written. */
  unit: string;
  value: number;
}

/** Of an Observation: its value, those of its components, or those of its Open mHealth document (in one unit for each measure). */
export function measuredValues(observation: Resource): MeasuredValue[] {
  const point = dataPointOf(observation);
  if (point === "unreadable") return [];
  if (point === undefined) {
    const components = Array.isArray(observation["component"]) ? observation["component"].filter(isJsonObject) : [];
    return [observation, ...components].flatMap((holder) => quantityOf(holder) ?? []);
  }
  const type = measuredType(point.type);
  if (type === undefined) return [];
  const inner = type.within === undefined ? point.body : point.body[type.within];
  const body: JsonObject = isJsonObject(inner) ? inner : {};
  return type.measures.flatMap(({ name, dimension }) => {
    const { value, unit, written } = readMeasure(body[name], name, dimension);
    if (written === null) return [];
    return [
      {
        measure: `${type.type} ${name}`,
        unit: value === null ? unitOf(unit) : dimension.unit,
        value: value ?? written,
      },
    ];
  });
}

function quantityOf(holder: JsonObject): MeasuredValue | undefined {
  const quantity = holder["valueQuantity"];
  if (!isJsonObject(quantity) || typeof quantity["value"] !== "number") return undefined;
  // "<5" is no 5.
  if (quantity["comparator"] !== undefined) return undefined;
  const measure = codeOf(holder["code"]);
  return measure === undefined
    ? undefined
    : { measure, unit: unitOf(quantity["code"] ?? quantity["unit"]), value: quantity["value"] };
}

/** Units and codes are free for systems to make up, and tables of findings have not been through a policy: what reads like words is not told. */
const UNIT = /^[\w/%°µμ.*^()[\]{}'+-]{1,20}$/;
const CODE = /^[\w.:/+-]{1,64}$/;
export const OTHER = "other";

function unitOf(unit: Json | undefined): string {
  if (unit === undefined || unit === null || unit === "") return "";
  return typeof unit === "string" && UNIT.test(unit) ? unit : OTHER;
}

/** The first code of a concept. */
export function codeOf(concept: Json | undefined): string | undefined {
  const codings = isJsonObject(concept) && Array.isArray(concept["coding"]) ? concept["coding"] : [];
  for (const coding of codings)
    if (isJsonObject(coding) && typeof coding["code"] === "string")
      return CODE.test(coding["code"]) ? coding["code"] : OTHER;
  return undefined;
}
