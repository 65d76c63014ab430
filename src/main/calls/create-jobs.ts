import type { DatasetRecipe, SummaryRecipe } from "../../contract/fhir-recipe.ts";
import type { PackageResult } from "../../contract/job.ts";
import type { ReceiptHead } from "../../contract/receipt.ts";
import type { ImagingRecipe } from "../../contract/recipe.ts";
import type { TableRecipe } from "../../contract/table-recipe.ts";
import { getProjectKey } from "../access/project-keys.ts";
import { appendAudit } from "../audit/audit-log.ts";
import { listSources, sourceSecret } from "../catalog/sources.ts";
import { readSettings } from "../catalog/settings.ts";
import { DATASET_KINDS } from "../exports/dataset/dataset-kinds.ts";
import type { OpenDataset } from "../exports/dataset/kinds.ts";
import { openDataset } from "../exports/dataset/open-dataset.ts";
import { openSummary } from "../exports/summary/open-summary.ts";
import type { OpenSummary } from "../exports/summary/summary.ts";
import { openTable, type OpenTable } from "../exports/table/kinds.ts";
import { TABLE_KINDS } from "../exports/table/table-kinds.ts";
import { busyWithJobs } from "../jobs/job-busy.ts";
import { Jobs } from "../jobs/jobs.ts";
import type { ExportEnd } from "../jobs/run-job.ts";
import { openPolicy, type JobPolicy } from "../jobs/job-policy.ts";
import { totalsOf, type JobWork } from "../jobs/job-work.ts";
import { SOURCE_KINDS } from "../sources/registry.ts";
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

/** A recipe of a dataset with its key in hand. @throws KEY_NEEDED, USAGE */
export function datasetOf(context: CallContext, recipe: DatasetRecipe, startedAt: string): OpenDataset {
  const { catalog } = context.workspace;
  return openDataset(DATASET_KINDS, catalog, recipe, { startedAt, keyNamed: (name) => getProjectKey(catalog, name) });
}

/** The same of documents that are computed. @throws KEY_NEEDED, USAGE */
export function summaryOf(context: CallContext, recipe: SummaryRecipe, startedAt: string): OpenSummary {
  const { catalog } = context.workspace;
  return openSummary(catalog, recipe, { startedAt, keyNamed: (name) => getProjectKey(catalog, name) });
}

function holdsImages(kind: string): boolean {
  return SOURCE_KINDS.some((one) => one.kind === kind && one.holds === "images");
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
      get user() {
        return ports.user;
      },
      softwareVersion: SOFTWARE_VERSION,
      now: () => ports.now(),
      policyOf: (recipe) => policyOf(context, recipe),
      tableOf: (recipe, startedAt) => tableOf(context, recipe, startedAt),
      datasetOf: (recipe, startedAt) => datasetOf(context, recipe, startedAt),
      summaryOf: (recipe, startedAt) => summaryOf(context, recipe, startedAt),
      // Only images are fetched while a job runs: passwords of databases, private keys and sign-ins stay here.
      sources: () =>
        listSources(catalog).map(({ id, kind, config }) => ({
          id,
          kind,
          config,
          secret: holdsImages(kind) ? sourceSecret(catalog, id) : undefined,
        })),
      catalogAccess: () => workspace.catalogAccess,
      readRecords: (signal, onWait) => context.recordsGate.read(signal, onWait),
      readRecordsNow: () => context.recordsGate.readNow(),
      audit: (end) => {
        appendAudit(workspace.audit, toRecord(end, end.work.plan.exportedBy, ports.now()));
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
  const receipt = receiptPolicy(work);
  const counts = countsOf(work, sum);
  const reason = "includeHeld" in receipt ? receipt.includeHeld : "reason" in receipt ? receipt.reason : undefined;
  return {
    at: at.toISOString(),
    user,
    action: `export ${work.recipe.kind}`,
    subjects: subjectsOf(work),
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

function receiptPolicy(work: JobWork): ReceiptHead["policy"] {
  if (work.kind === "imaging") return work.policy.receipt;
  if (work.kind === "table") return work.table.policy;
  return work.kind === "dataset" ? work.dataset.policy : work.summary.policy;
}

function subjectsOf(work: JobWork): string[] {
  if (work.kind === "imaging") return exportSubjects(work.recipe, work.plan);
  if (work.kind === "table") return [...work.table.subjects];
  return [...(work.kind === "dataset" ? work.dataset : work.summary).subjects];
}

function countsOf(work: JobWork, sum: (count: (one: PackageResult) => number) => number): Record<string, number> {
  if (work.kind === "imaging")
    return {
      exported: sum((one) => one.instances.exported),
      heldBack: sum((one) => one.instances.heldBack),
      failed: sum((one) => one.instances.failed),
    };
  if (work.kind === "table") return { rows: sum((one) => one.rows?.written ?? 0) };
  return {
    resources: sum((one) => one.resources?.exported ?? 0),
    withheld: sum((one) => one.resources?.withheld ?? 0),
    rows: sum((one) => one.resources?.rows ?? 0),
  };
}
