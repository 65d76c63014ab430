import { ActionIcon, Progress, Tooltip } from "@mantine/core";
import { IconPlayerPause, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { JobProgress } from "../../contract/job.ts";
import { useCall } from "../client/query.ts";
import { useLabels } from "../labels/labels.tsx";
import { announce } from "../parts/announce.tsx";
import { Confirm } from "../parts/confirm.tsx";
import { ErrorNotice } from "../parts/error-notice.tsx";
import { useFormat } from "../parts/format.ts";
import { spokenStep } from "../parts/spoken-step.ts";
import { goTo } from "../route.ts";
import { shareDone } from "./running-job.ts";
import classes from "./status-line.module.css";

/** The job that runs, in one line: what it does, how far, how long, and how to stop it. */
export function JobLine({ job, others }: { job: JobProgress; others: number }): ReactNode {
  const { frame, parts } = useLabels();
  const format = useFormat();
  const pause = useCall("jobs.pause");
  const cancel = useCall("jobs.cancel");
  const [asking, setAsking] = useState(false);
  const share = shareDone(job);
  const doing = describeStep(job);
  useSpokenProgress(job.jobId, frame.phases[job.phase], share);
  const failed = pause.error ?? cancel.error;
  const words = [
    doing,
    format.percent(share),
    job.secondsLeft === null ? "" : parts.secondsLeft(format.duration(job.secondsLeft)),
    others > 0 ? frame.moreJobs(others, format.count(others)) : "",
  ];
  function describeStep(of: JobProgress): string {
    const phase = frame.phases[of.phase];
    if (of.package === null) return phase;
    return frame.jobStep(phase, of.package, format.count(of.packageNumber), format.count(of.packagesTotal));
  }
  return (
    <>
      <a
        href={`#/exports/${job.jobId}`}
        className={classes.link}
        title={frame.openJob}
        onClick={(event) => {
          event.preventDefault();
          goTo("exports", job.jobId);
        }}
      >
        <bdi>{words.filter((one) => one !== "").join(" · ")}</bdi>
      </a>
      <Progress value={share * 100} size="sm" className={classes.bar} aria-label={doing} />
      <Tooltip label={frame.pauseJob}>
        <ActionIcon
          variant="default"
          size="sm"
          aria-label={frame.pauseJob}
          loading={pause.isPending}
          onClick={() => pause.mutate({ id: job.jobId })}
        >
          <IconPlayerPause size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={frame.cancelJob}>
        <ActionIcon variant="default" size="sm" aria-label={frame.cancelJob} onClick={() => setAsking(true)}>
          <IconX size={14} />
        </ActionIcon>
      </Tooltip>
      <Confirm
        opened={asking}
        title={frame.cancelTitle}
        confirmLabel={frame.cancelConfirm}
        keepLabel={frame.cancelNot}
        busy={cancel.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => cancel.mutate({ id: job.jobId }, { onSettled: () => setAsking(false) })}
      >
        {frame.cancelText}
      </Confirm>
      {failed !== null && (
        <div className={classes.failed}>
          <ErrorNotice
            error={failed}
            onDismiss={() => {
              pause.reset();
              cancel.reset();
            }}
          />
        </div>
      )}
    </>
  );
}

function useSpokenProgress(job: string, doing: string, share: number): void {
  const { parts } = useLabels();
  const format = useFormat();
  const before = useRef({ key: "", step: -1 });
  useEffect(() => {
    const key = `${job} ${doing}`;
    const step = spokenStep(before.current.key === key ? before.current.step : -1, share);
    if (step === undefined) return;
    before.current = { key, step };
    announce(parts.percent(doing, format.percent(step / 100)));
  }, [job, doing, share, parts, format]);
}
