import { z } from "./schema.ts";

/**
 * How far somebody may see, where that is not everything: studies that any other source holds too stay out, and those of other patients.
 * The engine sets it for accounts (main/access/accounts) and keeps it in their recipes.
 */
export const within = z
  .object({
    /** Names of sources. */
    sources: z.array(z.string()),
    patients: z.array(z.object({ id: z.string(), issuer: z.string().optional() }).strict()).optional(),
  })
  .strict();

/** What a study must be to be found. Everything given must hold; of the lists, one of each. A patient is found by one of its studies. */
export const searchFilter = z
  .object({
    /** Each word must occur somewhere in the study or its patient. */
    text: z.string().optional(),
    patientId: z.string().optional(),
    /** With `patientId`, where two hospitals share an id. */
    issuer: z.string().optional(),
    modality: z.string().optional(),
    modalities: z.array(z.string()).optional(),
    /** Names of sources. */
    sources: z.array(z.string()).optional(),
    /** Each word must occur in the study's description. */
    description: z.string().optional(),
    withAnalyses: z.boolean().optional(),
    /** ISO dates, both days included. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    within: within.optional(),
  })
  .strict();
export type SearchFilter = z.infer<typeof searchFilter>;

export const PATIENT_COLUMNS = [
  "name",
  "patientId",
  "birthDate",
  "sex",
  "studies",
  "instances",
  "lastStudyDate",
] as const;
export const STUDY_COLUMNS = [
  "studyDate",
  "patientName",
  "patientId",
  "modality",
  "description",
  "accessionNumber",
  "series",
  "instances",
  "bytes",
] as const;
