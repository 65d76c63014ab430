import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/main/fhir/json.ts";
import { contextOf, resource, treated } from "./treating.ts";

const REGISTRATION = "Questionnaire/OralCancerPatientRegistration";
const AI = "https://midas.iisc.ac.in/CodeSystem/ai-result-value";

function item(
  linkId: string,
  answer: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return { linkId, answer: [answer], ...more };
}

/** As the application of Aarogya Aarohan sends it (facts of its link ids). */
const response = resource("QuestionnaireResponse", {
  questionnaire: REGISTRATION,
  status: "completed",
  contained: [{ resourceType: "Location", id: "gps", position: { latitude: 12.9716, longitude: 77.5946 } }],
  subject: { reference: "Patient/p1" },
  author: { reference: "Practitioner/flw-lakshmi" },
  authored: "2024-03-01T10:00:00+05:30",
  item: [
    {
      linkId: "basic-info-group",
      item: [
        item("location-physical-type", {
          valueCoding: {
            system: "https://terminology.midas.iisc.ac.in/CodeSystem/location-physical-type",
            code: "field",
          },
        }),
        item("patient-name-given", { valueString: "Lakshmi" }),
        item("patient-name-family", { valueString: "Gowda" }),
        item("patient-identifier-abha", { valueString: "91-1234-5678-9012" }),
        item("patient-age", { valueString: "years" }),
        item("patient-age-by-years", { valueInteger: 93 }),
        item("patient-age-by-dob", { valueDate: "1980-02-03" }),
        item("patient-contact-primary", { valueString: "9845012345" }),
        item("patient-contact-secondary", { valueInteger: 9845012346 }),
        item("patient-address-house", { valueString: "No 12" }),
        item("patient-address-village", { valueString: "temple" }),
        item("patient-address-pincode", { valueInteger: 562159 }),
        item("patient-address-state", {
          valueCoding: { system: "https://x.example", code: "KA", display: "Karnataka" },
        }),
        item("patient-address-district", { valueString: "Ramanagara" }),
      ],
    },
    { linkId: "habit-history-group", item: [item("patient-habit-tobacco", { valueString: "current" })] },
    {
      linkId: "screening-group",
      item: [
        item("patient-screening-lesion", { valueBoolean: true }),
        item("patient-screening-image-1", {
          valueAttachment: { contentType: "image/jpeg", url: "https://x.example/1" },
        }),
        item("patient-screening-image-1-ai-result", { valueString: "suspicious|0.87" }),
      ],
    },
    item("aa-reference-id", { valueString: "12345678" }),
    item("case-level-ai-result", { valueCoding: { system: AI, code: "suspicious" } }),
  ],
});

function answers(value: Json): Map<string, Json> {
  const found = new Map<string, Json>();
  const visit = (one: Json): void => {
    if (Array.isArray(one)) for (const each of one) visit(each);
    else if (typeof one === "object" && one !== null) {
      if (typeof one["linkId"] === "string" && one["answer"] !== undefined) found.set(one["linkId"], one["answer"]);
      for (const each of Object.values(one)) visit(each);
    }
  };
  visit(value);
  return found;
}

describe("a registration of Aarogya Aarohan", () => {
  const left = treated(response);

  it("says nothing of who and where: names, ABHA, telephones, house, village, pincode, day of birth, reference id, pictures, GPS, author", () => {
    const text = JSON.stringify(left);
    for (const secret of [
      "Lakshmi",
      "Gowda",
      "9012",
      "98450",
      "No 12",
      "562159",
      "temple",
      "1980-02-03",
      "12345678",
      "flw-",
      "12.97",
      "x.example/1",
    ])
      expect(text).not.toContain(secret);
    expect(left).not.toHaveProperty("author");
    expect(left).not.toHaveProperty("contained");
  });

  it("still says what screening found, in district and state", () => {
    const kept = answers(left);
    expect(kept.get("location-physical-type")).toMatchObject([{ valueCoding: { code: "field" } }]);
    expect(kept.get("patient-age-by-years")).toEqual([{ valueInteger: 90 }]);
    expect(kept.get("patient-age-by-dob")).toEqual([{ valueDate: "1980" }]);
    expect(kept.get("patient-address-state")).toEqual([{ valueCoding: { code: "KA", display: "Karnataka" } }]);
    expect(kept.get("patient-address-district")).toEqual([{ valueString: "Ramanagara" }]);
    expect(kept.get("patient-habit-tobacco")).toEqual([{ valueString: "current" }]);
    expect(kept.get("patient-screening-lesion")).toEqual([{ valueBoolean: true }]);
    expect(kept.get("patient-screening-image-1-ai-result")).toEqual([{ valueString: "suspicious|0.87" }]);
    expect(kept.get("case-level-ai-result")).toMatchObject([{ valueCoding: { code: "suspicious" } }]);
    expect(left["questionnaire"]).toBe(REGISTRATION);
  });

  it("keeps its groups, so that a table has its rows where they were", () => {
    expect((left["item"] as { linkId: string }[]).map(({ linkId }) => linkId)).toEqual([
      "basic-info-group",
      "habit-history-group",
      "screening-group",
      "aa-reference-id",
      "case-level-ai-result",
    ]);
  });

  it("gives telephones as keyed hashes, and no exact age beside a band, where the policy says so", () => {
    const kept = answers(treated(response, { phones: "hash", birth: "band5" }));
    expect(kept.get("patient-contact-primary")).toEqual([{ valueString: expect.stringMatching(/^tel-/) as string }]);
    expect(kept.has("patient-age-by-years")).toBe(false);
    expect(kept.has("patient-age-by-dob")).toBe(false);
  });
});

describe("answers of any questionnaire", () => {
  const answerOf = (linkId: string, answer: Record<string, unknown>, text?: string, options = {}): Json | undefined => {
    const source = resource("QuestionnaireResponse", { status: "completed", item: [item(linkId, answer, { text })] });
    return answers(treated(JSON.parse(JSON.stringify(source)) as typeof source, options)).get(linkId);
  };

  it.each([
    ["1.2", "What is your full name?", { valueString: "white" }],
    ["q7", "Your mobile number", { valueString: "9845012345" }],
    ["contactAddress", "", { valueString: "lane" }],
    ["dob", "", { valueString: "1980-02-03" }],
    ["3", "Date of birth", { valueDateTime: "1980-02-03T00:00:00Z" }],
    ["q9", "Aadhaar", { valueInteger: 4321 }],
    ["4", "Where do you live? (village)", { valueString: "green" }],
    ["5", "Weight at your last visit", { valueInteger: 560041 }],
  ])("go where the question asks who somebody is: %s %s", (linkId, text, answer) => {
    expect(answerOf(linkId, answer, text)).toBeUndefined();
  });

  it("keep ticks and codes, words that are codes, numbers, times, and dates as the policy has them", () => {
    expect(answerOf("1.1", { valueBoolean: false }, "Contact with a patient?")).toEqual([{ valueBoolean: false }]);
    expect(answerOf("symptoms", { valueString: "white_patches" })).toEqual([{ valueString: "white_patches" }]);
    expect(answerOf("/44250-9", { valueInteger: 3 })).toEqual([{ valueInteger: 3 }]);
    expect(answerOf("visit", { valueDate: "2024-03-01" }, "", { dates: "year" })).toEqual([{ valueDate: "2024" }]);
  });

  it("are keyed hashes of telephones, whichever questionnaire asks for one", () => {
    const answer = answerOf("q7", { valueString: "98450-12345" }, "Your mobile number", { phones: "hash" });
    expect(answer).toEqual([{ valueString: expect.stringMatching(/^tel-/) as string }]);
  });

  it("lose free text, or have it scrubbed", () => {
    const answer = { valueString: "Feels better since the last visit" };
    expect(answerOf("1.4", answer)).toBeUndefined();
    expect(answerOf("1.4", answer, "", { text: "scrub" })).toEqual([answer]);
  });

  it("have a code in place of a link id that says more than words, the same in the questionnaire itself", () => {
    const source = { linkId: "kanarius-7 Zyxqua", answer: [{ valueBoolean: true }] };
    const [left] = treated(resource("QuestionnaireResponse", { item: [source] }))["item"] as { linkId: string }[];
    expect(left!.linkId).toMatch(/^q-[0-9a-f]{16}$/);
    const questionnaire = treated(
      resource("Questionnaire", {
        status: "active",
        item: [{ linkId: "kanarius-7 Zyxqua", text: "x", type: "boolean" }],
      }),
    );
    expect(questionnaire["item"]).toEqual([{ linkId: left!.linkId, type: "boolean" }]);
  });

  it("do not tell the site of a questionnaire, and still tell which are of one", () => {
    const of = (questionnaire: string): Json | undefined =>
      treated(resource("QuestionnaireResponse", { status: "completed", questionnaire }))["questionnaire"];
    const url = "https://hospital.example/fhir/Questionnaire/phq9";
    expect(of(url)).toMatch(/^urn:uuid:/);
    expect(of(`${url}|2.0`)).toBe(of(url));
    expect(of(url)).toBe(treated(resource("Questionnaire", { status: "active", url }))["url"]);
    const { id } = treated(resource("Questionnaire", { id: "phq9", status: "active" }), {}, contextOf(null));
    expect(of("Questionnaire/phq9")).toBe(`Questionnaire/${typeof id === "string" ? id : ""}`);
  });
});
