import type { PackageResult } from "../../contract/job.ts";
import { updateJob } from "../catalog/jobs.ts";
import { addPackage, type InstanceIdentity } from "../catalog/packages.ts";
import { noteMade } from "./job-notes.ts";
import { identityOf } from "./job-summary.ts";
import type { JobRun, JobsPorts } from "./run-job.ts";

/** Writes down that a package is made: with its job, on the list of packages, in the log. All or nothing. */
export function keepPackage(
  ports: JobsPorts,
  { id, work: { recipe }, packages }: JobRun,
  result: PackageResult,
  firstInstance: InstanceIdentity | null,
): void {
  const { catalog } = ports;
  catalog.write(() => {
    updateJob(catalog, id, { result: { packages, error: null } });
    addPackage(catalog, {
      job: id,
      createdAt: ports.now().toISOString(),
      format: recipe.format,
      policy: identityOf(recipe),
      result,
      firstInstance,
    });
    noteMade(ports, id, result);
  });
  ports.changed("packages");
  ports.changed("jobs");
}
