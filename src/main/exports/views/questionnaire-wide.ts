import type { Json, JsonObject, Resource } from "../../fhir/json.ts";
import { isJsonObject } from "../../fhir/json.ts";
import { textOf } from "../../fhir/path/item.ts";
import type { Cell, TableColumn } from "../table/table.ts";
import type { CompiledView } from "./view.ts";

/** Adds the linkIds that were answered, in the order in which they are met. */
export function collectLinkIds(resource: Resource, into: Set<string>): void {
  for (const { linkId } of answersOf(resource)) into.add(linkId);
}

/**
 * One row a response, one column a question: what a ViewDefinition cannot say, since its columns are what the responses hold. Several answers
 * to one question stand in one cell, joined by "; ".
 *
 * @param linkIds of all responses, as `collectLinkIds` found them
 */
export function questionnaireWide(linkIds: readonly string[]): CompiledView {
  const places = new Map(linkIds.map((linkId, index) => [linkId, index]));
  return {
    name: "questionnaire-response-wide",
    title: "Responses to questionnaires",
    resource: "QuestionnaireResponse",
    columns: [...FIXED, ...linkIds.map(questionColumn)],
    rows(resource) {
      const answers: (string[] | undefined)[] = [];
      for (const { linkId, value } of answersOf(resource)) {
        const place = places.get(linkId);
        if (place !== undefined) (answers[place] ??= []).push(value);
      }
      const fixed: Cell[] = [
        text(resource["id"]),
        referenceKey(resource["subject"]),
        text(resource["questionnaire"]),
        text(resource["status"]),
        text(resource["authored"]),
      ];
      return [[...fixed, ...linkIds.map((_, place) => answers[place]?.join("; ") ?? null)]];
    },
  };
}

function column(name: string, type: TableColumn["type"], description: string): TableColumn {
  return { name, type, title: name, description, required: false, treatment: "as the policy left it" };
}

const FIXED: readonly TableColumn[] = [
  { ...column("id", "string", "Id of the response in this data set"), required: true, unique: true },
  column("patient_id", "string", "Id of the patient in this data set"),
  column("questionnaire", "string", "Questionnaire that was answered"),
  column("status", "string", "Status of the response"),
  column("authored", "datetime", "When it was answered"),
];

function questionColumn(linkId: string): TableColumn {
  return column(linkId, "string", `Answers to the question with the linkId ${linkId}; several are joined by "; "`);
}

/** All answers at any depth: items within items, and within answers. */
function* answersOf(parent: JsonObject): Generator<{ linkId: string; value: string }> {
  for (const item of objects(parent["item"])) {
    const { linkId } = item;
    for (const answer of objects(item["answer"])) {
      const value = valueOf(answer);
      if (typeof linkId === "string" && value !== undefined) yield { linkId, value };
      yield* answersOf(answer);
    }
    yield* answersOf(item);
  }
}

function valueOf(answer: JsonObject): string | undefined {
  const name = Object.keys(answer).find((key) => /^value[A-Z]/.test(key));
  const value = name === undefined ? undefined : answer[name];
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) return textOf(value);
  switch (name) {
    case "valueCoding":
      return text(value["code"]) ?? text(value["display"]) ?? undefined;
    case "valueQuantity": {
      const unit = text(value["unit"]) ?? text(value["code"]);
      return [text(value["value"]), unit].filter((part) => part !== null).join(" ");
    }
    case "valueReference":
      return text(value["reference"]) ?? undefined;
    case "valueAttachment":
      return text(value["contentType"]) ?? "attachment";
    default:
      return JSON.stringify(value);
  }
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function text(value: Json | undefined): string | null {
  return value === undefined || value === null ? null : textOf(value);
}

function referenceKey(value: Json | undefined): string | null {
  const reference = isJsonObject(value) ? value["reference"] : undefined;
  return typeof reference === "string" ? (/^Patient\/([^/]+)$/.exec(reference)?.[1] ?? null) : null;
}
