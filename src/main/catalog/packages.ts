import { SatchelError } from "../../contract/errors.ts";
import type { PackageResult } from "../../contract/job.ts";
import type { Catalog } from "./database.ts";

/** What tells an instance of the catalog from every other, whatever its row is. */
export interface InstanceIdentity {
  patientId: string;
  issuer: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
}

/** A finished package. */
export interface PackageRow {
  id: number;
  path: string;
  job: number;
  createdAt: string;
  format: "zip" | "folder" | "json" | "file" | "beside";
  policy: string;
  result: PackageResult;
  /** Whose picture stands for it; null where none is known. */
  firstInstance: InstanceIdentity | null;
}

/** What a verification said. */
export interface PackageCheck {
  /** ISO 8601, UTC. */
  at: string;
  ok: boolean;
  files: number;
  findings: number;
}

export interface PackageCopy {
  path: string;
  medium: string;
  readBack: "medium" | "cache";
  check: PackageCheck;
}

type StoredPackage = Omit<PackageRow, "result" | "firstInstance"> & { result: string; firstInstance: string | null };
type StoredCheck = Omit<PackageCheck, "ok"> & { ok: number };

const SELECT = `SELECT id, path, job, created_at AS createdAt, format, policy, result, first_instance AS firstInstance
  FROM package`;

function toPackage(row: StoredPackage): PackageRow {
  const result = JSON.parse(row.result) as PackageResult;
  return {
    ...row,
    result: { ...result, verifiedAt: result.verifiedAt ?? null, rows: result.rows ?? null },
    firstInstance: row.firstInstance === null ? null : (JSON.parse(row.firstInstance) as InstanceIdentity),
  };
}

/** Puts a package on the list; one that was made at the same path before has gone from there, and goes from the list. */
export function addPackage(catalog: Catalog, made: Omit<PackageRow, "id" | "path">): void {
  catalog.write(() => {
    const { path } = made.result;
    catalog.run("DELETE FROM package WHERE path = ?", path);
    catalog.run("DELETE FROM package_copy WHERE path = ?", path);
    const { id } = catalog.run(
      "INSERT INTO package (path, job, created_at, format, policy, result, first_instance) VALUES (?, ?, ?, ?, ?, ?, ?)",
      path,
      made.job,
      made.createdAt,
      made.format,
      made.policy,
      JSON.stringify(made.result),
      made.firstInstance === null ? null : JSON.stringify(made.firstInstance),
    );
    // It got its name because it verified.
    const { verifiedAt, files } = made.result;
    addCheck(catalog, id, null, { at: verifiedAt ?? made.createdAt, ok: true, files, findings: 0 });
  });
}

function addCheck(catalog: Catalog, packageId: number, copy: number | null, check: PackageCheck): void {
  catalog.run(
    "INSERT INTO package_check (package, copy, at, ok, files, findings) VALUES (?, ?, ?, ?, ?, ?)",
    packageId,
    copy,
    check.at,
    check.ok ? 1 : 0,
    check.files,
    check.findings,
  );
}

/** Ids and paths of all packages, newest first: what a text is looked for in. */
export function packagePaths(catalog: Catalog): { id: number; path: string }[] {
  return catalog.all("SELECT id, path FROM package ORDER BY created_at DESC, id DESC");
}

export function getPackage(catalog: Catalog, id: number): PackageRow | undefined {
  const row = catalog.get<StoredPackage>(`${SELECT} WHERE id = ?`, id);
  return row === undefined ? undefined : toPackage(row);
}

/** The package that was made at a path, or a copy of which lies there. */
export function packageAt(catalog: Catalog, path: string): PackageRow | undefined {
  const row =
    catalog.get<StoredPackage>(`${SELECT} WHERE path = ?`, path) ??
    catalog.get<StoredPackage>(`${SELECT} WHERE id = (SELECT package FROM package_copy WHERE path = ?)`, path);
  return row === undefined ? undefined : toPackage(row);
}

/** Keeps what a verification said with the package, or the copy, at that path. @returns whether one is listed there */
export function recordCheck(catalog: Catalog, path: string, check: PackageCheck): boolean {
  return catalog.write(() => {
    const made = catalog.get<{ id: number }>("SELECT id FROM package WHERE path = ?", path);
    const copy = catalog.get<{ id: number; package: number }>(
      "SELECT id, package FROM package_copy WHERE path = ?",
      path,
    );
    if (made !== undefined) addCheck(catalog, made.id, null, check);
    else if (copy !== undefined) addCheck(catalog, copy.package, copy.id, check);
    return made !== undefined || copy !== undefined;
  });
}

/** The latest verification where the package was made. */
export function latestCheck(catalog: Catalog, packageId: number): PackageCheck | null {
  return toCheck(
    catalog.get<StoredCheck>(
      `SELECT at, ok, files, findings FROM package_check WHERE package = ? AND copy IS NULL ORDER BY id DESC LIMIT 1`,
      packageId,
    ),
  );
}

/** Copies that were read back, newest first. */
export function copiesOf(catalog: Catalog, packageId: number): PackageCopy[] {
  return catalog
    .all<StoredCheck & Omit<PackageCopy, "check">>(
      `SELECT path, medium, read_back AS readBack, at, ok, files, findings FROM package_copy AS copy
       JOIN package_check AS latest ON latest.id = (SELECT max(id) FROM package_check WHERE copy = copy.id)
       WHERE copy.package = ? ORDER BY copy.id DESC`,
      packageId,
    )
    .map(({ path, medium, readBack, at, ok, files, findings }) => ({
      path,
      medium,
      readBack,
      check: { at, ok: ok === 1, files, findings },
    }));
}

/**
 * Lists a copy that was read back and found right. Copies never overwrite: what was listed at its path has gone from there. A copy brought
 * back to where its package was made is that package again.
 */
export function addCopy(catalog: Catalog, packageId: number, copy: PackageCopy): void {
  catalog.write(() => {
    catalog.run("DELETE FROM package WHERE path = ? AND id <> ?", copy.path, packageId);
    catalog.run("DELETE FROM package_copy WHERE path = ?", copy.path);
    if (getPackage(catalog, packageId)?.path === copy.path) {
      addCheck(catalog, packageId, null, copy.check);
      return;
    }
    const { id } = catalog.run(
      "INSERT INTO package_copy (package, path, medium, read_back) VALUES (?, ?, ?, ?)",
      packageId,
      copy.path,
      copy.medium,
      copy.readBack,
    );
    addCheck(catalog, packageId, id, copy.check);
  });
}

/** Takes a package with its copies off the list, or a copy alone. @throws SatchelError NOT_FOUND */
export function forgetPackage(catalog: Catalog, path: string): void {
  const packages = catalog.run("DELETE FROM package WHERE path = ?", path).changes;
  const copies = catalog.run("DELETE FROM package_copy WHERE path = ?", path).changes;
  if (packages + copies > 0) return;
  throw new SatchelError("NOT_FOUND", "No package of that path is on the list.", "Look at the list again.");
}

/** The catalog's number of an instance, where it still holds it. */
export function findInstance(catalog: Catalog, one: InstanceIdentity): number | null {
  const row = catalog.get<{ id: number }>(
    `SELECT instance.id FROM instance JOIN series ON series.id = instance.series JOIN study ON study.id = series.study
       JOIN patient ON patient.id = study.patient
     WHERE sop_instance_uid = ? AND series_instance_uid = ? AND study_instance_uid = ? AND patient_id = ? AND issuer = ?`,
    one.sopInstanceUid,
    one.seriesInstanceUid,
    one.studyInstanceUid,
    one.patientId,
    one.issuer,
  );
  return row?.id ?? null;
}

/** Notes that a copy is being written under a partial path, so that what a crash leaves of it is known for ours. */
export function beginCopying(catalog: Catalog, partial: string): void {
  catalog.run("INSERT OR IGNORE INTO copying (path) VALUES (?)", partial);
}

export function endCopying(catalog: Catalog, partial: string): void {
  catalog.run("DELETE FROM copying WHERE path = ?", partial);
}

/** Whether a copy of this workspace was begun there and never ended. */
export function wasCopying(catalog: Catalog, partial: string): boolean {
  return catalog.get("SELECT 1 FROM copying WHERE path = ?", partial) !== undefined;
}

function toCheck(row: StoredCheck | undefined): PackageCheck | null {
  return row === undefined ? null : { ...row, ok: row.ok === 1 };
}
