import type { ImagingRecipe } from "../../contract/recipe.ts";
import type { TableRecipe } from "../../contract/table-recipe.ts";
import { getProjectKey } from "../access/project-keys.ts";
import { appendAudit } from "../audit/audit-log.ts";
import { listSources, sourceSecret } from "../catalog/sources.ts";
import { readSettings } from "../catalog/settings.ts";
import { openTable, type OpenTable } from "../exports/table/kinds.ts";
import { TABLE_KINDS } from "../exports/table/table-kinds.ts";
import { busyWithJobs } from "../jobs/job-busy.ts";
import { Jobs } from "../jobs/jobs.ts";
import type { ExportEnd } from "../jobs/run-job.ts";
import { openPolicy, type JobPolicy } from "../jobs/job-policy.ts";
import { totalsOf } from "../jobs/job-work.ts";
import { SOFTWARE_VERSION } from "../version.ts";
import type { CallContext } from "./context.ts";
import { exportSubjects } from "./export-subjects.ts";
import { policyWords } from "./policy-words.ts";

/** The policy of a recipe with the project key it names. @throws KEY_NEEDED */
export function policyOf(context: CallContext, recipe: ImagingRecipe): JobPolicy {
  return openPolicy(recipe.policy, (name) => getProjectKey(context.workspace.catalog, name));
}

/** A recipe of a table with its key in hand. @throws KEY_NEEDED, USAGE */
export function tableOf(context: CallContext, recipe: TableRecipe, startedAt: string): OpenTable {
  const { catalog } = context.workspace;
  return openTable(TABLE_KINDS, catalog, recipe, { startedAt, keyNamed: (name) => getProjectKey(catalog, name) });
}

/** Joins the jobs with the rooms they need. */
export function createJobs(context: CallContext): Jobs {
  const { ports, pool, workspace } = context;
  const { catalog } = workspace;
  const jobs = new Jobs(
    {
      catalog,
      pool,
      scratch: workspace.scratch,
      user: ports.user,
      softwareVersion: SOFTWARE_VERSION,
      now: () => ports.now(),
      policyOf: (recipe) => policyOf(context, recipe),
      tableOf: (recipe, startedAt) => tableOf(context, recipe, startedAt),
      sources: () =>
        listSources(catalog).map(({ id, kind, config }) => ({ id, kind, config, secret: sourceSecret(catalog, id) })),
      catalogAccess: () => workspace.catalogAccess,
      readRecords: (signal, onWait) => context.recordsGate.read(signal, onWait),
      readRecordsNow: () => context.recordsGate.readNow(),
      audit: (end) => {
        appendAudit(workspace.audit, toRecord(end, ports.user, ports.now()));
        context.changes.tell("audit");
      },
      jobsAtOnce: () => readSettings(catalog).jobsAtOnce,
      changed: (what) => context.changes.tell(what),
      onProgress: busyWithJobs(context.busy),
      unexpected: (thrown) => workspace.log.error("job", thrown),
    },
    ports.access === "write",
  );
  const { workers } = readSettings(catalog);
  if (workers > 0) pool.resize(workers);
  if (ports.access === "write" && ports.resumeJobs === true) jobs.resumeAtStart();
  return jobs;
}

/** Who, what, whom, how, where, how many, with what result. Subjects are source ids: the catalog is encrypted. */
function toRecord({ work, result }: ExportEnd, user: string, at: Date): Parameters<typeof appendAudit>[1] {
  const sum = (count: (one: (typeof result.packages)[number]) => number): number =>
    result.packages.reduce((total, one) => total + count(one), 0);
  const receipt = work.kind === "imaging" ? work.policy.receipt : work.table.policy;
  const counts: Record<string, number> =
    work.kind === "imaging"
      ? {
          exported: sum((one) => one.instances.exported),
          heldBack: sum((one) => one.instances.heldBack),
          failed: sum((one) => one.instances.failed),
        }
      : { rows: sum((one) => one.rows?.written ?? 0) };
  const reason = "includeHeld" in receipt ? receipt.includeHeld : "reason" in receipt ? receipt.reason : undefined;
  return {
    at: at.toISOString(),
    user,
    action: `export ${work.recipe.kind}`,
    subjects: work.kind === "imaging" ? exportSubjects(work.recipe, work.plan) : [...work.table.subjects],
    policy: policyWords(receipt),
    destination: work.recipe.destination,
    counts: {
      planned: totalsOf(work.plan).items,
      packages: result.packages.length,
      ...counts,
      files: sum((one) => one.files),
      bytes: sum((one) => one.bytes),
    },
    result: result.error === undefined ? result.state : `${result.state} (${result.error.code})`,
    ...(reason === undefined ? {} : { reason }),
  };
}
