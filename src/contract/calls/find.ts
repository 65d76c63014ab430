import { call } from "../rpc.ts";
import { z } from "../schema.ts";
import { PATIENT_COLUMNS, searchFilter, STUDY_COLUMNS } from "../search.ts";
import { windowOf } from "./common.ts";

const descending = z.boolean().default(false);
const patientQuery = searchFilter.extend({
  ...windowOf,
  sort: z
    .object({ column: z.enum(PATIENT_COLUMNS), descending })
    .strict()
    .optional(),
});
const studyQuery = searchFilter.extend({
  ...windowOf,
  sort: z
    .object({ column: z.enum(STUDY_COLUMNS), descending })
    .strict()
    .optional(),
});

const patientRow = z.object({
  patientId: z.string(),
  issuer: z.string(),
  /** Another patient, of another issuer, bears the same id: the issuer must be shown to tell them apart. */
  sharesId: z.boolean(),
  name: z.string(),
  birthDate: z.string(),
  sex: z.string(),
  studies: z.int(),
  instances: z.int(),
  bytes: z.int(),
  lastStudyDate: z.string(),
});
export type PatientRow = z.infer<typeof patientRow>;

const studyRow = z.object({
  studyInstanceUid: z.string(),
  patientId: z.string(),
  issuer: z.string(),
  sharesId: z.boolean(),
  patientName: z.string(),
  studyDate: z.string(),
  modality: z.string(),
  description: z.string(),
  accessionNumber: z.string(),
  series: z.int(),
  instances: z.int(),
  bytes: z.int(),
  analyses: z.int(),
  /** The catalog's number of an instance, for a thumbnail: the middle one of the first series that is no captured screen; null where none has pixels. */
  picture: z.int().nullable(),
});
export type StudyRow = z.infer<typeof studyRow>;

/** The same Study Instance UID may stand under two patients. */
const studyKey = { studyInstanceUid: z.string(), patientId: z.string(), issuer: z.string() };

const seriesRow = z.object({
  seriesInstanceUid: z.string(),
  seriesNumber: z.int().nullable(),
  modality: z.string(),
  description: z.string(),
  bodyPart: z.string(),
  instances: z.int(),
  frames: z.int(),
  bytes: z.int(),
  /** The catalog's number of the instance that stands for the series, for a thumbnail; null where none has a picture. */
  picture: z.int().nullable(),
});
export type SeriesRow = z.infer<typeof seriesRow>;

const facet = z.object({ value: z.string(), studies: z.int() });

/**
 * One element of a header, a row a table can show. Depth 0 is the data set itself. Each item of a sequence has a row of its own,
 * "(FFFE,E000)" named "Item 1", one deeper than the sequence; its elements are one deeper still.
 */
export const elementRow = z.object({
  tag: z.string(),
  name: z.string(),
  vr: z.string(),
  depth: z.int(),
  /** As text, decoded; dates as 2024-01-31; shortened where long, "[1024 bytes]" where binary. */
  value: z.string(),
});

export const findCalls = {
  "find.patients": call(patientQuery, z.object({ total: z.int(), rows: z.array(patientRow) })),
  "find.studies": call(studyQuery, z.object({ total: z.int(), rows: z.array(studyRow) })),
  /** What the filter leaves, counted for its chips. Each facet is counted as if its own part of the filter were not set. */
  "find.facets": call(
    searchFilter,
    z.object({
      patients: z.int(),
      studies: z.int(),
      instances: z.int(),
      bytes: z.int(),
      modalities: z.array(facet),
      sources: z.array(facet),
      /** By year "2024", or by month "2024-03" where the studies span three years or less; oldest first, without gaps left out. */
      dates: z.array(facet),
      withAnalyses: z.int(),
    }),
  ),
  /** @throws NOT_FOUND */
  "find.study": call(
    z.object(studyKey).strict(),
    z.object({
      study: studyRow,
      sources: z.array(z.string()),
      series: z.array(seriesRow),
      analyses: z.array(z.object({ name: z.string(), source: z.string(), json: z.string(), truncated: z.boolean() })),
    }),
  ),
  /** The instances of a series in the order of their numbers. `instance` is the catalog's number, for tags and pictures. */
  "find.instances": call(
    z.object({ ...studyKey, seriesInstanceUid: z.string(), ...windowOf }).strict(),
    z.object({
      total: z.int(),
      rows: z.array(
        z.object({
          instance: z.int(),
          sopInstanceUid: z.string(),
          instanceNumber: z.int().nullable(),
          frames: z.int(),
          rows: z.int(),
          columns: z.int(),
        }),
      ),
    }),
  ),
  /** The header of one instance, read from its source. @throws NOT_FOUND, SOURCE_*, READ_FAILED */
  "find.tags": call(z.object({ instance: z.int() }).strict(), z.object({ rows: z.array(elementRow) })),
};
