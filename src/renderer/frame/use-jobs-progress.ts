import { useEffect, useState } from "react";
import type { JobProgress } from "../../contract/job.ts";
import { useClient, useConnection } from "../client/client.tsx";

/** The jobs that run or wait, the running ones first; begun anew with each connection. */
export function useJobsProgress(): readonly JobProgress[] {
  const client = useClient();
  const { state } = useConnection();
  const [jobs, setJobs] = useState<readonly JobProgress[]>([]);
  useEffect(() => {
    if (state !== "open") return undefined;
    const stop = new AbortController();
    const watch = async (): Promise<void> => {
      for await (const all of client["jobs.progress"]({}, stop.signal))
        setJobs(all.toSorted((a, b) => Number(b.state === "running") - Number(a.state === "running")));
    };
    // It ends with the connection, which has its own notice, or with this part.
    watch().catch(() => setJobs([]));
    return () => stop.abort();
  }, [client, state]);
  return jobs;
}
