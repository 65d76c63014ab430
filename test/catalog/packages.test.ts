import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PackageResult } from "../../src/contract/job.ts";
import { openCatalog } from "../../src/main/catalog/database.ts";
import { addJobLog, jobLogOf } from "../../src/main/catalog/job-log.ts";
import { createJob, removeJob, updateJob } from "../../src/main/catalog/jobs.ts";
import { MIGRATIONS } from "../../src/main/catalog/migrations/index.ts";
import {
  addCopy,
  addPackage,
  copiesOf,
  findInstance,
  forgetPackage,
  getPackage,
  latestCheck,
  packageAt,
  packagePaths,
  recordCheck,
} from "../../src/main/catalog/packages.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { anInstance } from "./describe-instance.ts";
import { addSynced, newCatalog } from "./new-catalog.ts";

const root = temporaryDirectory("package-catalog");
const AT = "2026-01-02T03:04:05.000Z";
const LATER = "2026-02-02T03:04:05.000Z";

const resultAt = (path: string): PackageResult => ({
  name: path.split("/").at(-1) ?? "",
  path,
  bytes: 1000,
  files: 7,
  result: "complete",
  instances: { expected: 5, exported: 5, heldBack: 0, failed: 0 },
  previews: { expected: 0, exported: 0, failed: 0, withoutInstance: 0 },
  rows: null,
  reasons: [],
  verifiedAt: AT,
});
const made = (path: string) => ({
  job: 1,
  createdAt: AT,
  format: "zip" as const,
  policy: "identified",
  result: resultAt(path),
  firstInstance: null,
});

test("packages of jobs from before there was a list stand on it, each with the verification that gave it its name", () => {
  const path = join(root, "older.sqlite");
  const key = randomBytes(32);
  const older = openCatalog(path, key, { migrations: MIGRATIONS.slice(0, 6) });
  const recipe = { kind: "imaging", format: "folder", policy: { kind: "pseudonymised" } };
  const { id } = createJob(older, { recipe, destination: "/out" });
  updateJob(older, id, {
    state: "complete",
    endedAt: AT,
    result: { packages: [resultAt("/out/a"), resultAt("/out/b")] },
  });
  const paused = createJob(older, { recipe, destination: "/out" });
  updateJob(older, paused.id, { state: "paused", result: { packages: [], error: null } });
  createJob(older, { recipe, destination: "/out" });
  older.close();
  const catalog = openCatalog(path, key);
  try {
    expect(packagePaths(catalog).map((one) => one.path)).toEqual(["/out/b", "/out/a"]);
    const one = packageAt(catalog, "/out/a");
    expect(one).toMatchObject({
      job: id,
      format: "folder",
      policy: "pseudonymised",
      createdAt: AT,
      firstInstance: null,
    });
    expect(latestCheck(catalog, one?.id ?? -1)).toEqual({ at: AT, ok: true, files: 7, findings: 0 });
  } finally {
    catalog.close();
  }
});

test("a copy is found by its path, keeps its own checks, and goes with its package", () => {
  const catalog = newCatalog();
  addPackage(catalog, made("/out/a.zip"));
  const { id } = packageAt(catalog, "/out/a.zip") ?? { id: -1 };
  const check = { at: AT, ok: true, files: 7, findings: 0 };
  addCopy(catalog, id, { path: "/stick/a.zip", medium: "exFAT", readBack: "medium", check });
  addCopy(catalog, id, { path: "/other/a.zip", medium: "", readBack: "cache", check });
  expect(packageAt(catalog, "/stick/a.zip")?.id).toBe(id);
  const bad = { at: LATER, ok: false, files: 7, findings: 2 };
  expect(recordCheck(catalog, "/stick/a.zip", bad)).toBe(true);
  expect(copiesOf(catalog, id).map((copy) => [copy.path, copy.check])).toEqual([
    ["/other/a.zip", check],
    ["/stick/a.zip", bad],
  ]);
  expect(latestCheck(catalog, id)?.ok).toBe(true);
  // Copied there again: the newest, with its own check alone.
  addCopy(catalog, id, { path: "/stick/a.zip", medium: "exFAT", readBack: "medium", check: { ...check, at: LATER } });
  expect(copiesOf(catalog, id)[0]).toMatchObject({ path: "/stick/a.zip", check: { ok: true } });
  forgetPackage(catalog, "/other/a.zip");
  expect(copiesOf(catalog, id)).toHaveLength(1);
  forgetPackage(catalog, "/out/a.zip");
  expect(getPackage(catalog, id)).toBeUndefined();
  expect(recordCheck(catalog, "/stick/a.zip", bad)).toBe(false);
});

test("what comes to lie at a listed path takes that place: a package on a copy, a copy on a package that has gone", () => {
  const catalog = newCatalog();
  addPackage(catalog, made("/out/a.zip"));
  addPackage(catalog, made("/out/b.zip"));
  const idOf = (path: string): number => packageAt(catalog, path)?.id ?? -1;
  const check = { at: LATER, ok: true, files: 7, findings: 0 };
  const copy = { medium: "", readBack: "medium" as const, check };
  addCopy(catalog, idOf("/out/a.zip"), { path: "/stick/a.zip", ...copy });
  addPackage(catalog, made("/stick/a.zip"));
  expect(copiesOf(catalog, idOf("/out/a.zip"))).toEqual([]);
  addCopy(catalog, idOf("/out/a.zip"), { path: "/out/b.zip", ...copy });
  expect(packagePaths(catalog).map(({ path }) => path)).not.toContain("/out/b.zip");
  // Brought back to where it was made.
  addCopy(catalog, idOf("/out/a.zip"), { path: "/out/a.zip", ...copy });
  expect(copiesOf(catalog, idOf("/out/a.zip")).map(({ path }) => path)).toEqual(["/out/b.zip"]);
  expect(latestCheck(catalog, idOf("/out/a.zip"))).toEqual(check);
});

test("the picture of a package is of its own patient, also where another has the same UIDs, and none where it has gone", () => {
  const catalog = newCatalog();
  const uids = { studyInstanceUid: "1.2", seriesInstanceUid: "1.2.3", sopInstanceUid: "1.2.3.4" };
  addSynced(catalog, "disk", [
    anInstance("a", { ...uids, patientId: "A" }),
    anInstance("b", { ...uids, patientId: "B" }),
  ]);
  const of = (patientId: string) => findInstance(catalog, { ...uids, patientId, issuer: "" });
  expect(of("A")).not.toBe(null);
  expect(of("B")).not.toBe(null);
  expect(of("A")).not.toBe(of("B"));
  expect(of("C")).toBe(null);
});

test("the log of a job keeps its order, cannot be changed, and goes with the job", () => {
  const catalog = newCatalog();
  const { id } = createJob(catalog, { recipe: {}, destination: "/out" });
  const started = { at: AT, text: "Started.", event: "started" as const, params: {}, error: null };
  addJobLog(catalog, id, started);
  const error = { code: "DISK_FULL" as const, message: "The destination is full." };
  const paused = { at: AT, text: "Paused.", event: "paused-by-error" as const, params: { made: 1, of: 2 }, error };
  addJobLog(catalog, id, paused);
  expect(jobLogOf(catalog, id)).toEqual([started, paused]);
  expect(() => catalog.run("UPDATE job_log SET text = 'Never happened.'")).toThrow();
  removeJob(catalog, id);
  expect(jobLogOf(catalog, id)).toEqual([]);
});

test("a log that an earlier version wrote keeps its sentences, and says that it has no more", () => {
  const catalog = newCatalog();
  const { id } = createJob(catalog, { recipe: {}, destination: "/out" });
  catalog.run("INSERT INTO job_log (job, at, text) VALUES (?, ?, 'Started.')", id, AT);
  expect(jobLogOf(catalog, id)).toEqual([{ at: AT, text: "Started.", event: null, params: {}, error: null }]);
});

test("a package that an earlier version made does not claim a time of its verification", () => {
  const catalog = newCatalog();
  const { verifiedAt: _unknown, ...result } = resultAt("/out/old.zip");
  addPackage(catalog, { ...made("/out/old.zip"), result: result as PackageResult });
  expect(packageAt(catalog, "/out/old.zip")?.result.verifiedAt).toBe(null);
});

test("the verdict on a package is dated when it was verified, not when it was written down", () => {
  const catalog = newCatalog();
  const BEFORE = "2026-01-02T03:04:04.000Z";
  addPackage(catalog, { ...made("/out/a.zip"), result: { ...resultAt("/out/a.zip"), verifiedAt: BEFORE } });
  const { id = 0 } = packageAt(catalog, "/out/a.zip") ?? {};
  expect(latestCheck(catalog, id)?.at).toBe(BEFORE);
});
