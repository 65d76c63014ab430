import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import type { PlanSummary } from "../../contract/job.ts";
import type { TableRecipe } from "../../contract/table-recipe.ts";
import type { Catalog } from "../catalog/database.ts";
import { addingJobItems, removeJobItems } from "../catalog/job-items.ts";
import { createJob, removeJob, updateJob } from "../catalog/jobs.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import type { OpenTable, TablePlanEnd } from "../exports/table/kinds.ts";
import { packageName, namesAtDestination, tableNamed } from "../exports/table/package-names.ts";
import type { TableChunk } from "../exports/table/table.ts";
import { meaningOfSentence } from "../exports/table/table-notices.ts";
import { inTurns } from "../in-turns.ts";
import { assertFree, assertRoom, freeBytesAt, makeDestination } from "./destination-room.ts";
import { nothingSelected, stillChanging } from "./plan-errors.ts";
import { planToCome, type StoredPlan, type TablePackagePlan, type TablePlan } from "./stored-plan.ts";

type About = Pick<StoredPlan, "startedAt" | "exportedBy">;

/** A plan that was made while the records changed is made again; each time they change after that the job would too. */
const MOST_PLANS = 5;

/** The chunks of a plan as they come, and what it comes to once all have come. */
interface Planning {
  /** Undefined: nothing yet, but others may have their turn. */
  chunks(): Generator<TableChunk | undefined, void>;
  end(): Omit<TablePlan, "token" | "startedAt" | "exportedBy" | "kind" | "sources">;
}

function planning(catalog: Catalog, recipe: TableRecipe, table: OpenTable, name: string): Planning {
  const hash = createHash("sha256");
  const generation = recordsGeneration(catalog);
  const counts = { items: 0, rows: 0, bytes: 0 };
  let end: TablePlanEnd = { patients: 0, notices: [] };
  return {
    *chunks() {
      const plan = table.plan();
      for (let next = plan.next(); ; next = plan.next()) {
        if (next.done === true) {
          end = next.value;
          return;
        }
        if (next.value !== undefined) {
          counts.items++;
          counts.rows += next.value.rows;
          counts.bytes += next.value.bytes;
          hash.update(JSON.stringify(next.value));
        }
        yield next.value;
      }
    },
    end() {
      if (recipe.kind === "studies" && counts.rows > recipe.maxRows) throw tooManyRows(counts.rows, recipe.maxRows);
      const one: TablePackagePlan = {
        name,
        table: tableNamed(recipe, table.fileName, name),
        items: counts.items,
        counts: { rows: counts.rows, patients: end.patients, bytes: counts.bytes },
        notices: [...end.notices],
      };
      return {
        packages: [one],
        generation,
        digest: hash.update(JSON.stringify([one, generation])).digest("hex"),
      };
    },
  };
}

/** The rows of a table that are more than its recipe allows. */
export function tooManyRows(rows: number, most: number): SatchelError {
  return new SatchelError(
    "TOO_LARGE",
    `The selection has ${rows} rows, more than the limit of ${most}; nothing was written.`,
    "Raise the limit (--max-rows, or the setting), or filter by dates and export in parts.",
  );
}

/** Chunks only: what says that others may have their turn is no item of the plan. */
function* found(chunks: Iterable<TableChunk | undefined>): Generator<TableChunk> {
  for (const chunk of chunks) if (chunk !== undefined) yield chunk;
}

/** Plans a table without writing anything, a little at a time. @throws NOT_FOUND, USAGE, TOO_LARGE, CANCELLED */
export async function summariseTable(
  catalog: Catalog,
  recipe: TableRecipe,
  table: OpenTable,
  signal: AbortSignal,
): Promise<PlanSummary> {
  const plan = planning(catalog, recipe, table, packageName(recipe, table.fileName));
  const steps = function* (): Generator<void, void> {
    for (const _step of plan.chunks()) yield;
  };
  await inTurns(steps(), signal);
  const { packages } = plan.end();
  const notices = [...table.notices, ...packages.flatMap((one) => one.notices)];
  const rows = packages.map(({ name, counts }) => ({
    name,
    exists: existsSync(join(recipe.destination, name)),
    patients: counts.patients,
    studies: 0,
    series: 0,
    instances: 0,
    previews: 0,
    rows: counts.rows,
    bytes: counts.bytes,
  }));
  return {
    packages: rows,
    bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
    freeBytes: freeBytesAt(recipe.destination),
    notices,
    noticeMeanings: notices.map(meaningOfSentence),
  };
}

/** Plans a table and stores its chunks as the job's items, in place of those that are there. */
async function storePlan(
  catalog: Catalog,
  job: number,
  recipe: TableRecipe,
  table: OpenTable,
  about: About & { token: string; name: string },
  signal?: AbortSignal,
): Promise<TablePlan> {
  for (let attempt = 1; ; attempt++) {
    removeJobItems(catalog, job);
    const plan = planning(catalog, recipe, table, about.name);
    await inTurns(addingJobItems(catalog, job, found(plan.chunks())), signal);
    const { startedAt, exportedBy, token } = about;
    const end = plan.end();
    const stored: TablePlan = { kind: "table", ...end, sources: table.sources, token, startedAt, exportedBy };
    if (recordsGeneration(catalog) === stored.generation) return stored;
    if (attempt === MOST_PLANS) throw stillChanging();
  }
}

/**
 * Plans the job of a table and stores it, a little at a time.
 *
 * @param nameOf names its package at the destination, from the name that the plan gives it; as it is by default.
 * @throws NOT_FOUND where nothing is selected, TOO_LARGE, ALREADY_EXISTS, DISK_FULL: then no job is made.
 */
export async function prepareTable(
  { catalog }: { catalog: Catalog },
  recipe: TableRecipe,
  table: OpenTable,
  about: About,
  nameOf: (name: string) => string = (name) => name,
): Promise<{ id: number; plan: TablePlan }> {
  makeDestination(recipe.destination);
  const { id } = createJob(catalog, { recipe, destination: recipe.destination });
  try {
    const name = nameOf(packageName(recipe, table.fileName));
    const plan = await storePlan(catalog, id, recipe, table, { ...about, token: randomUUID(), name });
    assertPossible(recipe, plan);
    updateJob(catalog, id, { plan });
    return { id, plan };
  } catch (thrown) {
    removeJob(catalog, id);
    throw thrown;
  }
}

/**
 * Stores the job of a table that cannot be planned yet, since a sync changes the records: with its name, so that nobody else takes it.
 *
 * @throws ALREADY_EXISTS, and what makeDestination throws: then no job is made
 */
export function putOffTable(
  { catalog }: { catalog: Catalog },
  recipe: TableRecipe,
  table: OpenTable,
  about: About,
  nameOf: (name: string) => string = (name) => name,
): { id: number; plan: TablePlan } {
  makeDestination(recipe.destination);
  const name = nameOf(packageName(recipe, table.fileName));
  assertFree(recipe.destination, namesAtDestination(recipe.format, name));
  const plan = planToCome({ ...about, token: randomUUID() }, { name, table: tableNamed(recipe, table.fileName, name) });
  const { id } = createJob(catalog, { recipe, destination: recipe.destination });
  updateJob(catalog, id, { plan });
  return { id, plan };
}

/**
 * Plans a job anew whose records have changed since. Its package keeps its name and its time.
 *
 * @throws NOT_FOUND where nothing is selected any more, TOO_LARGE, CANCELLED
 */
export async function planAnew(
  { catalog }: { catalog: Catalog },
  id: number,
  recipe: TableRecipe,
  table: OpenTable,
  before: TablePlan,
  signal: AbortSignal,
): Promise<TablePlan> {
  const name = before.packages[0]?.name ?? packageName(recipe, table.fileName);
  const plan = await storePlan(catalog, id, recipe, table, { ...before, name }, signal);
  assertAny(plan);
  updateJob(catalog, id, { plan });
  return plan;
}

function assertAny({ packages }: TablePlan): void {
  if (packages.every(({ counts }) => counts.rows === 0)) throw nothingSelected();
}

function assertPossible(recipe: TableRecipe, plan: TablePlan): void {
  assertAny(plan);
  assertFree(
    recipe.destination,
    plan.packages.flatMap(({ name }) => namesAtDestination(recipe.format, name)),
  );
  const bytes = plan.packages.reduce((sum, { counts }) => sum + counts.bytes, 0);
  // Text deflates to a third or less; the rest is headroom.
  assertRoom(recipe.destination, recipe.format === "zip" && recipe.compress > 0 ? Math.ceil(bytes / 2) : bytes);
}
