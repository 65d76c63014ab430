import { useEffect } from "react";
import type { JobProgress } from "../../../contract/job.ts";
import { useClient } from "../../client/client.tsx";
import { useStream } from "../../client/stream.ts";

/** Of every job that runs or waits, by its id, for as long as the part is shown. */
export function useJobsProgress(): ReadonlyMap<string, JobProgress> {
  const client = useClient();
  const { latest, start } = useStream<JobProgress[]>();
  useEffect(() => start((signal) => client["jobs.progress"]({}, signal)), [client, start]);
  return new Map(latest?.map((progress) => [progress.jobId, progress]));
}
