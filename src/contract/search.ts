import { z } from "./schema.ts";

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
