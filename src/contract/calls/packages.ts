import { jobSummary, packageResult } from "../job.ts";
import { policyOption } from "../policy.ts";
import { receipt } from "../receipt.ts";
import { call, stream } from "../rpc.ts";
import { z } from "../schema.ts";
import { done, windowOf } from "./common.ts";

const finding = z.object({ code: z.string(), path: z.string(), text: z.string() });

const verifyEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), filesDone: z.int(), filesTotal: z.int(), bytesDone: z.int() }),
  z.object({
    type: z.literal("result"),
    ok: z.boolean(),
    files: z.int(),
    bytes: z.int(),
    /** The receipt's own verdict: a sound package may be incomplete, and says so. */
    result: z.enum(["complete", "incomplete", "unknown"]),
    findings: z.array(finding),
  }),
]);

/** What a verification said, and when. */
const check = z.object({ at: z.string(), ok: z.boolean(), files: z.int(), findings: z.int() });

const packageEntry = packageResult.extend({
  jobId: z.string(),
  createdAt: z.string(),
  policy: jobSummary.shape.policy,
  format: z.enum(["zip", "folder", "json"]),
  /** Whether it still is where it was made. */
  present: z.boolean(),
  /** The latest; the one that gave it its name counts. */
  check: check.nullable(),
  /** Copies that were made and read back, newest first. */
  copies: z.array(z.object({ path: z.string(), medium: z.string(), check })),
  /** The catalog's number of an instance, for a thumbnail. */
  picture: z.int().nullable(),
});
export type PackageEntry = z.infer<typeof packageEntry>;

const copyEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("progress"),
    step: z.enum(["copying", "flushing", "reading-back"]),
    bytesDone: z.int(),
    bytesTotal: z.int(),
  }),
  z.object({
    type: z.literal("result"),
    /** True only where every byte was read back from the medium itself and found right. */
    ok: z.boolean(),
    path: z.string(),
    files: z.int(),
    findings: z.array(finding),
  }),
]);

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

export const packageCalls = {
  /** Newest first. */
  "packages.list": call(
    z.object({ text: z.string().optional(), ...windowOf }).strict(),
    z.object({ total: z.int(), rows: z.array(packageEntry) }),
  ),
  "packages.verify": stream(z.object({ path: z.string() }), verifyEvent),
  /** Copies a finished package into a folder, flushes it, reads it back past the cache where the platform can, and verifies it. */
  "packages.copy": stream(z.object({ path: z.string(), destination: z.string() }).strict(), copyEvent),
  /** @throws NOT_FOUND, PACKAGE_DAMAGED */
  "packages.receipt": call(z.object({ path: z.string() }).strict(), receipt),
  /** Takes a package off the list; the file stays where it is. */
  "packages.forget": call(z.object({ path: z.string() }).strict(), done),
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
};
