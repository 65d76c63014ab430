/** What is written into the log of a job: sentences without patient data beyond the names of packages, which the catalog holds already. */
import type { ErrorRecord } from "../../contract/errors.ts";
import type { JobResult, PackageResult } from "../../contract/job.ts";
import type { Catalog } from "../catalog/database.ts";
import { addJobLog } from "../catalog/job-log.ts";

export function noteJob(
  ports: { catalog: Catalog; now(): Date },
  job: number,
  text: string,
  error?: ErrorRecord,
): void {
  addJobLog(ports.catalog, job, { at: ports.now().toISOString(), text, error: error ?? null });
}

export function plannedSentence(packages: number, instances: number): string {
  return `Planned: ${counted(packages, "package")}, ${counted(instances, "instance")}.`;
}

/** How a run came to its end or halt. */
export function endedSentence({ state, packages, error }: JobResult, planned: number): string {
  const made = `${packages.length} of ${counted(planned, "package")} made`;
  switch (state) {
    case "paused":
      return error === undefined ? `Paused; ${made}.` : `Paused, since it could not go on; ${made}.`;
    case "interrupted":
      return `Interrupted, since Satchel is being closed; ${made}.`;
    case "cancelled":
      return `Cancelled; ${made}, what was unfinished has been removed.`;
    case "failed":
      return `Failed; ${made}.`;
    case "incomplete":
      return `Ended; ${made}, of which ${packages.filter(({ result }) => result === "incomplete").length} incomplete.`;
    default:
      return `Ended; ${made}.`;
  }
}

export function madeSentence({ name, files, result }: PackageResult): string {
  const verdict = result === "incomplete" ? " It is incomplete." : "";
  return `Made ${name}: ${counted(files, "file")} verified.${verdict}`;
}

/** What is not in a package, grouped by reason. */
export function reasonSentences({ name, reasons }: PackageResult): string[] {
  return reasons.map(({ code, reason, count }) => {
    const what = code === "HELD_BACK" ? "held back" : code === "CANNOT_RENDER" ? "without preview" : "not exported";
    return `${name}: ${count} ${what}: ${reason}`;
  });
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
