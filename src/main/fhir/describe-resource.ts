import facts from "../../../resources/fhir-facts.json" with { type: "json" };
import { dataPointEvent } from "./data-point-event.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import { parseMoment, type FhirMoment } from "./moment.ts";
import { patientIdOf } from "./patient-reference.ts";
import { listOf, objectsOf, textOf, valuesAt } from "./values-at.ts";

/** What the catalog keeps of a resource beside its JSON. */
export interface ResourceDescription {
  type: string;
  id: string;
  /** `meta.versionId`; "" where it has none. */
  version: string;
  /** Microseconds since 1970, UTC; null where it has none. */
  lastUpdated: number | null;
  /** Some elements were left out by the server (tag SUBSETTED). */
  subsetted: boolean;
  /** Logical id of the patient whom it is about; "" for nobody. See patientIdOf. */
  patient: string;
  /** When the resource is about, or else when it was written down. */
  event: FhirMoment;
  /** "system|code" of all codings of what it is. */
  codes: string[];
  /** Its first display, or its text. */
  text: string;
}

/** Why it cannot be kept, as a clause. */
export interface NoResource {
  invalid: string;
}

type Paths = Readonly<Record<string, readonly (readonly string[])[]>>;

const split = (of: Record<string, string[]>): Paths =>
  Object.assign(
    Object.create(null) as object,
    Object.fromEntries(Object.entries(of).map(([type, paths]) => [type, paths.map((path) => path.split("."))])),
  );
const PATIENT = split(facts.patient);
const DAY = split(facts.day);
const CODE = split(facts.code);

/** Letters of a type of resource, whatever the release of FHIR. */
const TYPE = /^[A-Z][A-Za-z]{1,63}$/;
/** Wider than FHIR's own ids: servers have others. What would break a reference is none. */
const ID = /^[^\s/?#|\\\p{Cc}]{1,255}$/u;
const LONGEST_TEXT = 200;
const NO_EVENT: FhirMoment = { day: "", at: null };

/** Reads what the catalog keeps of a resource. The tree is not changed and not kept. */
export function describeResource(resource: Json): ResourceDescription | NoResource {
  if (!isJsonObject(resource)) return { invalid: "it is no JSON object" };
  const type = resource["resourceType"];
  if (typeof type !== "string" || !TYPE.test(type)) return { invalid: "it has no resourceType" };
  if (type === "OperationOutcome") return { invalid: `an OperationOutcome stands in its place${severities(resource)}` };
  const id = typeof resource["id"] === "number" ? String(resource["id"]) : textOf(resource["id"]);
  if (!ID.test(id)) return { invalid: id === "" ? `a ${type} without an id` : `a ${type} whose id is none` };
  const meta = isJsonObject(resource["meta"]) ? resource["meta"] : {};
  const coded = codesOf(type, resource);
  return {
    type,
    id,
    version: textOf(meta["versionId"]),
    lastUpdated: parseMoment(textOf(meta["lastUpdated"]))?.at ?? null,
    subsetted: objectsOf(meta["tag"]).some(({ code }) => code === "SUBSETTED"),
    patient: type === "Patient" ? id : patientOf(type, resource),
    event: eventOf(type, resource),
    ...coded,
  };
}

/** Severities and codes of FHIR's own lists: diagnostics may hold anything. */
function severities({ issue }: JsonObject): string {
  const said = objectsOf(issue)
    .map(({ severity, code }) => [textOf(severity), textOf(code)].filter((word) => /^[a-z-]{2,20}$/.test(word)))
    .filter((words) => words.length > 0)
    .map((words) => words.join(" "));
  return said.length === 0 ? "" : ` (${[...new Set(said)].slice(0, 3).join(", ")})`;
}

function patientOf(type: string, resource: JsonObject): string {
  for (const path of PATIENT[type] ?? [])
    for (const reference of valuesAt(resource, path)) {
      const id = patientIdOf(reference);
      if (id !== "") return id;
    }
  return "";
}

function eventOf(type: string, resource: JsonObject): FhirMoment {
  for (const path of DAY[type] ?? [])
    for (const value of valuesAt(resource, path)) {
      const said = isJsonObject(value) ? textOf(value["start"]) || textOf(value["end"]) : textOf(value);
      const event = said === "" ? undefined : parseMoment(said);
      if (event !== undefined) return event;
    }
  return (type === "Observation" ? dataPointEvent(resource) : undefined) ?? NO_EVENT;
}

function codesOf(type: string, resource: JsonObject): { codes: string[]; text: string } {
  // A form is known by its canonical address (R4 QuestionnaireResponse.questionnaire), whatever its version.
  if (type === "QuestionnaireResponse") {
    const [form = ""] = textOf(resource["questionnaire"]).split("|");
    return { codes: form === "" ? [] : [`|${form}`], text: "" };
  }
  for (const path of CODE[type] ?? []) {
    const codes: string[] = [];
    let text = "";
    for (const value of valuesAt(resource, path)) {
      if (!isJsonObject(value)) continue;
      // R5 CodeableReference.
      const concept = isJsonObject(value["concept"]) ? value["concept"] : value;
      const codings = concept["coding"] === undefined ? [concept] : listOf(concept["coding"]).filter(isJsonObject);
      for (const { system, code, display } of codings) {
        if (typeof code === "string" && code !== "") codes.push(`${textOf(system)}|${code}`);
        if (text === "") text = textOf(display);
      }
      if (text === "") text = textOf(concept["text"]);
    }
    if (codes.length > 0 || text !== "") return { codes: [...new Set(codes)], text: text.slice(0, LONGEST_TEXT) };
  }
  return { codes: [], text: "" };
}
