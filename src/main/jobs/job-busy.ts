import type { JobProgress } from "../../contract/job.ts";
import type { Busy, BusyWork } from "./busy.ts";

/** Tells the shell of the jobs that run; those that wait for their turn are no work yet. */
export function busyWithJobs(busy: Busy): (jobs: readonly JobProgress[]) => void {
  const works = new Map<string, BusyWork>();
  return (jobs) => {
    const running = jobs.filter(({ state }) => state === "running");
    for (const { jobId, itemsDone, itemsTotal } of running) {
      let work = works.get(jobId);
      if (work === undefined) works.set(jobId, (work = busy.begin()));
      work.update(itemsTotal === 0 ? 0 : itemsDone / itemsTotal);
    }
    for (const [jobId, work] of works) {
      if (running.some((one) => one.jobId === jobId)) continue;
      works.delete(jobId);
      work.end();
    }
  };
}
