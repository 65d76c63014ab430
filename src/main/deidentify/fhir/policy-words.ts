import type { FhirPseudonymised } from "../../../contract/fhir.ts";

export const IDENTIFIED_NOTICE = "This package names the patients: everything is as it was at the source.";

const DATES: Readonly<Record<FhirPseudonymised["dates"], string>> = {
  shift: "dates shifted by a number of whole days of each patient",
  year: "of dates the year alone",
  keep: "dates as they were at the source",
};
const BIRTH: Readonly<Record<FhirPseudonymised["birth"], string>> = {
  year: "of birth dates the year alone, over 89 years together",
  band5: "bands of age of 5 years in place of birth dates, over 89 years together",
  band10: "bands of age of 10 years in place of birth dates, over 89 years together",
};

/** What the policy does, in words for the receipt. */
export function optionsOf(policy: FhirPseudonymised): string[] {
  return [
    "ids and references replaced under the project key",
    DATES[policy.dates],
    BIRTH[policy.birth],
    policy.text === "drop" ? "free text left out" : "free text scrubbed",
    policy.phones === "remove" ? "telephone numbers left out" : "telephone numbers as keyed hashes",
    policy.images === "exclude"
      ? "pictures left out"
      : "pictures kept, without what is written beside them in their files",
    ...(policy.codeSystems ?? []).map((url) => `codes of ${url} kept`),
  ];
}

/** What every receiver should read, then what the options leave. */
export function noticesOf(policy: FhirPseudonymised): string[] {
  return [
    "Pseudonyms are derived from identifiers under a secret key: the data are pseudonymised, not anonymous (45 CFR 164.514(c), GDPR Article 4(5)).",
    "Only listed elements are here, codes only of known systems: what is not here may have been at the source.",
    "District, state and country of addresses are kept; districts of few people can identify together with other knowledge.",
    ...(policy.dates === "shift"
      ? [
          "Dates are shifted, times and intervals are real. A shifted date is still a date: this is no Safe Harbor (45 CFR 164.514(b)(2)).",
        ]
      : []),
    ...(policy.dates === "year"
      ? ["Moments that FHIR wants to the second (issued) are left out, since only the year may be told."]
      : []),
    ...(policy.dates === "keep"
      ? ["Dates are those of the source: together with other knowledge they can identify."]
      : []),
    ...(policy.birth === "year"
      ? []
      : [
          `Bands of age are in the extension urn:satchel:age-band of Patient, as of the day of the export or of death.`,
        ]),
    ...(policy.text === "scrub"
      ? ["Scrubbed text has a lower risk, and is not anonymous: a name or a number may have been missed."]
      : []),
    ...(policy.phones === "hash"
      ? ["Whoever has the project key can try telephone numbers against their hashes."]
      : []),
    ...(policy.images === "include"
      ? ["Pictures are as they were: a face, a tattoo or writing within them identifies."]
      : []),
    ...(policy.codeSystems === undefined
      ? []
      : ["Codes of local systems were kept because the recipe lists them; nobody checked what they say."]),
  ];
}
