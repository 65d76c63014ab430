import { isJsonObject, type JsonObject } from "../../fhir/json.ts";
import { judgeCode } from "./code-systems.ts";
import { elementsOf } from "./element-tables.ts";
import type { Rule } from "./treatment.ts";
import { isUnit } from "./units.ts";

const COMPARATORS = elementsOf("Quantity").get("comparator")!.codes!;
/** How many of it are a year. */
const YEAR: Readonly<Record<string, number>> = {
  a: 1,
  year: 1,
  years: 1,
  yr: 1,
  yrs: 1,
  mo: 12,
  month: 12,
  months: 12,
  wk: 52.18,
  weeks: 52.18,
  d: 365.25,
  days: 365.25,
};
/** The oldest age that stands alone in 45 CFR 164.514(b)(2)(i)(C). */
const LAST_AGE = 89;

/** A number with its unit. Nothing in a record lasts 90 years but a life: whatever is longer becomes 90 years and more. */
export const quantityRule: Rule = (value, treatment) => {
  if (!isJsonObject(value)) return treatment.drop(value);
  const result: JsonObject = {};
  let filled = false;
  const { system, code } = value;
  const isCode = typeof system === "string" && typeof code === "string" && judgeCode(system, code) !== undefined;
  for (const name in value) {
    const item = value[name]!;
    const passes =
      name === "value"
        ? typeof item === "number" && treatment.person.isSilentNumber(item)
        : typeof item === "string" &&
          (name === "unit"
            ? isUnit(item) && treatment.person.isSilent(item)
            : name === "comparator"
              ? COMPARATORS.has(item)
              : name === "code"
                ? isCode && treatment.person.isSilent(item)
                : name === "system" && isCode);
    if (passes) {
      result[name] = item;
      filled = true;
    } else {
      treatment.drop(item);
      if (name === "comparator") treatment.withhold("unknown-modifier");
    }
  }
  capAge(result, () => treatment.count("generalised"));
  return filled ? result : undefined;
};

/** @returns whether it is no more than 89 years, or no time at all */
function capAge(quantity: JsonObject, onCapped: () => void): void {
  const unit = quantity["code"] ?? quantity["unit"];
  const { value } = quantity;
  if (typeof unit !== "string" || typeof value !== "number") return;
  const perYear = YEAR[unit.toLowerCase()];
  if (perYear === undefined || Math.floor(value / perYear) <= LAST_AGE) return;
  quantity["value"] = Math.floor((LAST_AGE + 1) * perYear);
  quantity["comparator"] = ">=";
  onCapped();
}

/** An age without a unit that can be read is no longer than it says. */
export const ageRule: Rule = (value, treatment) => {
  const result = quantityRule(value, treatment);
  if (!isJsonObject(result)) return result;
  const unit = result["code"] ?? result["unit"];
  return typeof unit === "string" && YEAR[unit.toLowerCase()] !== undefined ? result : treatment.drop(result);
};

/** SampledData.data: numbers, "E", "U" and "L" (FHIR R4 2.24.0.11), none so long that it could be a number of somebody. */
export const sampledDataText: Rule = (value, treatment) =>
  typeof value === "string" &&
  /^(?:-?\d{1,7}(?:\.\d{1,9})?(?:[eE][+-]?\d{1,2})?|[EUL])(?:\s+(?:-?\d{1,7}(?:\.\d{1,9})?(?:[eE][+-]?\d{1,2})?|[EUL]))*\s*$/.test(
    value,
  )
    ? value
    : treatment.drop(value);
