import { describe, expect, it } from "vitest";
import { collectLinkIds, questionnaireWide } from "../../../src/main/exports/views/questionnaire-wide.ts";
import type { Resource } from "../../../src/main/fhir/json.ts";

const response = (id: string, item: unknown): Resource =>
  ({
    resourceType: "QuestionnaireResponse",
    id,
    subject: { reference: "Patient/p" },
    status: "completed",
    item,
  }) as Resource;

describe("One row a response, one column a question", () => {
  const responses = [
    response("a", [
      { linkId: "age", answer: [{ valueInteger: 47 }] },
      { linkId: "habits", answer: [{ valueCoding: { code: "tobacco" } }, { valueCoding: { code: "areca" } }] },
    ]),
    response("b", [
      {
        linkId: "habits",
        answer: [{ valueBoolean: false, item: [{ linkId: "why", answer: [{ valueString: "never" }] }] }],
      },
      { linkId: "weight", answer: [{ valueQuantity: { value: 61.5, unit: "kg" } }] },
    ]),
  ];
  const linkIds = new Set<string>();
  for (const one of responses) collectLinkIds(one, linkIds);
  const view = questionnaireWide([...linkIds]);

  it("has a column for every question that anybody answered, in the order in which they come", () => {
    expect(view.columns.slice(5).map(({ name }) => name)).toEqual(["age", "habits", "why", "weight"]);
  });

  it("leaves a cell empty where a question was not answered, and joins several answers", () => {
    expect(responses.flatMap((one) => view.rows(one))).toEqual([
      ["a", "p", null, "completed", null, "47", "tobacco; areca", null, null],
      ["b", "p", null, "completed", null, null, "false", "never", "61.5 kg"],
    ]);
  });
});
