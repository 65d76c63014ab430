import { errorRecord } from "../job.ts";
import { call, stream } from "../rpc.ts";
import { z } from "../schema.ts";
import { done, none } from "./common.ts";

/**
 * What a sync is at, for a screen to say in its own language. `preparing`: the demo hospital is made first; `waiting`: an export
 * reads the records that this sync would change; `connecting`: nothing is
 * known yet; `headers`: of files; `instances`, `changes`: of a server; `words` (names of staff, wards and places), `patients`, `notes`,
 * `exams`: of records; `export`: a FHIR server prepares a bulk export; `resources`: of FHIR; `counting`: what was read is put in order.
 */
export const SYNC_PHASES = [
  "preparing",
  "waiting",
  "connecting",
  "headers",
  "instances",
  "changes",
  "analyses",
  "words",
  "patients",
  "notes",
  "exams",
  "export",
  "resources",
  "counting",
] as const;
export type SyncPhase = (typeof SYNC_PHASES)[number];

const syncProgress = z.object({
  phase: z.enum(SYNC_PHASES),
  /** The phase as a phrase, for the command line. */
  step: z.string(),
  done: z.int(),
  total: z.int().nullable(),
});

/** What one sync is asked for beyond the configuration of its source; kept nowhere. For sources of FHIR resources. */
export const syncOptions = z
  .object({
    /** By a bulk export; false: by searches. Left out: as the source is configured. */
    bulk: z.boolean().optional(),
    /** Id of a Group: the patients who are in it. By a bulk export. */
    group: z.string().min(1).optional(),
    types: z
      .array(z.string().regex(/^[A-Z][A-Za-z]+$/))
      .min(1)
      .optional(),
    /** An instant with its zone, or a day: what changed since. */
    since: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional(),
    /** "Observation?category=laboratory"; of one type any of them. */
    filters: z.array(z.string().min(1)).min(1).optional(),
  })
  .strict();
export type SyncOptions = z.infer<typeof syncOptions>;

const syncReport = z.object({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  removed: z.int(),
  skipped: z.int(),
  problems: z.int(),
  analyses: z.int(),
  complete: z.boolean(),
  notices: z.array(z.string()),
});

const sourceSummary = z.object({
  name: z.string(),
  kind: z.string(),
  /** Where it is, without any secret: a folder's path or a server's address. */
  place: z.string(),
  /** As it was given, without any secret: what an edit starts from. */
  config: z.record(z.string(), z.unknown()),
  hasSecret: z.boolean(),
  /** `never`: not synced yet; `attention`: synced, with problems or not to the end; `failed`: the last sync failed. */
  state: z.enum(["never", "syncing", "ok", "attention", "failed"]),
  lastSync: z.string().nullable(),
  lastReport: syncReport.nullable(),
  /** Why the last sync failed, with what to do; null once one succeeded. */
  error: errorRecord.nullable(),
  /** Of the sync that runs. */
  progress: syncProgress.nullable(),
  /** Of images and of records. */
  patients: z.int(),
  studies: z.int(),
  instances: z.int(),
  notes: z.int(),
  /** Of a study list; DICOM studies are not among them. */
  exams: z.int(),
  /** FHIR resources. */
  resources: z.int(),
  problems: z.int(),
});
export type SourceSummary = z.infer<typeof sourceSummary>;

const checkReport = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({ level: z.enum(["ok", "warning", "problem"]), text: z.string(), next: z.string().optional() }),
  ),
});
export type CheckReport = z.infer<typeof checkReport>;

const named = z.object({ id: z.string(), name: z.string() });

const sourceChoices = z.object({
  organizations: z.array(named),
  /** Studies of JupyterHealth Exchange, or FHIR Groups. */
  studies: z.array(named.extend({ organization: z.string() })),
  /** Of FHIR resources. */
  types: z.array(z.string()),
  /** Of whom bulk exports are offered. */
  exports: z.array(z.enum(["system", "patient", "group"])),
});
export type SourceChoices = z.infer<typeof sourceChoices>;

const untested = z
  .object({
    kind: z.string(),
    config: z.record(z.string(), z.unknown()),
    secret: z.string().optional(),
    secretOf: z.string().optional(),
  })
  .strict();

const syncEvent = z.discriminatedUnion("type", [
  syncProgress.extend({ type: z.literal("progress") }),
  syncReport.extend({ type: z.literal("result"), source: z.string() }),
]);

const describedMapping = z.object({
  /** What a configuration takes as its `mapping`; null where the file is not valid. */
  mapping: z.union([z.string(), z.record(z.string(), z.unknown())]).nullable(),
  name: z.string(),
  /** IANA name: what holds where a configuration names no other; "" where the file is not valid. */
  timeZone: z.string(),
  /** Null where the mapping names none: a source that is added gets one of its own. */
  issuer: z.string().nullable(),
  /** What is wrong with the file, each with its place; at most twenty. */
  problems: z.array(z.string()),
});
export type DescribedMapping = z.infer<typeof describedMapping>;

/** Files that a configuration takes the text of. */
export const sourceFileCalls = {
  /** A mapping that comes with Satchel, or a file of the user's own. @throws USAGE, NOT_FOUND, READ_FAILED */
  "sourceFiles.mapping": call(
    z
      .object({ kind: z.string(), of: z.union([z.object({ name: z.string() }), z.object({ path: z.string() })]) })
      .strict(),
    describedMapping,
  ),
  /** Certificates of a private authority. @throws USAGE (no certificate), NOT_FOUND, READ_FAILED */
  "sourceFiles.certificate": call(
    z.object({ path: z.string() }).strict(),
    z.object({
      pem: z.string(),
      certificates: z.array(z.object({ subject: z.string(), validUntil: z.string() })),
    }),
  ),
};

export const sourceCalls = {
  "sources.list": call(none, z.array(sourceSummary)),
  "sources.add": call(
    z.object({
      kind: z.string(),
      name: z.string(),
      config: z.record(z.string(), z.unknown()),
      secret: z.string().optional(),
    }),
    sourceSummary,
  ),
  /**
   * Adds the demo hospital: a folder of its images, and a database of its records. Starts the sync of both, which makes them beside the
   * workspace where they are not there yet and goes on without a watcher.
   */
  "sources.addDemo": call(none, sourceSummary.extend({ records: sourceSummary })),
  /** What is left out stays; a secret of null is forgotten. */
  "sources.edit": call(
    z
      .object({
        name: z.string(),
        newName: z.string().optional(),
        config: z.record(z.string(), z.unknown()).optional(),
        secret: z.string().nullable().optional(),
      })
      .strict(),
    sourceSummary,
  ),
  "sources.check": call(z.object({ name: z.string() }), checkReport),
  /** Checks before anything is saved. `secretOf` names a source whose stored secret is used where none is given. */
  "sources.test": call(untested, checkReport),
  /**
   * What a source of FHIR resources has to choose from, before anything is saved or read. `secretOf` as of `sources.test`.
   * @throws USAGE (nothing to choose from), SOURCE_REFUSED, SOURCE_UNREACHABLE, SOURCE_ANSWER, CANCELLED
   */
  "sources.choices": call(untested, sourceChoices),
  "sources.remove": call(z.object({ name: z.string() }), done),
  /**
   * Joins the sync of the source that runs, or starts one. It is cancelled with the stream, unless `detached`: then it goes on without a
   * watcher (a page that is loaded anew) and ends by `sources.cancelSync`. @throws USAGE where options are given and the source has none, or
   * another sync of it runs
   */
  "sources.sync": stream(
    z.object({ name: z.string(), detached: z.boolean().default(false), options: syncOptions.default({}) }),
    syncEvent,
  ),
  "sources.cancelSync": call(z.object({ name: z.string() }).strict(), done),
  "sources.problems": call(
    z.object({ name: z.string(), limit: z.int().default(100) }),
    z.array(z.object({ ref: z.string(), code: z.string(), reason: z.string() })),
  ),
};
