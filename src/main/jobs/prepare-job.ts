import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import type { PlanSummary } from "../../contract/job.ts";
import type { ImagingRecipe } from "../../contract/recipe.ts";
import { addingJobItems } from "../catalog/job-items.ts";
import { createJob, removeJob, updateJob } from "../catalog/jobs.ts";
import type { Catalog } from "../catalog/database.ts";
import { iterateSelection } from "../catalog/selection.ts";
import type { ImagingItem, PackagePlan } from "../exports/imaging/item.ts";
import { meaningOfSentence } from "../exports/table/table-notices.ts";
import { planImaging } from "../exports/imaging/plan.ts";
import { inTurns } from "../in-turns.ts";
import { assertFree, assertRoom, freeBytesAt, makeDestination } from "./destination-room.ts";
import { analysesUnder, planNamesOf, type JobPolicy } from "./job-policy.ts";
import type { ImagingPlan, MeantPatients } from "./stored-plan.ts";

const MOST_NAMED_PATIENTS = 1_000;

/** The items of a plan as they come, with a digest over them, and the packages once all have come. */
interface Planned {
  items: Generator<ImagingItem>;
  end(): Pick<ImagingPlan, "packages" | "digest" | "meant">;
}

/** @param nameOf the name of a package at the destination, from the one that the plan gives it */
function planned(
  catalog: Catalog,
  recipe: ImagingRecipe,
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
  recipe: ImagingRecipe,
  policy: JobPolicy,
  signal: AbortSignal,
): Promise<PlanSummary> {
  const plan = planned(catalog, recipe, policy);
  await inTurns(drawAll(plan.items), signal);
  const { packages } = plan.end();
  const rows: PlanSummary["packages"] = [];
  const look = function* (): Generator<void> {
    for (const { name, counts } of packages) {
      rows.push({ name, exists: existsSync(join(recipe.destination, name)), ...counts, rows: null });
      yield;
    }
  };
  await inTurns(drawAll(look()), signal);
  return {
    packages: rows,
    bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
    freeBytes: freeBytesAt(recipe.destination),
    notices: [...policy.notices],
    noticeMeanings: policy.notices.map(meaningOfSentence),
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
  recipe: ImagingRecipe,
  policy: JobPolicy,
  about: Pick<ImagingPlan, "startedAt" | "exportedBy">,
  nameOf?: (name: string) => string,
): Promise<{ id: number; plan: ImagingPlan }> {
  makeDestination(recipe.destination);
  const { id } = createJob(catalog, { recipe, destination: recipe.destination });
  try {
    const plan = planned(catalog, recipe, policy, nameOf);
    await inTurns(addingJobItems(catalog, id, plan.items));
    const stored: ImagingPlan = { ...plan.end(), token: randomUUID(), ...about };
    assertPossible(recipe, stored);
    updateJob(catalog, id, { plan: stored });
    return { id, plan: stored };
  } catch (thrown) {
    removeJob(catalog, id);
    throw thrown;
  }
}

function assertPossible(recipe: ImagingRecipe, { packages }: ImagingPlan): void {
  if (packages.length === 0) {
    throw new SatchelError(
      "NOT_FOUND",
      "Nothing was selected: the catalog holds no such instances.",
      "Sync the sources first.",
    );
  }
  assertFree(
    recipe.destination,
    packages.map(({ name }) => name),
  );
  assertRoom(
    recipe.destination,
    packages.reduce((sum, { counts }) => sum + counts.bytes, 0),
  );
}
