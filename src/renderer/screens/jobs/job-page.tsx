import { Button, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { JobSummary } from "../../../contract/job.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { Facts } from "../../parts/facts.tsx";
import { useFormat } from "../../parts/format.ts";
import { Page } from "../../parts/page.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { goTo } from "../../route.ts";
import { JobActions } from "./job-actions.tsx";
import { JobError } from "./job-error.tsx";
import { JobLog } from "./job-log.tsx";
import { JobPackages } from "./job-packages.tsx";
import { JobProgressBar } from "./job-progress.tsx";
import { sayPolicy, sayWhat, tableKindOf, TONES } from "./job-words.ts";
import classes from "./jobs.module.css";
import { useJobsProgress } from "./use-jobs-progress.ts";

/** One export: how far it is, what can be done with it, what it made and what happened. */
export function JobPage({ id }: { id: string }): ReactNode {
  const labels = useLabels().jobs;
  const { data: job, error } = useAnswer("jobs.show", { id });
  return (
    <Page
      title={labels.jobTitle(id)}
      actions={
        <Button variant="default" onClick={() => goTo("exports")}>
          {labels.back}
        </Button>
      }
    >
      {error !== null && <ErrorNotice error={error} action={{ label: labels.back, onClick: () => goTo("exports") }} />}
      {error === null && job !== undefined && <JobBody job={job} />}
    </Page>
  );
}

function JobBody({ job }: { job: JobSummary }): ReactNode {
  const words = useLabels();
  const labels = words.jobs;
  const format = useFormat();
  const progress = useJobsProgress().get(job.id);
  const { state, startedAt, endedAt } = job;
  const took = startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  const isTable = tableKindOf(job) !== undefined;
  const what = sayWhat(job, words, format);
  const explained = Object.hasOwn(labels.explain, state) && job.error === null;
  return (
    <>
      <div className={classes.section} style={{ marginTop: 0 }}>
        <StateBadge tone={TONES[state]}>{labels.states[state]}</StateBadge>
        {explained && <Text size="sm">{labels.explain[state as keyof typeof labels.explain]}</Text>}
        {progress !== undefined && <JobProgressBar progress={progress} />}
        <JobError job={job} />
        <Facts
          items={[
            [
              labels.scope,
              job.kind === "imaging"
                ? `${what}, ${labels.instances(job.itemsTotal, format.count(job.itemsTotal))}`
                : what,
            ],
            [isTable ? words.tables.identity : labels.policy, sayPolicy(job, words)],
            [labels.destination, job.destination],
            [labels.begun, startedAt === null ? null : format.moment(startedAt)],
            [labels.endedAt, endedAt === null ? null : format.moment(endedAt)],
            [labels.took, took === null ? null : format.duration(took)],
          ]}
        />
        <JobActions job={job} />
      </div>
      <section className={classes.section} aria-label={labels.packagesTitle}>
        <Title order={2} size="h5">
          {labels.packagesTitle}
        </Title>
        <JobPackages job={job} />
      </section>
      <section className={classes.section} aria-label={labels.logTitle}>
        <Title order={2} size="h5">
          {labels.logTitle}
        </Title>
        <JobLog id={job.id} />
      </section>
    </>
  );
}
