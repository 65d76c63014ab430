import { resourcesFilter } from "../fhir.ts";
import { call } from "../rpc.ts";
import { z } from "../schema.ts";
import { none, windowOf } from "./common.ts";

const resourceType = z.object({
  /** Name of the source. */
  source: z.string(),
  type: z.string(),
  count: z.int(),
  /** What the source said that there is; null where it did not. */
  expected: z.int().nullable(),
  /** What came when it said so. */
  received: z.int().nullable(),
  complete: z.boolean(),
});

const resourceRow = z.object({
  /** The catalog's number. */
  row: z.int(),
  source: z.string(),
  type: z.string(),
  /** Logical id at the source. */
  id: z.string(),
  /** Name and logical id of whom it is about; "" of nobody, and where the Patient itself was not read. */
  patientName: z.string(),
  patientId: z.string(),
  /** The local day of what it is about, or the year or month; "" where none is said. */
  day: z.string(),
  /** What it is, in words, or else by its first code. */
  code: z.string(),
  /** ISO 8601, UTC; null where the source does not say. */
  lastUpdated: z.string().nullable(),
  bytes: z.int(),
});
export type ResourceRow = z.infer<typeof resourceRow>;

const resourcePatient = z.object({
  source: z.string(),
  /** Logical id at the source. */
  id: z.string(),
  name: z.string(),
  /** As it was told: a date, a month or a year; "" where unknown. */
  birthDate: z.string(),
  gender: z.string(),
  /** The Patient itself was read, not only named by others. */
  known: z.boolean(),
  resources: z.int(),
});

const consentRecord = z.object({
  /** "system|code" of the kind of data; "*" for all. */
  scope: z.string(),
  decision: z.enum(["permit", "deny"]),
  /** ISO 8601 as it was told; "" where unknown. */
  decidedAt: z.string(),
  /** End of the time for which it holds; "" where it has none. */
  until: z.string(),
  /** Where it was read: "Consent/123", "study 10001". */
  origin: z.string(),
  /** Holds now; others came before it. */
  current: z.boolean(),
});

export const resourceCalls = {
  /** What the catalog holds of FHIR, and whether that is all. */
  "resources.types": call(none, z.array(resourceType)),
  /** Codes of one type or of all, the most frequent first, at most `limit`. */
  "resources.codes": call(
    z
      .object({
        type: z.string().min(1).optional(),
        /** Names. */
        sources: z.array(z.string().min(1)).min(1).optional(),
        limit: z.int().min(1).max(1_000).default(200),
      })
      .strict(),
    z.array(z.object({ code: z.string(), text: z.string(), count: z.int() })),
  ),
  "resources.list": call(
    resourcesFilter.extend({ ...windowOf, oldestFirst: z.boolean().default(false) }),
    z.object({
      total: z.int(),
      rows: z.array(resourceRow),
    }),
  ),
  /** One resource, indented. @throws NOT_FOUND */
  "resources.show": call(
    z.object({ row: z.int() }).strict(),
    z.object({
      resource: resourceRow,
      json: z.string(),
      /** Only the beginning: it is very large. */
      truncated: z.boolean(),
      /** What its source knows of it beside the JSON. */
      extra: z.record(z.string(), z.string()),
    }),
  ),
  /** By name; `query`: a part of the name, or a whole id. */
  "resources.patients": call(
    z
      .object({ query: z.string().default(""), sources: z.array(z.string().min(1)).min(1).optional(), ...windowOf })
      .strict(),
    z.object({ total: z.int(), rows: z.array(resourcePatient) }),
  ),
  /** Studies of JupyterHealth Exchange and FHIR Groups of people. */
  "resources.studies": call(
    none,
    z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        organization: z.string(),
        source: z.string(),
        patients: z.int(),
        scopes: z.array(z.string()),
      }),
    ),
  ),
  /** All decisions of a patient, the latest first. @throws NOT_FOUND */
  "resources.consents": call(z.object({ source: z.string(), patient: z.string() }).strict(), z.array(consentRecord)),
};
