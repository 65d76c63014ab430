import { isJsonObject, type Json, type JsonObject, type Resource } from "../../fhir/json.ts";
import {
  DETECTION_RESULTS,
  emptyCase,
  RECOMMENDATIONS,
  type Case,
  type DetectionResult,
  type FollowUp,
} from "./case.ts";
import {
  AI_RESULT_LINK_ID,
  DIAGNOSIS_LINK_ID,
  followUpOf,
  recommendationOf,
  resultOfDiagnosis,
  resultOfMachine,
  SCREENING_CATEGORY,
  SCREENING_LINK_ID,
  SCREENING_QUESTIONNAIRES,
} from "./screening-codes.ts";

/** Types of resources that a report reads; a patient's own is one of them. */
export const REPORTED_TYPES = ["Patient", "QuestionnaireResponse", "Observation", "Task"] as const;

/** What is worse goes before what is better; what a specialist said, before what a machine found. */
interface Found {
  diagnosis?: DetectionResult;
  machine?: DetectionResult;
}

/**
 * One patient as a report counts them.
 *
 * @param resources all of one patient, of the types that a report reads, in any order
 */
export function readCase(resources: Iterable<Resource>): Case {
  const found: Case = emptyCase();
  const results: Found = {};
  let outcome: FollowUp | undefined;
  for (const resource of resources) {
    switch (resource.resourceType) {
      case "Patient":
        Object.assign(found, regionOf(resource));
        break;
      case "QuestionnaireResponse":
        readResponse(resource, found, results);
        break;
      case "Observation":
        readObservation(resource, found, results);
        break;
      case "Task": {
        const recommendation = codesOf(resource["code"])
          .map(recommendationOf)
          .find((one) => one !== undefined);
        if (recommendation === undefined || isCancelled(resource)) break;
        if (RECOMMENDATIONS.indexOf(recommendation) < RECOMMENDATIONS.indexOf(found.recommendation))
          found.recommendation = recommendation;
        const ended = outputsOf(resource)
          .map(followUpOf)
          .find((one) => one !== undefined);
        if (isFollowed(recommendation) && (ended === "done" || outcome === undefined)) outcome = ended ?? outcome;
        break;
      }
    }
  }
  found.result = results.diagnosis ?? results.machine ?? "no-result";
  found.followUp = outcome ?? "not-recorded";
  return found;
}

/** What is to be followed up: to take a picture again, or to quit a habit, is not. */
export function isFollowed(recommendation: Case["recommendation"]): boolean {
  return recommendation === "urgent-referral" || recommendation === "additional-investigation";
}

function regionOf(patient: Resource): Pick<Case, "state" | "district"> {
  const addresses = objects(patient["address"]);
  const address = addresses.find(({ use }) => use !== "old" && use !== "temp") ?? addresses[0] ?? {};
  return { state: tidy(address["state"]), district: tidy(address["district"]) };
}

function readResponse(response: Resource, found: Case, results: Found): void {
  if (["entered-in-error", "stopped"].includes(String(text(response["status"])))) return;
  const name = (text(response["questionnaire"]) ?? "").split("|")[0]?.split("/").at(-1)?.toLowerCase() ?? "";
  if (SCREENING_QUESTIONNAIRES.has(name)) found.screened = true;
  for (const { linkId, words } of answersOf(response)) {
    if (SCREENING_LINK_ID.test(linkId)) found.screened = true;
    const isDiagnosis = linkId === DIAGNOSIS_LINK_ID;
    if (!isDiagnosis && linkId !== AI_RESULT_LINK_ID) continue;
    const result = words.map(isDiagnosis ? resultOfDiagnosis : resultOfMachine).find((one) => one !== undefined);
    if (result === undefined) continue;
    found.screened = true;
    keepWorse(results, isDiagnosis ? "diagnosis" : "machine", result);
  }
}

function readObservation(observation: Resource, found: Case, results: Found): void {
  const categories = objects(observation["category"]).flatMap(codesOf);
  const isScreening = [...categories, ...codesOf(observation["code"])].includes(SCREENING_CATEGORY);
  if (!isScreening || observation["status"] === "entered-in-error") return;
  found.screened = true;
  const words = [...codesOf(observation["valueCodeableConcept"]), text(observation["valueString"]) ?? ""];
  const result = words.map((word) => resultOfDiagnosis(word) ?? resultOfMachine(word)).find((one) => one !== undefined);
  if (result !== undefined) keepWorse(results, "machine", result);
}

function keepWorse(results: Found, by: keyof Found, result: DetectionResult): void {
  const before = results[by];
  if (before === undefined || DETECTION_RESULTS.indexOf(result) < DETECTION_RESULTS.indexOf(before))
    results[by] = result;
}

function isCancelled(task: Resource): boolean {
  return ["cancelled", "rejected", "entered-in-error"].includes(String(text(task["status"])));
}

function outputsOf(task: Resource): string[] {
  const outputs = objects(task["output"]).flatMap((output) => [
    ...codesOf(output["valueCodeableConcept"]),
    ...codesOf({ coding: isJsonObject(output["valueCoding"]) ? [output["valueCoding"]] : [] }),
    text(output["valueString"]) ?? text(output["valueCode"]) ?? "",
  ]);
  return [...outputs, ...codesOf(task["businessStatus"])];
}

/** Codes and displays of a CodeableConcept, and its text. */
function codesOf(concept: Json | undefined): string[] {
  if (!isJsonObject(concept)) return [];
  const codings = objects(concept["coding"]).flatMap(({ code, display }) => [text(code), text(display)]);
  return [...codings, text(concept["text"])].filter((word) => word !== undefined);
}

function* answersOf(parent: JsonObject): Generator<{ linkId: string; words: string[] }> {
  for (const item of objects(parent["item"])) {
    for (const answer of objects(item["answer"])) {
      const coding = answer["valueCoding"];
      const plain = text(answer["valueString"]) ?? text(answer["valueBoolean"]) ?? text(answer["valueInteger"]);
      const words = isJsonObject(coding) ? codesOf({ coding: [coding] }) : plain === undefined ? [] : [plain];
      const holds = words.length > 0 || answer["valueAttachment"] !== undefined;
      if (holds && typeof item["linkId"] === "string") yield { linkId: item["linkId"], words };
      yield* answersOf(answer);
    }
    yield* answersOf(item);
  }
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function text(value: Json | undefined): string | undefined {
  return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
}

/** Regions are typed by people: blanks at the ends and between words do not make another. */
function tidy(value: Json | undefined): string {
  return (text(value) ?? "").replaceAll(/\s+/g, " ").trim();
}
