import type { DetectionResult, FollowUp, Recommendation } from "./case.ts";

/**
 * The codes of Aarogya Aarohan's oral cancer screening (artpark/aarogya-aarohan, questionnaires and Task codes), and those of its export
 * guide. Texts are compared without case, accents and marks.
 */

/** Canonical or relative names of questionnaires whose responses are screenings, as far as their last part tells. */
export const SCREENING_QUESTIONNAIRES = new Set([
  "oralcancerscreenpatient",
  "oral-cancer-screening",
  "orallabelimage",
  "oralcancerlabelimage",
]);
/** LinkIds within any questionnaire that only a screening has. */
export const SCREENING_LINK_ID = /^patient-screening-(?:mouth-open|lesion|self-reported|image-\d+)$/;
/** `Observation.category` of a screening. */
export const SCREENING_CATEGORY = "oral-cancer-screening";

export const DIAGNOSIS_LINK_ID = "provisional-diagnosis";
export const AI_RESULT_LINK_ID = "case-level-ai-result";

/** Diagnoses of specialists, with the risk that the system gives them. */
const DIAGNOSES: Readonly<Record<string, DetectionResult>> = {
  "oral cavity normal": "not-suspicious",
  benign: "not-suspicious",
  "smokeless tobacco keratosis": "suspicious-low-risk",
  "homogenous oral leukoplakia": "suspicious-low-risk",
  "homogenous leukoplakia": "suspicious-low-risk",
  "oral lichen planus": "suspicious-low-risk",
  "speckled leukoplakia": "suspicious-high-risk",
  "verrucous leukoplakia": "suspicious-high-risk",
  "proliferative verrucous leukoplakia": "suspicious-high-risk",
  erythroplakia: "suspicious-high-risk",
  "squamous cell carcinoma of oral mucosa": "suspicious-high-risk",
  "squamous cell carcinoma": "suspicious-high-risk",
};

/** What a machine found, and what observations of the guide say. */
const RESULTS: Readonly<Record<string, DetectionResult>> = {
  suspicious: "suspicious-low-risk",
  "non suspicious": "not-suspicious",
  "high risk": "suspicious-high-risk",
  "low risk": "suspicious-low-risk",
  normal: "not-suspicious",
};

/** Both spellings of each occur. */
const TASKS: Readonly<Record<string, Recommendation>> = {
  "urgent refer to hospital": "urgent-referral",
  "urgent referral": "urgent-referral",
  "additional investigation needed": "additional-investigation",
  "add investigation needed": "additional-investigation",
  "retake image": "retake-image",
  "retake photo": "retake-image",
  "quit habit": "quit-habit",
};

const OUTPUTS: Readonly<Record<string, FollowUp>> = {
  "followup done": "done",
  "agreed followup not done": "agreed-not-done",
  "followup not done": "agreed-not-done",
  "not agreed for followup": "not-agreed",
  "not responded": "not-responded",
  "not contacted": "not-contacted",
};

function find<Value>(words: Readonly<Record<string, Value>>, text: string): Value | undefined {
  const folded = foldCode(text);
  return Object.hasOwn(words, folded) ? words[folded] : undefined;
}

export const resultOfDiagnosis = (text: string): DetectionResult | undefined => find(DIAGNOSES, text);
export const resultOfMachine = (text: string): DetectionResult | undefined => find(RESULTS, text.split("|")[0] ?? "");
export const recommendationOf = (code: string): Recommendation | undefined => find(TASKS, code);
export const followUpOf = (text: string): FollowUp | undefined => find(OUTPUTS, text);

/** "FOLLOWUP_DONE", "follow-up done" and "Followup done" are one. */
function foldCode(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, " ")
    .replaceAll("follow up", "followup")
    .trim();
}
