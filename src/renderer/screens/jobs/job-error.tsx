import type { ReactNode } from "react";
import type { JobSummary } from "../../../contract/job.ts";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { goTo } from "../../route.ts";

/** Why a job stopped or failed, with the one button that leads on: to the source, to the keys, or on with the job. */
export function JobError({ job }: { job: JobSummary }): ReactNode {
  const labels = useLabels().jobs;
  const resume = useCall("jobs.resume");
  const { error, state, id } = job;
  if (error === null) return null;
  if (resume.error !== null) return <ErrorNotice error={resume.error} onDismiss={() => resume.reset()} />;
  const { code } = error;
  if (code === "SOURCE_REFUSED" || code === "SOURCE_UNREACHABLE" || code === "SOURCE_ANSWER")
    return <ErrorNotice error={error} action={{ label: labels.editSource, onClick: () => goTo("sources") }} />;
  if (code === "KEY_NEEDED")
    return <ErrorNotice error={error} action={{ label: labels.openKeys, onClick: () => goTo("settings") }} />;
  if (state === "paused" || state === "interrupted")
    return <ErrorNotice error={error} action={{ label: labels.resume, onClick: () => resume.mutate({ id }) }} />;
  return <ErrorNotice error={error} />;
}
