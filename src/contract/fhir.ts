import { z } from "./schema.ts";

const words = z.array(z.string().min(1)).min(1).optional();

/** Which resources leave. Everything given must hold; of the lists, one of each. */
export const resourcesFilter = z
  .object({
    /** Names of sources. */
    sources: words,
    /** Types of resources: "Observation". Left out: all that the catalog holds. */
    types: words,
    /** Logical ids of patients at their source. Resources of no patient stay out where this is given. */
    patients: words,
    /** Ids of studies (FHIR Groups, studies of JupyterHealth Exchange): the patients who take part in one of them. */
    studies: words,
    /** Of `Observation.code` and what has a code in its place: "system|code", or a code of any system. */
    codes: words,
    /** ISO dates, both days included, of the day that the resource is about, in the hospital's time zone; what has no such day stays out and is counted. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    /**
     * A generation of this workspace's records, as a watch keeps it: only what was added or changed later, and all that is selected of
     * patients whose consent, studies or identifiers changed. Says nothing anywhere else.
     */
    changedSince: z.int().min(0).optional(),
  })
  .strict();
export type ResourcesFilter = z.infer<typeof resourcesFilter>;

/**
 * Default deny: what no rule lets pass is left out. Dates: `shift` moves all of a patient by one number of whole days, `year` leaves the year,
 * `keep` leaves them. Birth dates: the year, or a band of 5 or 10 years of age at the time of the export; who is over 89 is in one band with
 * all others. Safe Harbor (45 CFR 164.514(b)(2)) is met by `year` alone: a shifted date is still a date.
 */
export const fhirPseudonymised = z
  .object({
    kind: z.literal("pseudonymised"),
    /** Name of a project key. */
    key: z.string().min(1),
    dates: z.enum(["shift", "year", "keep"]),
    birth: z.enum(["year", "band5", "band10"]),
    /** Free text: left out, or scrubbed by the rules for notes. */
    text: z.enum(["drop", "scrub"]),
    phones: z.enum(["remove", "hash"]),
    /** Attachments and Binary resources that are pictures. */
    images: z.enum(["exclude", "include"]),
    /** Data of patients of whom no consent was recorded at all. Refused and withdrawn consent is always obeyed. */
    withoutConsent: z.enum(["include", "exclude"]),
    /** URLs of local code systems whose codes may leave, beside those of international ones. */
    codeSystems: z.array(z.string().min(1)).optional(),
  })
  .strict();

/** Somebody else's rules, as Microsoft's anonymizer and the MIRACUM pseudonymizer write them. Parsed and checked before anything is read. */
export const fhirByRules = z
  .object({
    kind: z.literal("rules"),
    /** What the receipt calls them: the file's name. */
    name: z.string().min(1),
    /** Text of the file, JSON or YAML. Secrets within it never leave in a receipt. */
    document: z.string().min(1),
    /** Where the document leaves them to the user: of cryptoHash, dateShift and encrypt they are derived from it. */
    key: z.string().min(1).optional(),
    withoutConsent: z.enum(["include", "exclude"]),
  })
  .strict();

const fhirIdentified = z
  .object({
    kind: z.literal("identified"),
    /** Why; written to the receipt and the audit log. */
    reason: z.string().min(1),
    withoutConsent: z.enum(["include", "exclude"]),
  })
  .strict();

export const fhirPolicy = z.discriminatedUnion("kind", [fhirPseudonymised, fhirByRules, fhirIdentified]);
export type FhirPolicy = z.infer<typeof fhirPolicy>;
export type FhirPseudonymised = z.infer<typeof fhirPseudonymised>;
export type FhirByRules = z.infer<typeof fhirByRules>;

/** What a policy did to the elements of resources; what a receipt counts, by type of resource. */
export const ELEMENT_TREATMENTS = [
  "dropped",
  "pseudonymised",
  "shifted",
  "generalised",
  "scrubbed",
  "hashed",
  "replaced",
  "encrypted",
  /** Texts that still say something of the patient: imported rules may keep them on purpose. */
  "identifying",
] as const;
export type ElementTreatment = (typeof ELEMENT_TREATMENTS)[number];

/** Why a resource that was selected is not in the package. A decision of policy or consent, never a failure. */
export const WITHHELD_REASONS = [
  "no-consent",
  "consent-refused",
  "consent-withdrawn",
  "unknown-modifier",
  /** No rule says what of its type may leave. */
  "not-listed",
  "picture",
  "unreadable",
] as const;
export type WithheldReason = (typeof WITHHELD_REASONS)[number];

/** Measures of the aggregate report. */
export const REPORT_MEASURES = ["coverage", "detection", "referral", "follow-up"] as const;
export type ReportMeasure = (typeof REPORT_MEASURES)[number];
