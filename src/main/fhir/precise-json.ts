import type { Json, Resource } from "./json.ts";

/** A number that JSON.parse cannot give back as it was written: with zeros at its end, an exponent, or more digits than it keeps. */
const IMPRECISE = /[:,[]\s*-?(?:\d+\.\d*0(?=\s*[,}\]])|\d*\.?\d{16}|[\d.]+[eE])/;

export interface ParsedResource {
  resource: Resource;
  /**
   * As JSON, every number as it was written: "The precision of the decimal value has significance" (FHIR R4, 2.24.0.1). Numbers that were changed
   * are written as they are.
   *
   * @param resource the one that was parsed, or what became of it
   */
  write: (resource: Resource) => string;
}

/**
 * Parses a resource that can be written with its numbers as they were: 1.0 is not 1. How they were is looked for when it is written, which rows of
 * tables never are; nearly all resources have no number that needs it.
 *
 * @throws SyntaxError
 */
export function parseResource(text: string): ParsedResource {
  return {
    resource: JSON.parse(text) as Resource,
    write: (treated) => (IMPRECISE.test(text) ? writePrecisely(text, treated) : JSON.stringify(treated)),
  };
}

function writePrecisely(text: string, treated: Resource): string {
  const written = new Map<string, string | undefined>();
  JSON.parse(text, (name, value: Json, context?: { source?: string }) => {
    if (typeof value === "number" && context?.source !== undefined) note(written, keyOf(name, value), context.source);
    return value;
  });
  return JSON.stringify(treated, (name, value: unknown) => precise(written, name, value));
}

/** By name and value: the policy may move what stands beside it. One that is written in two ways is left to JSON. */
function note(written: Map<string, string | undefined>, key: string, source: string): void {
  written.set(key, written.has(key) && written.get(key) !== source ? undefined : source);
}

/** Members of arrays are named by their place, which changes when others are left out. */
function keyOf(name: string, value: number): string {
  return `${/^\d+$/.test(name) ? "" : name} ${value}`;
}

function precise(written: ReadonlyMap<string, string | undefined>, name: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  const source = written.get(keyOf(name, value));
  return source === undefined || source === String(value) ? value : rawJson(source);
}

/** ECMAScript 2026, JSON.rawJSON: in Node 24, and not yet in the types of TypeScript. */
const { rawJSON: rawJson } = JSON as unknown as { rawJSON: (text: string) => unknown };
