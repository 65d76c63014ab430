import { errorRecord, jobEvent, jobSummary, planSummary } from "./job.ts";
import { policyOption } from "./policy.ts";
import { recipe } from "./recipe.ts";
import { call, stream } from "./rpc.ts";
import { z } from "./schema.ts";

const none = z.object({}).strict();
const done = z.object({ ok: z.literal(true) });

const sourceSummary = z.object({
  name: z.string(),
  kind: z.string(),
  /** Where it is, without any secret: a folder's path or a server's address. */
  place: z.string(),
  lastSync: z.string().nullable(),
  instances: z.int(),
  problems: z.int(),
});
export type SourceSummary = z.infer<typeof sourceSummary>;

const checkReport = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({ level: z.enum(["ok", "warning", "problem"]), text: z.string(), next: z.string().optional() }),
  ),
});

const syncEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), step: z.string(), done: z.int(), total: z.int().nullable() }),
  z.object({
    type: z.literal("result"),
    source: z.string(),
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    removed: z.int(),
    skipped: z.int(),
    problems: z.int(),
    analyses: z.int(),
    complete: z.boolean(),
    notices: z.array(z.string()),
  }),
]);

export const searchQuery = z
  .object({
    text: z.string().optional(),
    patientId: z.string().optional(),
    modality: z.string().optional(),
    /** ISO dates, both days included. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    limit: z.int().min(1).max(10_000).default(100),
    offset: z.int().min(0).default(0),
  })
  .strict();

const patientRow = z.object({
  patientId: z.string(),
  issuer: z.string(),
  name: z.string(),
  birthDate: z.string(),
  sex: z.string(),
  studies: z.int(),
  instances: z.int(),
});
const studyRow = z.object({
  studyInstanceUid: z.string(),
  patientId: z.string(),
  issuer: z.string(),
  patientName: z.string(),
  studyDate: z.string(),
  modality: z.string(),
  description: z.string(),
  accessionNumber: z.string(),
  series: z.int(),
  instances: z.int(),
  bytes: z.int(),
  analyses: z.int(),
});

const crosswalkRow = z.object({
  pseudonym: z.string(),
  patientId: z.string(),
  issuer: z.string(),
  patientName: z.string(),
});
const keySummary = z.object({ name: z.string(), fingerprint: z.string(), createdAt: z.string() });

const verifyEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), filesDone: z.int(), filesTotal: z.int(), bytesDone: z.int() }),
  z.object({
    type: z.literal("result"),
    ok: z.boolean(),
    files: z.int(),
    bytes: z.int(),
    /** The receipt's own verdict: a sound package may be incomplete, and says so. */
    result: z.enum(["complete", "incomplete", "unknown"]),
    findings: z.array(z.object({ code: z.string(), path: z.string(), text: z.string() })),
  }),
]);

const jobStarted = z.object({ jobId: z.string() });

const deidentifyEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), done: z.int(), total: z.int() }),
  /** `file` is the place among the inputs, counted from 1; `name` the file made. Source names may identify: they stay out. */
  z.object({ type: z.literal("problem"), file: z.int(), code: z.string(), reason: z.string() }),
  z.object({
    type: z.literal("result"),
    files: z.int(),
    written: z.int(),
    heldBack: z.int(),
    failed: z.int(),
    skipped: z.int(),
  }),
]);

const auditRow = z.object({
  sequence: z.int(),
  at: z.string(),
  user: z.string(),
  action: z.string(),
  subjects: z.array(z.string()),
  policy: z.string(),
  destination: z.string(),
  counts: z.record(z.string(), z.int()),
  result: z.string(),
  /** Why held-back instances were let pass. */
  reason: z.string().optional(),
});

/** Everything that a shell can ask of Satchel. */
export const calls = {
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
  "sources.check": call(z.object({ name: z.string() }), checkReport),
  "sources.remove": call(z.object({ name: z.string() }), done),
  "sources.sync": stream(z.object({ name: z.string() }), syncEvent),
  "sources.problems": call(
    z.object({ name: z.string(), limit: z.int().default(100) }),
    z.array(z.object({ ref: z.string(), code: z.string(), reason: z.string() })),
  ),
  "find.patients": call(searchQuery, z.object({ total: z.int(), rows: z.array(patientRow) })),
  "find.studies": call(searchQuery, z.object({ total: z.int(), rows: z.array(studyRow) })),
  "keys.list": call(none, z.array(keySummary)),
  "keys.new": call(z.object({ name: z.string() }), keySummary),
  "keys.export": call(z.object({ name: z.string(), file: z.string(), passphrase: z.string() }), done),
  "keys.import": call(z.object({ name: z.string(), file: z.string(), passphrase: z.string() }), keySummary),
  "keys.crosswalk": call(
    z.object({ name: z.string(), file: z.string(), passphrase: z.string() }),
    z.object({ patients: z.int() }),
  ),
  /** What a crosswalk holds, some patients at a time: as lines of CSV, the first of all with the names of the columns, and as they are. */
  "keys.openCrosswalk": stream(
    z.object({ file: z.string(), passphrase: z.string() }),
    z.object({ csv: z.string(), patients: z.array(crosswalkRow) }),
  ),
  "exports.plan": call(recipe, planSummary),
  /** Plans a job and starts it; watch it by its id. `exportedAt` fixes the time in the package, so that it can be made again. */
  "exports.start": call(z.object({ recipe, exportedAt: z.iso.datetime().optional() }).strict(), jobStarted),
  "jobs.list": call(none, z.array(jobSummary)),
  "jobs.show": call(z.object({ id: z.string() }), jobSummary),
  "jobs.resume": call(z.object({ id: z.string() }), jobStarted),
  /** Progress of a running job, then its result. A job goes on whether it is watched or not. */
  "jobs.watch": stream(z.object({ id: z.string() }), jobEvent),
  "jobs.cancel": call(z.object({ id: z.string() }), jobSummary),
  "packages.verify": stream(z.object({ path: z.string() }), verifyEvent),
  "files.deidentify": stream(
    z
      .object({
        paths: z.array(z.string()).min(1),
        destination: z.string(),
        key: z.string(),
        options: z.array(policyOption),
        includeHeld: z.string().min(1).optional(),
      })
      .strict(),
    deidentifyEvent,
  ),
  "audit.list": call(z.object({ limit: z.int().default(1000) }), z.array(auditRow)),
  "audit.verify": call(none, z.object({ ok: z.boolean(), records: z.int(), problem: errorRecord.optional() })),
};
export type Calls = typeof calls;
