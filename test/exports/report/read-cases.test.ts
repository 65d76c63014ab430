import { describe, expect, it } from "vitest";
import type { Json, Resource } from "../../../src/main/fhir/json.ts";
import { readCase } from "../../../src/main/exports/report/read-cases.ts";

const resource = (resourceType: string, rest: Record<string, Json>): Resource => ({ resourceType, ...rest });
const answer = (linkId: string, value: Record<string, Json>): Record<string, Json> => ({ linkId, answer: [value] });
const response = (questionnaire: string, ...item: Record<string, Json>[]): Resource =>
  resource("QuestionnaireResponse", { questionnaire, status: "completed", item });
const task = (code: string, output?: string, status = "requested"): Resource =>
  resource("Task", {
    status,
    code: { coding: [{ code }] },
    ...(output === undefined ? {} : { output: [{ valueCodeableConcept: { coding: [{ code: output }] } }] }),
  });

describe("A patient of a screening", () => {
  it("is registered and not screened where only the registration was answered", () => {
    const registered = response("Questionnaire/OralCancerPatientRegistration", {
      linkId: "basic-info-group",
      item: [answer("patient-gender", { valueCoding: { code: "female" } })],
    });
    expect(
      readCase([
        resource("Patient", {
          address: [
            { use: "old", state: "Kerala" },
            { state: " Karnataka ", district: "Bangalore  Urban" },
          ],
        }),
        registered,
      ]),
    ).toEqual({
      state: "Karnataka",
      district: "Bangalore Urban",
      screened: false,
      result: "no-result",
      recommendation: "none",
      followUp: "not-recorded",
    });
  });

  it("is screened where a question of the screening was answered, wherever it stands, a picture too", () => {
    const picture = {
      linkId: "g",
      item: [answer("patient-screening-image-3", { valueAttachment: { contentType: "image/jpeg" } })],
    };
    expect(readCase([response("Questionnaire/x", picture)]).screened).toBe(true);
    expect(
      readCase([response("https://midas.iisc.ac.in/fhir/Questionnaire/OralCancerScreenPatient|1.0")]).screened,
    ).toBe(true);
    expect(readCase([response("Questionnaire/x", { linkId: "patient-screening-lesion" })]).screened).toBe(false);
  });

  it("has the specialist's diagnosis before the machine's, and of several the worst", () => {
    const machine = response("q", answer("case-level-ai-result", { valueString: "suspicious|0.93" }));
    const normal = response("q", answer("provisional-diagnosis", { valueCoding: { display: "Oral cavity normal" } }));
    const bad = response(
      "q",
      answer("provisional-diagnosis", { valueString: "Squamous-cell carcinoma of oral mucosa" }),
    );
    expect(readCase([machine]).result).toBe("suspicious-low-risk");
    expect(readCase([machine, normal]).result).toBe("not-suspicious");
    expect(readCase([bad, normal, machine]).result).toBe("suspicious-high-risk");
    expect(readCase([response("q", answer("provisional-diagnosis", { valueString: "unclear" }))])).toMatchObject({
      screened: false,
      result: "no-result",
    });
  });

  it("has the guide's observations too", () => {
    const observation = resource("Observation", {
      status: "final",
      code: { coding: [{ code: "oral-cancer-screening" }] },
      valueCodeableConcept: { coding: [{ system: "https://artpark.in/screening-result", code: "high-risk" }] },
    });
    expect(readCase([observation])).toMatchObject({ screened: true, result: "suspicious-high-risk" });
    expect(readCase([{ ...observation, status: "entered-in-error" }]).screened).toBe(false);
  });

  it("is counted by the most urgent recommendation, in both spellings, unless that was cancelled", () => {
    expect(readCase([task("quit_habit"), task("urgent_referral"), task("retake-image")]).recommendation).toBe(
      "urgent-referral",
    );
    expect(
      readCase([task("quit-habit"), task("urgent-refer-to-hospital", undefined, "cancelled")]).recommendation,
    ).toBe("quit-habit");
    expect(readCase([task("something-else")]).recommendation).toBe("none");
  });

  it("was followed up where one of the tasks that matter says so", () => {
    expect(
      readCase([task("urgent_referral", "AGREED_FOLLOWUP_NOT_DONE"), task("add_investigation_needed", "FOLLOWUP_DONE")])
        .followUp,
    ).toBe("done");
    expect(readCase([task("urgent_referral", "NOT_RESPONDED")]).followUp).toBe("not-responded");
    expect(readCase([task("urgent_referral")]).followUp).toBe("not-recorded");
    expect(readCase([task("quit_habit", "FOLLOWUP_DONE")]).followUp).toBe("not-recorded");
  });
});
