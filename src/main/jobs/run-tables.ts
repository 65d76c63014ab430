import { SatchelError } from "../../contract/errors.ts";
import type { JobWork } from "./job-work.ts";
import type { JobRun, JobsPorts } from "./run-job.ts";

export async function runTables(_ports: JobsPorts, _run: JobRun, _work: JobWork & { kind: "table" }): Promise<void> {
  throw new SatchelError("INTERNAL", "Tables are not written yet.");
}
