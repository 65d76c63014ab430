import type { DemoPatient } from "../patients.ts";
import type { SeriesPlan, StudyPlan } from "../plan.ts";

/** Everything the header modules may know about the series an instance belongs to. All UIDs are settled. */
export interface SeriesContext {
  patient: DemoPatient;
  study: StudyPlan;
  series: SeriesPlan;
  studyNumber: number;
  /** From 1. */
  seriesNumber: number;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  frameOfReferenceUid: string;
  /** Makes any further UID of this series from a label. */
  uid: (label: string) => string;
}

/** A coded concept as its one-item sequence wants it (PS3.3 8.8). */
export function code(
  value: string,
  scheme: string,
  meaning: string,
): [{ CodeValue: string; CodingSchemeDesignator: string; CodeMeaning: string }] {
  return [{ CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning }];
}

/** TM `seconds` later than `time`, within the same day, to the hundredth of a second. */
export function laterTime(time: string, seconds: number): string {
  const start = Number(time.slice(0, 2)) * 3600 + Number(time.slice(2, 4)) * 60 + Number(time.slice(4));
  const total = Math.min(86_399.99, start + seconds);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const hundredths = Math.round((total % 1) * 100) % 100;
  return `${two(total / 3600)}${two((total / 60) % 60)}${two(total % 60)}.${two(hundredths)}0000`;
}

/** AS at the day of the study: years, or months under two years. */
export function ageAt(birthDate: string, studyDate: string): string {
  const months =
    (Number(studyDate.slice(0, 4)) - Number(birthDate.slice(0, 4))) * 12 +
    Number(studyDate.slice(4, 6)) -
    Number(birthDate.slice(4, 6)) -
    (studyDate.slice(6) < birthDate.slice(6) ? 1 : 0);
  return months < 24 ? `${String(months).padStart(3, "0")}M` : `${String(Math.floor(months / 12)).padStart(3, "0")}Y`;
}
