import { Button, Group, Progress, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useLabels } from "../labels/labels.tsx";
import { announce } from "./announce.tsx";
import { useFormat } from "./format.ts";
import { spokenStep } from "./spoken-step.ts";
import classes from "./work-progress.module.css";

interface WorkProgressProps {
  /** What is being done, in words: "Reading folder". */
  label: string;
  done: number;
  /** Null while it is not known: the bar then only says that something happens. */
  total: number | null;
  /** "items" are counted, "bytes" shown as sizes. */
  unit?: "items" | "bytes";
  /** Bytes per second. */
  rate?: number | null | undefined;
  secondsLeft?: number | null | undefined;
  /** False where the same progress is spoken elsewhere already (a job in the status line). */
  spoken?: boolean;
  onCancel?: (() => void) | undefined;
  onPause?: (() => void) | undefined;
  onResume?: (() => void) | undefined;
}

/** A bar, the same in words, and what can be done about it. Spoken at each ten per cent. */
export function WorkProgress(props: WorkProgressProps): ReactNode {
  const { label, done, total, unit = "items", rate, secondsLeft, spoken = true, onCancel, onPause, onResume } = props;
  const { parts } = useLabels();
  const format = useFormat();
  const share = total === null ? null : total === 0 ? 1 : Math.min(done / total, 1);
  const before = useRef(-1);
  useEffect(() => {
    if (!spoken || share === null) return;
    const step = spokenStep(before.current, share);
    if (step === undefined) return;
    before.current = step;
    announce(parts.percent(label, format.percent(step / 100)));
  }, [spoken, share, label, parts, format]);
  const amount = unit === "bytes" ? format.bytes : format.count;
  const words = [
    total === null ? (done === 0 ? "" : amount(done)) : parts.doneOf(amount(done), amount(total)),
    share === null ? "" : format.percent(share),
    rate === null || rate === undefined ? "" : parts.perSecond(format.bytes(rate)),
    secondsLeft === null || secondsLeft === undefined ? "" : parts.secondsLeft(format.duration(secondsLeft)),
  ].filter((one) => one !== "");
  return (
    <div className={classes.work}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{label}</Text>
        <Text size="sm" c="dimmed">
          {words.join(" · ")}
        </Text>
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Progress.Root size="sm" className={classes.bar}>
          <Progress.Section
            value={share === null ? 100 : share * 100}
            striped={share === null}
            animated={share === null}
            aria-label={label}
            {...(share === null ? {} : { "aria-valuetext": words.join(", ") })}
          />
        </Progress.Root>
        {onPause && (
          <Button size="compact-xs" variant="default" leftSection={<IconPlayerPause size={12} />} onClick={onPause}>
            {parts.pause}
          </Button>
        )}
        {onResume && (
          <Button size="compact-xs" variant="default" leftSection={<IconPlayerPlay size={12} />} onClick={onResume}>
            {parts.resume}
          </Button>
        )}
        {onCancel && (
          <Button size="compact-xs" variant="default" leftSection={<IconX size={12} />} onClick={onCancel}>
            {parts.cancel}
          </Button>
        )}
      </Group>
    </div>
  );
}
