import type { NoticeMeaning } from "../../contract/notice.ts";
import { POLICY_OPTIONS, type PolicyOption } from "../../contract/policy.ts";

export const IDENTIFIED_NOTICE = "This package names the patient: everything is as it was at the source.";

/** What each option leaves, as a receiver should read it. */
const OPTION_NOTICES: Readonly<Record<PolicyOption, string>> = {
  "retain-uids": "UIDs are those of the source: whoever has access to it can find the patient by them.",
  "retain-device":
    "Serial numbers and names of devices and stations are kept: they tell where the patient was examined.",
  "retain-institution": "Names and addresses of institutions are kept: they tell where the patient was examined.",
  "retain-patient-characteristics":
    "Age (90 years and more as 90), sex, size, weight and similar are kept: together with other knowledge they can identify.",
  "full-dates": "Dates and times are those of the source: together with other knowledge they can identify.",
  "modified-dates":
    "Dates are shifted by a constant number of days for each patient, times are unchanged: the intervals between examinations are real.",
  "clean-descriptors":
    "Descriptions keep words of an allow-list of anatomy and technique; a word that is also a name is kept unless the file itself gives it as one.",
  "clean-graphics":
    "Overlays that mark regions of interest are kept; overlays of graphics, their labels and curves are removed.",
  "retain-safe-private": "Private attributes of PS3.15 Table E.3.10-1 are kept.",
};

/** What every pseudonymised package leaves. */
const COMMON_NOTICES = {
  "pixel-data-unchanged":
    "Pixel data are unchanged: whoever has the original pictures can find them again, and faces can be rebuilt from head CT and MR.",
  "text-in-pictures":
    "Text burned into pictures is not searched for, and comments inside compressed pictures are not removed.",
  "project-key": "Whoever holds the project key can compute which pseudonym belongs to which patient.",
} as const;

/** What tables tell as well. */
export const PROJECT_KEY_NOTICE: string = COMMON_NOTICES["project-key"];
export const FULL_DATES_NOTICE: string = OPTION_NOTICES["full-dates"];

const HELD_INCLUDED_NOTICE =
  "Instances that may show identity in a way the policy cannot clean are included at the request of the exporter: look at them before handing them on.";
const DROPPED_NOTICE = " values of AI analysis results were left out: they could not be shown to be safe.";

/** @param dropped values of AI analysis results */
export function droppedNotice(dropped: number): string {
  return `${dropped}${DROPPED_NOTICE}`;
}

const MEANINGS: ReadonlyMap<string, NoticeMeaning> = new Map<string, NoticeMeaning>([
  [IDENTIFIED_NOTICE, { code: "identified" }],
  [COMMON_NOTICES["pixel-data-unchanged"], { code: "pixel-data-unchanged" }],
  [COMMON_NOTICES["text-in-pictures"], { code: "text-in-pictures" }],
  [COMMON_NOTICES["project-key"], { code: "project-key" }],
  ...POLICY_OPTIONS.map((code): [string, NoticeMeaning] => [OPTION_NOTICES[code], { code }]),
  [HELD_INCLUDED_NOTICE, { code: "held-included" }],
]);

/** What a sentence of a receipt says, for whoever reads another language; null where it is of another version. */
export function meaningOfNotice(sentence: string): NoticeMeaning | null {
  if (sentence.endsWith(DROPPED_NOTICE)) {
    const number = sentence.slice(0, -DROPPED_NOTICE.length);
    return /^\d{1,15}$/.test(number) ? { code: "analysis-values-dropped", count: Number(number) } : null;
  }
  return MEANINGS.get(sentence) ?? null;
}

/**
 * Sentences on what could still identify somebody in a pseudonymised package.
 *
 * @param includeHeld instances that the policy would hold back were let pass.
 */
export function policyNotices(options: readonly PolicyOption[], includeHeld: boolean): string[] {
  const notices: string[] = Object.values(COMMON_NOTICES);
  for (const option of [...new Set(options)].sort()) notices.push(OPTION_NOTICES[option]);
  if (includeHeld) notices.push(HELD_INCLUDED_NOTICE);
  return notices;
}
