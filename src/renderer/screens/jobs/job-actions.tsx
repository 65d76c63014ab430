import { Button, Group, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconRepeat, IconTrash, IconX } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { JobSummary } from "../../../contract/job.ts";
import { useClient } from "../../client/client.tsx";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { ErrorNotice, type AnyError } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { goTo } from "../../route.ts";
import { startFrom } from "../exports/draft-state.ts";
import { hasEnded } from "./job-words.ts";

const ICON = 14;

/** What can be done with a job as it is now. */
export function JobActions({ job }: { job: JobSummary }): ReactNode {
  const labels = useLabels().jobs;
  const client = useClient();
  const pause = useCall("jobs.pause");
  const resume = useCall("jobs.resume");
  const retry = useCall("jobs.retry");
  const remove = useCall("jobs.remove");
  const [asked, setAsked] = useState<"cancel" | "remove">();
  const [problem, setProblem] = useState<AnyError>();
  const { id, state } = job;
  const failed = { onError: setProblem };
  const again = async (): Promise<void> => {
    startFrom(await client["jobs.recipe"]({ id }));
    goTo("exports", "new");
  };
  const button = (label: string, icon: ReactNode, onClick: () => void, busy = false): ReactNode => (
    <Button size="compact-sm" variant="default" leftSection={icon} loading={busy} onClick={onClick}>
      {label}
    </Button>
  );
  const canRetry = state === "incomplete" || state === "failed" || state === "cancelled";
  return (
    <>
      <Group gap="xs">
        {(state === "running" || state === "planned") &&
          button(labels.pause, <IconPlayerPause size={ICON} />, () => pause.mutate({ id }, failed), pause.isPending)}
        {(state === "paused" || state === "interrupted") &&
          button(labels.resume, <IconPlayerPlay size={ICON} />, () => resume.mutate({ id }, failed), resume.isPending)}
        {!hasEnded(state) && button(labels.cancel, <IconX size={ICON} />, () => setAsked("cancel"))}
        {canRetry &&
          button(
            labels.retry,
            <IconRefresh size={ICON} />,
            () => retry.mutate({ id }, { ...failed, onSuccess: ({ jobId }) => goTo("exports", jobId) }),
            retry.isPending,
          )}
        {hasEnded(state) && button(labels.again, <IconRepeat size={ICON} />, () => void again().catch(setProblem))}
        {hasEnded(state) && button(labels.remove, <IconTrash size={ICON} />, () => setAsked("remove"))}
      </Group>
      {problem !== undefined && <ErrorNotice error={problem} onDismiss={() => setProblem(undefined)} />}
      <CancelQuestion
        job={job}
        opened={asked === "cancel"}
        onEnd={(error) => {
          setAsked(undefined);
          setProblem(error);
        }}
      />
      <Confirm
        opened={asked === "remove"}
        title={labels.removeTitle}
        confirmLabel={labels.remove}
        busy={remove.isPending}
        onCancel={() => setAsked(undefined)}
        onConfirm={() =>
          remove.mutate({ id }, { ...failed, onSuccess: () => goTo("exports"), onSettled: () => setAsked(undefined) })
        }
      >
        {labels.removeText}
      </Confirm>
    </>
  );
}

function CancelQuestion(props: {
  job: JobSummary;
  opened: boolean;
  /** The question is answered; with an error where the cancel failed. */
  onEnd: (error: Error | undefined) => void;
}): ReactNode {
  const { job, opened, onEnd } = props;
  const labels = useLabels().jobs;
  const format = useFormat();
  const cancel = useCall("jobs.cancel");
  const finished = job.packages.length;
  return (
    <Confirm
      opened={opened}
      title={labels.cancelTitle}
      confirmLabel={labels.cancel}
      cancelLabel={labels.cancelNot}
      busy={cancel.isPending}
      onCancel={() => onEnd(undefined)}
      onConfirm={() =>
        cancel.mutate({ id: job.id }, { onSuccess: () => onEnd(undefined), onError: (error) => onEnd(error) })
      }
    >
      <Text>{labels.cancelKept(finished, format.count(finished))}</Text>
      {job.state !== "paused" && <Text>{labels.cancelInstead}</Text>}
    </Confirm>
  );
}
