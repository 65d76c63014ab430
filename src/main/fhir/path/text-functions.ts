import { SatchelError } from "../../../contract/errors.ts";
import type { Json } from "../json.ts";

/** What is found with a pattern, for as long as the pattern is used. */
const patterns = new Map<string, RegExp>();
const MOST_PATTERNS = 100;

/** Functions of one text (FHIRPath 5.6 and 5.5): undefined gives the empty collection. Numbers and truths come as text. */
export const TEXT_FUNCTIONS: Readonly<
  Record<string, (text: string, parameters: readonly (Json | undefined)[]) => Json | undefined>
> = {
  startsWith: (text, [other]) => (typeof other === "string" ? text.startsWith(other) : undefined),
  endsWith: (text, [other]) => (typeof other === "string" ? text.endsWith(other) : undefined),
  contains: (text, [other]) => (typeof other === "string" ? text.includes(other) : undefined),
  indexOf: (text, [other]) => (typeof other === "string" ? text.indexOf(other) : undefined),
  substring(text, [start, length]) {
    if (typeof start !== "number" || start < 0 || start >= text.length) return undefined;
    return typeof length === "number" ? text.slice(start, start + length) : text.slice(start);
  },
  length: (text) => text.length,
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  trim: (text) => text.trim(),
  replace: (text, [from, to]) =>
    typeof from === "string" && typeof to === "string" ? text.replaceAll(from, to) : undefined,
  matches: (text, [pattern]) => (typeof pattern === "string" ? patternOf(pattern).test(text) : undefined),
  replaceMatches: (text, [pattern, to]) =>
    typeof pattern === "string" && typeof to === "string"
      ? // FHIRPath 5.6 names groups as "${year}", JavaScript as "$<year>".
        text.replace(patternOf(pattern, "g"), to.replaceAll(/\$\{(\w+)\}/g, "$<$1>"))
      : undefined,
  toString: (text: string) => text,
  toInteger: (text) => (/^[+-]?\d+$/.test(text) ? Number(text) : undefined),
  toDecimal: (text) => (/^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined),
  toBoolean: (text) =>
    /^(?:true|t|yes|y|1(?:\.0)?)$/i.test(text) ? true : /^(?:false|f|no|n|0(?:\.0)?)$/i.test(text) ? false : undefined,
  abs: (text) => of(text, Math.abs),
  ceiling: (text) => of(text, Math.ceil),
  floor: (text) => of(text, Math.floor),
  truncate: (text) => of(text, Math.trunc),
  round: (text, [digits]) =>
    of(text, (value) => Number(value.toFixed(typeof digits === "number" ? Math.min(20, Math.max(0, digits)) : 0))),
};

function of(text: string, count: (value: number) => number): number | undefined {
  const value = Number(text);
  return Number.isNaN(value) ? undefined : count(value);
}

/** @throws USAGE where it is no regular expression */
function patternOf(source: string, flags = ""): RegExp {
  const key = `${flags}/${source}`;
  const known = patterns.get(key);
  if (known !== undefined) {
    known.lastIndex = 0;
    return known;
  }
  try {
    const pattern = new RegExp(source, `${flags}u`);
    if (patterns.size >= MOST_PATTERNS) patterns.clear();
    patterns.set(key, pattern);
    return pattern;
  } catch (cause) {
    throw new SatchelError("USAGE", `This is no regular expression: ${source}`, "Correct the expression.", { cause });
  }
}
