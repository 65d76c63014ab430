import type { ReactNode } from "react";
import type { JobProgress } from "../../../contract/job.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { WorkProgress } from "../../parts/work-progress.tsx";
import { sayStep } from "./job-words.ts";

/** How far a job is, in bytes where they are known; while it verifies, how far that is. */
export function JobProgressBar({ progress }: { progress: JobProgress }): ReactNode {
  const labels = useLabels().jobs;
  const format = useFormat();
  const { phase, verified, itemsDone, itemsTotal, rate, secondsLeft, bytesTotal } = progress;
  const label = sayStep(progress, labels, format);
  if (phase === "waiting") return null;
  if (phase === "verifying" && verified !== null)
    return (
      <WorkProgress
        label={label}
        done={Math.round(verified * bytesTotal)}
        total={bytesTotal}
        unit="bytes"
        secondsLeft={secondsLeft}
        spoken={false}
      />
    );
  // The status line of the window speaks of jobs already.
  return (
    <WorkProgress
      label={label}
      done={itemsDone}
      total={phase === "waiting-for-sync" ? null : itemsTotal}
      rate={rate}
      secondsLeft={secondsLeft}
      spoken={false}
    />
  );
}
