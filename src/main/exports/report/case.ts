/** What a report counts of a patient: no name, no number, no date. */
export interface Case {
  /** "" where no address tells it. */
  state: string;
  district: string;
  screened: boolean;
  /** Of those who were screened. */
  result: DetectionResult;
  /** The most urgent of what was recommended. */
  recommendation: Recommendation;
  /** Of those to whom a hospital or an investigation was recommended. */
  followUp: FollowUp;
}

export const DETECTION_RESULTS = [
  "suspicious-high-risk",
  "suspicious-low-risk",
  "not-suspicious",
  "no-result",
] as const;
export type DetectionResult = (typeof DETECTION_RESULTS)[number];

/** From the most urgent on. */
export const RECOMMENDATIONS = [
  "urgent-referral",
  "additional-investigation",
  "retake-image",
  "quit-habit",
  "none",
] as const;
export type Recommendation = (typeof RECOMMENDATIONS)[number];

export const FOLLOW_UPS = [
  "done",
  "agreed-not-done",
  "not-agreed",
  "not-responded",
  "not-contacted",
  "not-recorded",
] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];

export function emptyCase(): Case {
  return {
    state: "",
    district: "",
    screened: false,
    result: "no-result",
    recommendation: "none",
    followUp: "not-recorded",
  };
}
