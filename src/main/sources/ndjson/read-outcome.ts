import { isJsonObject, type Json } from "../../fhir/json.ts";
import { objectsOf, textOf } from "../../fhir/values-at.ts";
import { folderOf, type FoundFile } from "./find-files.ts";

/** What an OperationOutcome says, without its words: those may name a patient. */
export function readOutcome(json: Buffer): { errors: string[]; warnings: number } {
  const outcome = parseJson(json);
  const errors: string[] = [];
  let warnings = 0;
  for (const { severity, code } of isJsonObject(outcome) ? objectsOf(outcome["issue"]) : [])
    if (severity === "error" || severity === "fatal") errors.push(textOf(code).replaceAll(/[^a-z-]/g, ""));
    else warnings += 1;
  return { errors, warnings };
}

/** Null where it is no JSON. */
export function parseJson(json: Buffer): Json {
  try {
    return JSON.parse(json.toString()) as Json;
  } catch {
    return null;
  }
}

/** For a problem: "all.ndjson, line 3". */
export function place(file: FoundFile, where: string): string {
  return where === "" ? file.ref : `${file.ref}, ${where}`;
}

/** The folder of a file, or its name where it lies in none, as an id: nothing in it may end a reference. */
export function patientOfPlace(ref: string): string {
  const folder = folderOf(ref);
  return encodeURIComponent(folder === "" ? ref.replace(/\.(?:ndjson|jsonl|json)(?:\.gz)?$/i, "") : folder);
}
