import { createHash, randomUUID } from "node:crypto";
import { existsSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import type { PlanSummary } from "../../contract/job.ts";
import type { Recipe } from "../../contract/recipe.ts";
import { addingJobItems } from "../catalog/job-items.ts";
import { createJob, removeJob, updateJob } from "../catalog/jobs.ts";
import type { Catalog } from "../catalog/database.ts";
import { iterateSelection } from "../catalog/selection.ts";
import type { ImagingItem, PackagePlan } from "../exports/imaging/item.ts";
import { planImaging } from "../exports/imaging/plan.ts";
import { inTurns } from "../in-turns.ts";
import { makeFolders } from "../package/make-folders.ts";
import { toWriteError } from "../package/write-bytes.ts";
import { analysesUnder, planNamesOf, type JobPolicy } from "./job-policy.ts";

/** What a job keeps in the catalog from its start to its end: enough to go on after any interruption. */
export interface StoredPlan {
  packages: PackagePlan[];
  digest: string;
  /** Random: tells this job's unfinished packages from any other's, of this workspace or another. */
  token: string;
  /** ISO 8601, UTC: the time that stands in the packages. */
  startedAt: string;
  exportedBy: string;
  /** Of a selection by a filter: whom it meant when it was planned. */
  meant?: MeantPatients;
}

interface MeantPatients {
  patients: number;
  /** Patient IDs with issuers, where they are few enough for a record of the audit log. */
  ids?: string[];
}

const MOST_NAMED_PATIENTS = 1_000;

/** The items of a plan as they come, with a digest over them, and the packages once all have come. */
interface Planned {
  items: Generator<ImagingItem>;
  end(): Pick<StoredPlan, "packages" | "digest" | "meant">;
}

/** @param nameOf the name of a package at the destination, from the one that the plan gives it */
function planned(
  catalog: Catalog,
  recipe: Recipe,
  policy: JobPolicy,
  nameOf: (name: string) => string = (name) => name,
): Planned {
  const hash = createHash("sha256");
  let packages: PackagePlan[] = [];
  const patients = recipe.selection.scope === "matching" ? new Set<string>() : undefined;
  const selected = iterateSelection(catalog, recipe.selection);
  const plan = planImaging(recipe, selected, planNamesOf(policy), analysesUnder(catalog, policy));
  return {
    items: (function* () {
      for (let next = plan.next(); ; next = plan.next()) {
        if (next.done === true) {
          packages = next.value.map((one) => ({ ...one, name: nameOf(one.name) }));
          return;
        }
        const { patientId, issuerOfPatientId: issuer } = next.value.description;
        patients?.add(issuer === "" ? patientId : `${patientId} (${issuer})`);
        hash.update(JSON.stringify(next.value));
        yield next.value;
      }
    })(),
    end: () => ({
      packages,
      digest: hash.update(JSON.stringify(packages)).digest("hex"),
      ...(patients === undefined ? {} : { meant: meantPatients(patients) }),
    }),
  };
}

function meantPatients(patients: ReadonlySet<string>): MeantPatients {
  const few = patients.size <= MOST_NAMED_PATIENTS;
  return { patients: patients.size, ...(few ? { ids: [...patients] } : {}) };
}

/** What the destination has room for; for one that is still to be made, what the folder above it has. @throws NOT_FOUND */
export function freeBytesAt(destination: string): number {
  let folder = destination;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) {
    throw new SatchelError("NOT_FOUND", "The destination is not a folder.", "Choose another.");
  }
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** @throws WRITE_FAILED */
function makeDestination(destination: string): void {
  try {
    makeFolders(destination);
  } catch (error) {
    throw toWriteError(error);
  }
}

/** Milliseconds that planning may hold the thread at a time. */
const SLICE_MS = 10;

function* drawAll(items: Iterable<unknown>): Generator<void, void> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (const item of items) {
    void item;
    if (performance.now() < sliceEnd) continue;
    yield;
    sliceEnd = performance.now() + SLICE_MS;
  }
}

/**
 * Plans without writing anything, a little at a time.
 *
 * @throws NOT_FOUND, USAGE (the selection), KEY_NEEDED, CANCELLED
 */
export async function summarisePlan(
  catalog: Catalog,
  recipe: Recipe,
  policy: JobPolicy,
  signal: AbortSignal,
): Promise<PlanSummary> {
  const plan = planned(catalog, recipe, policy);
  await inTurns(drawAll(plan.items), signal);
  const { packages } = plan.end();
  const rows: PlanSummary["packages"] = [];
  const look = function* (): Generator<void> {
    for (const { name, counts } of packages) {
      rows.push({ name, exists: existsSync(join(recipe.destination, name)), ...counts });
      yield;
    }
  };
  await inTurns(drawAll(look()), signal);
  return {
    packages: rows,
    bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
    freeBytes: freeBytesAt(recipe.destination),
    notices: [...policy.notices],
  };
}

/**
 * Plans a job and stores it, a little at a time. Until its plan is whole nobody else sees the job; from the last item to there nothing else
 * has its turn.
 *
 * @param nameOf names its packages at the destination, from the names that the plan gives them; as they are by default.
 * @throws NOT_FOUND where nothing is selected, ALREADY_EXISTS, DISK_FULL: then no job is made.
 */
export async function prepareJob(
  catalog: Catalog,
  recipe: Recipe,
  policy: JobPolicy,
  about: Pick<StoredPlan, "startedAt" | "exportedBy">,
  nameOf?: (name: string) => string,
): Promise<{ id: number; plan: StoredPlan }> {
  makeDestination(recipe.destination);
  const { id } = createJob(catalog, { recipe, destination: recipe.destination });
  try {
    const plan = planned(catalog, recipe, policy, nameOf);
    await inTurns(addingJobItems(catalog, id, plan.items));
    const stored: StoredPlan = { ...plan.end(), token: randomUUID(), ...about };
    assertPossible(recipe, stored);
    updateJob(catalog, id, { plan: stored });
    return { id, plan: stored };
  } catch (thrown) {
    removeJob(catalog, id);
    throw thrown;
  }
}

function assertPossible(recipe: Recipe, { packages }: StoredPlan): void {
  if (packages.length === 0) {
    throw new SatchelError(
      "NOT_FOUND",
      "Nothing was selected: the catalog holds no such instances.",
      "Sync the sources first.",
    );
  }
  const there = packages.filter(({ name }) => existsSync(join(recipe.destination, name)));
  if (there.length > 0) {
    const more = there.length > 1 ? ` and ${there.length - 1} more` : "";
    throw new SatchelError(
      "ALREADY_EXISTS",
      `${there[0]?.name ?? ""}${more} is at the destination already; nothing was overwritten.`,
      "Choose another destination, or move away what is there.",
    );
  }
  assertRoom(
    recipe.destination,
    packages.reduce((sum, { counts }) => sum + counts.bytes, 0),
  );
}

/** @throws DISK_FULL with the number of bytes wanted */
function assertRoom(destination: string, wanted: number): void {
  const free = freeBytesAt(destination);
  if (free >= wanted) return;
  throw new SatchelError(
    "DISK_FULL",
    `The destination has ${free} bytes free; about ${wanted} are wanted.`,
    "Free space there, or choose another destination.",
  );
}
