import { noteJob } from "./job-notes.ts";
import type { JobRun, JobsPorts } from "./run-job.ts";

/** Waits until no sync changes the records; none does until the answer is called. @throws CANCELLED */
export async function enterRecords(ports: JobsPorts, run: JobRun): Promise<() => void> {
  let waited = false;
  const leave = await ports.readRecords(run.abort.signal, () => {
    waited = true;
    run.meter.update({ phase: "waiting-for-sync" });
    noteJob(ports, run.id, "waiting-for-sync", {});
    run.onWait(true);
  });
  if (waited) {
    run.meter.update({ phase: "reading" });
    run.onWait(false);
  }
  return leave;
}
