import { columns, KEY, patientKey, view } from "./view-parts.ts";

/** One row an answer; an item without an answer has none. Items within items and within answers are gone through. */
export const questionnaireView = view(
  "questionnaire_response",
  "Answers to questionnaires",
  "QuestionnaireResponse",
  {
    column: columns(
      KEY,
      patientKey("subject"),
      ["questionnaire", "questionnaire", "canonical"],
      ["status", "status", "code"],
      ["authored", "authored", "dateTime"],
    ),
  },
  {
    repeat: ["item", "answer.item"],
    column: columns(["link_id", "linkId", "string"], ["question", "text", "string"]),
    select: [
      {
        forEach: "answer",
        column: columns(
          ["answer", "%rowIndex", "integer", "Which answer to this question, from 0"],
          ["value_text", "value.ofType(string)", "string"],
          ["value_code", "value.ofType(Coding).code", "code"],
          ["value_display", "value.ofType(Coding).display", "string"],
          ["value_system", "value.ofType(Coding).system", "uri"],
          ["value_boolean", "value.ofType(boolean)", "boolean"],
          ["value_integer", "value.ofType(integer)", "integer"],
          ["value_decimal", "value.ofType(decimal)", "decimal"],
          ["value_date", "value.ofType(date)", "date"],
          ["value_datetime", "value.ofType(dateTime)", "dateTime"],
          ["value_time", "value.ofType(time)", "string"],
          ["value_uri", "value.ofType(uri)", "uri"],
          ["value_quantity", "value.ofType(Quantity).value", "decimal"],
          ["value_unit", "value.ofType(Quantity).unit", "string"],
          ["attachment_type", "value.ofType(Attachment).contentType", "code"],
        ),
      },
    ],
  },
);
