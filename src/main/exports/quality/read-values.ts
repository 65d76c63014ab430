import { isJsonObject, type Json, type JsonObject, type Resource } from "../../fhir/json.ts";
import { dataPointOf } from "../../omh/data-point.ts";
import { measuredType } from "../../omh/measures.ts";
import { readMeasure } from "../observations/read-observation.ts";

/** What a measure or a unit is called at the source, and how it may be called outside: undefined where the policy took its name out. */
export interface MeasuredName {
  own: string;
  told: string | undefined;
}

/** A number that was measured. */
export interface MeasuredValue {
  /** "8480-6", "omh:blood-glucose blood_glucose": a code, never words. */
  measure: MeasuredName;
  unit: MeasuredName;
  value: number;
}

/**
 * Of an Observation: its value, those of its components, or those of its Open mHealth document (in one unit for each measure). Values that the
 * policy leaves out are none: a number of seven digits may be somebody's own.
 *
 * @param treated the same as the policy lets it leave
 */
export function measuredValues(observation: Resource, treated: Resource): MeasuredValue[] {
  if (dataPointOf(observation) === undefined) {
    const left = holdersOf(treated);
    return holdersOf(observation).flatMap((holder, place) => {
      const value = numberOf(holder);
      const same = (one: JsonObject, index: number): boolean =>
        (index === 0) === (place === 0) && numberOf(one) === value;
      const found = value === undefined ? -1 : left.findIndex(same);
      // Each is taken once.
      const [leaving] = found < 0 ? [] : left.splice(found, 1, {});
      return (leaving === undefined ? undefined : quantityOf(holder, leaving)) ?? [];
    });
  }
  const point = dataPointOf(treated);
  if (point === undefined || point === "unreadable") return [];
  const type = measuredType(point.type);
  if (type === undefined) return [];
  const inner = type.within === undefined ? point.body : point.body[type.within];
  const body: JsonObject = isJsonObject(inner) ? inner : {};
  return type.measures.flatMap(({ name, dimension }) => {
    const { value, unit, written } = readMeasure(body[name], name, dimension);
    if (written === null) return [];
    return [
      {
        measure: toldAs(`${type.type} ${name}`),
        unit: value === null ? toldAs(unitOf(unit)) : toldAs(dimension.unit),
        value: value ?? written,
      },
    ];
  });
}

const toldAs = (own: string): MeasuredName => ({ own, told: own });

/** The Observation itself, then its components. */
function holdersOf(observation: Resource): JsonObject[] {
  const components = Array.isArray(observation["component"]) ? observation["component"].filter(isJsonObject) : [];
  return [observation, ...components];
}

function numberOf({ valueQuantity: quantity }: JsonObject): number | undefined {
  if (!isJsonObject(quantity) || typeof quantity["value"] !== "number") return undefined;
  // "<5" is no 5.
  return quantity["comparator"] === undefined ? quantity["value"] : undefined;
}

function quantityOf(holder: JsonObject, leaving: JsonObject): MeasuredValue | undefined {
  const value = numberOf(holder);
  const own = firstCode(holder["code"]);
  if (own === undefined || value === undefined) return undefined;
  const written = unitIn(holder);
  const unit = written === "" ? "" : unitIn(leaving);
  return {
    measure: { own, told: codeOf(leaving["code"]) },
    unit: { own: written, told: unit === "" && written !== "" ? undefined : unitOf(unit) },
    value,
  };
}

function unitIn({ valueQuantity: quantity }: JsonObject): string {
  const unit = isJsonObject(quantity) ? (quantity["code"] ?? quantity["unit"]) : undefined;
  return typeof unit === "string" ? unit : "";
}

/** Units and codes are free for systems to make up: what reads like words is not told, whatever let it pass. */
const UNIT = /^[\w/%°µμ.*^()[\]{}'+-]{1,20}$/;
const CODE = /^[\w.:/+-]{1,64}$/;
export const OTHER = "other";

function unitOf(unit: Json | undefined): string {
  if (unit === undefined || unit === null || unit === "") return "";
  return typeof unit === "string" && UNIT.test(unit) ? unit : OTHER;
}

/** The first code of a concept. */
export function codeOf(concept: Json | undefined): string | undefined {
  const code = firstCode(concept);
  return code === undefined || CODE.test(code) ? code : OTHER;
}

function firstCode(concept: Json | undefined): string | undefined {
  const codings = isJsonObject(concept) && Array.isArray(concept["coding"]) ? concept["coding"] : [];
  for (const coding of codings) if (isJsonObject(coding) && typeof coding["code"] === "string") return coding["code"];
  return undefined;
}
