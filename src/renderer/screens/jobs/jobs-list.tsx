import { Anchor, Button, Text, Title } from "@mantine/core";
import { IconPackageExport } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { JobProgress, JobSummary } from "../../../contract/job.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { Page } from "../../parts/page.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { goTo } from "../../route.ts";
import { JobActions } from "./job-actions.tsx";
import { JobError } from "./job-error.tsx";
import { JobProgressBar } from "./job-progress.tsx";
import { hasEnded, sayPolicy, sayWhat, TONES } from "./job-words.ts";
import classes from "./jobs.module.css";
import { useJobsProgress } from "./use-jobs-progress.ts";

/** All exports: what runs, waits or was stopped first, then what has ended, newest first. */
export function JobsList(): ReactNode {
  const labels = useLabels().jobs;
  const { data: jobs, error } = useAnswer("jobs.list", {});
  const progress = useJobsProgress();
  const newest = (jobs ?? []).toSorted((a, b) => Number(b.id) - Number(a.id));
  const open = newest.filter(({ state }) => !hasEnded(state));
  const ended = newest.filter(({ state }) => hasEnded(state));
  return (
    <Page title={labels.title} actions={<Button onClick={() => goTo("exports", "new")}>{labels.newExport}</Button>}>
      {error !== null && <ErrorNotice error={error} />}
      {jobs?.length === 0 && (
        <EmptyState icon={<IconPackageExport size={40} />} title={labels.none} text={labels.noneText}>
          <Button variant="default" onClick={() => goTo("browse")}>
            {labels.pick}
          </Button>
        </EmptyState>
      )}
      <Jobs title={labels.now} jobs={open} progress={progress} />
      <Jobs title={labels.ended} jobs={ended} progress={progress} />
    </Page>
  );
}

function Jobs(props: {
  title: string;
  jobs: readonly JobSummary[];
  progress: ReadonlyMap<string, JobProgress>;
}): ReactNode {
  const { title, jobs, progress } = props;
  if (jobs.length === 0) return null;
  return (
    <section aria-label={title}>
      <Title order={2} size="h5" mb="xs">
        {title}
      </Title>
      <ul className={classes.list}>
        {jobs.map((job) => (
          <Job key={job.id} job={job} progress={progress.get(job.id)} />
        ))}
      </ul>
    </section>
  );
}

function Job({ job, progress }: { job: JobSummary; progress: JobProgress | undefined }): ReactNode {
  const words = useLabels();
  const labels = words.jobs;
  const format = useFormat();
  const facts = [
    sayPolicy(job, words),
    job.kind === "imaging" ? labels.instances(job.itemsTotal, format.count(job.itemsTotal)) : "",
    hasEnded(job.state) ? labels.packages(job.packages.length, format.count(job.packages.length)) : "",
    labels.to(job.destination),
    format.moment(job.createdAt),
  ];
  return (
    <li className={classes.job}>
      <div className={classes.row}>
        <div className={classes.spread}>
          <Anchor href={`#/exports/${encodeURIComponent(job.id)}`} fw={600}>
            {labels.jobTitle(job.id)}: {sayWhat(job, words, format)}
          </Anchor>
          <Text size="sm" c="dimmed">
            {facts.filter((one) => one !== "").join(" · ")}
          </Text>
        </div>
        <StateBadge tone={TONES[job.state]}>{labels.states[job.state]}</StateBadge>
      </div>
      {progress !== undefined && <JobProgressBar progress={progress} />}
      <JobError job={job} />
      <JobActions job={job} />
    </li>
  );
}
