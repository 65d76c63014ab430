import type { Json } from "../json.ts";
import { isJsonObject } from "../json.ts";

const DATE_TIME = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/;
const ZONED = /(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Equality of two values (FHIRPath 6.1.1). @returns undefined where it is not known: dates of different precision
 */
export function equals(left: Json, right: Json): boolean | undefined {
  if (typeof left === "string" && typeof right === "string") {
    if (left === right) return true;
    if (!DATE_TIME.test(left) || !DATE_TIME.test(right)) return false;
    const order = compareTimes(left, right);
    return order === undefined ? undefined : order === 0;
  }
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((one, index) => equals(one, right[index] ?? null) === true);
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const names = Object.keys(left);
    if (names.length !== Object.keys(right).length) return false;
    return names.every((name) => {
      const other = right[name];
      return other !== undefined && equals(left[name] ?? null, other) === true;
    });
  }
  return left === right;
}

/** Order of two numbers, texts, dates or times (FHIRPath 6.2). @returns negative, 0, positive; undefined where they have none */
export function compare(left: Json, right: Json): number | undefined {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left !== "string" || typeof right !== "string") return undefined;
  if (DATE_TIME.test(left) && DATE_TIME.test(right)) return compareTimes(left, right);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** As far as both are precise; undefined where they agree so far and one tells more (FHIRPath 6.2, comparison of partial dates). */
function compareTimes(left: string, right: string): number | undefined {
  if (left.length > 10 && right.length > 10 && ZONED.test(left) === ZONED.test(right)) {
    const zone = ZONED.test(left) ? "" : "Z";
    return Date.parse(padded(left) + zone) - Date.parse(padded(right) + zone);
  }
  const parts = Math.min(left.length, right.length);
  const [one, other] = [left.slice(0, parts), right.slice(0, parts)];
  if (one !== other) return one < other ? -1 : 1;
  return left.length === right.length ? 0 : undefined;
}

/** "T10:00" without seconds is written by some, and Date.parse takes it; hours alone it does not. */
function padded(text: string): string {
  return text.replace(/T(\d{2})(?=$|Z|[+-])/, "T$1:00");
}
