import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import schemas from "../../../resources/omh-schemas.json" with { type: "json" };
import type { Json } from "../fhir/json.ts";

/** What an Open mHealth document does not keep to, by the schema's own words: never a value of the document. */
export interface Judgement {
  /** False where there is no schema of that name: nothing can be said then. */
  known: boolean;
  valid: boolean;
  /** "blood_glucose.unit: enum"; at most five. */
  faults: string[];
}

const MOST_FAULTS = 5;
/** References are names relative to this; nothing is ever fetched. */
const BASE = "https://schemas.invalid/";
const compiled = new Map<string, ValidateFunction | null>();
let ajv: Ajv | undefined;

/**
 * Judges a body by the schema of its type (openmhealth/schemas, IEEE 1752.1; scripts/make-omh-schemas.ts).
 *
 * @param type "omh:blood-glucose:4.0"
 */
export function validateBody(type: string, body: Json): Judgement {
  const validate = validatorOf(type);
  if (validate === null) return { known: false, valid: false, faults: [] };
  if (validate(body)) return { known: true, valid: true, faults: [] };
  const faults = new Set((validate.errors ?? []).map(faultOf));
  return { known: true, valid: false, faults: [...faults].slice(0, MOST_FAULTS) };
}

function validatorOf(type: string): ValidateFunction | null {
  const known = compiled.get(type);
  if (known !== undefined) return known;
  const validate = Object.hasOwn(schemas, type) ? (open().getSchema(BASE + type) ?? null) : null;
  compiled.set(type, validate);
  return validate;
}

/** Schemas are compiled when the first document of their type comes: all of them would take a second. */
function open(): Ajv {
  if (ajv !== undefined) return ajv;
  ajv = new Ajv({ strict: false, validateSchema: false, allErrors: false });
  formats.default(ajv, { mode: "full" });
  // Names of resources on the web; the schemas use it for references alone.
  ajv.addFormat("iri", true);
  for (const [key, schema] of Object.entries(schemas)) ajv.addSchema({ ...schema, $id: BASE + key });
  return ajv;
}

/** The place in the document, and the rule that it breaks; names that the document made up itself are not told. */
function faultOf({ instancePath, schemaPath, keyword, params }: ErrorObject): string {
  const named = schemaPath.match(/(?<=\/properties\/)[^/]+/g)?.at(-1);
  const missing: unknown = params["missingProperty"];
  const at = keyword === "required" && typeof missing === "string" ? missing : named;
  const depth = instancePath === "" ? "" : instancePath.split("/").slice(1, -1).join(".");
  const place = [depth.replaceAll(/[^\w.]/g, ""), at ?? ""].filter((part) => part !== "").join(".");
  return `${place === "" ? "document" : place}: ${keyword}`;
}
