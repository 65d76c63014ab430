import type { Recipe } from "../../contract/recipe.ts";
import { getProjectKey } from "../access/project-keys.ts";
import { appendAudit } from "../audit/audit-log.ts";
import { listSources, sourceSecret } from "../catalog/sources.ts";
import { readSettings } from "../catalog/settings.ts";
import { busyWithJobs } from "../jobs/job-busy.ts";
import { Jobs } from "../jobs/jobs.ts";
import type { ExportEnd } from "../jobs/run-job.ts";
import { openPolicy, type JobPolicy } from "../jobs/job-policy.ts";
import { SOFTWARE_VERSION } from "../version.ts";
import type { CallContext } from "./context.ts";
import { exportSubjects } from "./export-subjects.ts";

/** The policy of a recipe with the project key it names. @throws KEY_NEEDED */
export function policyOf(context: CallContext, recipe: Recipe): JobPolicy {
  return openPolicy(recipe.policy, (name) => getProjectKey(context.workspace.catalog, name));
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
      sources: () =>
        listSources(catalog).map(({ id, kind, config }) => ({ id, kind, config, secret: sourceSecret(catalog, id) })),
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
function toRecord(
  { recipe, policy, plan, result }: ExportEnd,
  user: string,
  at: Date,
): Parameters<typeof appendAudit>[1] {
  const sum = (count: (one: (typeof result.packages)[number]) => number): number =>
    result.packages.reduce((total, one) => total + count(one), 0);
  return {
    at: at.toISOString(),
    user,
    action: "export imaging",
    subjects: exportSubjects(recipe, plan),
    policy: [policy.receipt.kind, policy.receipt.edition, policy.receipt.key, ...policy.receipt.options]
      .filter((part) => part !== undefined)
      .join(" "),
    destination: recipe.destination,
    counts: {
      planned: plan.packages.reduce((total, one) => total + one.items, 0),
      packages: result.packages.length,
      exported: sum((one) => one.instances.exported),
      heldBack: sum((one) => one.instances.heldBack),
      failed: sum((one) => one.instances.failed),
      files: sum((one) => one.files),
      bytes: sum((one) => one.bytes),
    },
    result: result.error === undefined ? result.state : `${result.state} (${result.error.code})`,
    ...(policy.receipt.includeHeld === undefined ? {} : { reason: policy.receipt.includeHeld }),
  };
}
