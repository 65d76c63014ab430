import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import type { PackageEntry } from "../../../contract/calls/packages.ts";
import type { Calls } from "../../../contract/calls.ts";
import type { Client } from "../../../contract/rpc.ts";
import { useClient } from "../../client/client.tsx";
import { useStream } from "../../client/stream.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { FolderField } from "../../parts/folder-field.tsx";
import { WorkProgress } from "../../parts/work-progress.tsx";
import { CopyResult } from "./copy-result.tsx";
import classes from "./packages.module.css";
import { PanelTitle } from "./panel-title.tsx";
import { StickChoice } from "./stick-choice.tsx";

export type CopyEvent = ReturnType<Client<Calls>["packages.copy"]> extends AsyncIterable<infer Event> ? Event : never;

/** Takes a package to a stick: copies, writes out, reads back, verifies, and only then says that it is safe to pull out. */
export function CopyPanel(props: {
  entry: PackageEntry;
  /** Told when a copy begins and ends: it lives no longer than this panel, so the panel is not to be closed meanwhile. */
  onRunning: (running: boolean) => void;
}): ReactNode {
  const { entry, onRunning } = props;
  const labels = useLabels().packages.copying;
  const client = useClient();
  const [destination, setDestination] = useState("");
  const { latest, running, error, start, cancel } = useStream<CopyEvent>();
  const begin = (): void => start((signal) => client["packages.copy"]({ path: entry.path, destination }, signal));
  useEffect(() => {
    onRunning(running);
    return () => onRunning(false);
  }, [running, onRunning]);
  useQuestionBeforeLeaving(running);
  const isDone = latest?.type === "result";
  const progress = latest?.type === "progress" ? latest : undefined;
  return (
    <div className={classes.panel}>
      <PanelTitle>
        <bdi dir="auto">{labels.title(entry.name)}</bdi>
      </PanelTitle>
      <StickChoice bytes={entry.bytes} disabled={running} value={destination} onChange={setDestination} />
      <FolderField label={labels.to} value={destination} onChange={setDestination} purpose="write" disabled={running} />
      {running ? (
        <Stack gap="xs">
          <WorkProgress
            label={labels.steps[progress?.step ?? "copying"]}
            done={progress?.bytesDone ?? 0}
            total={progress === undefined || progress.step === "flushing" ? null : progress.bytesTotal}
            unit="bytes"
            onCancel={cancel}
          />
          <Text size="sm">{labels.wait}</Text>
        </Stack>
      ) : (
        <Group>
          <Button disabled={destination === ""} variant={isDone ? "default" : "filled"} onClick={begin}>
            {isDone || error !== undefined ? labels.another : labels.start}
          </Button>
        </Group>
      )}
      {error !== undefined && <ErrorNotice error={error} />}
      {latest?.type === "result" && <CopyResult result={latest} />}
    </div>
  );
}

/** A page that is reloaded or closed takes the copy with it: the browser asks first. Electron's window asks by itself, and only once. */
function useQuestionBeforeLeaving(asked: boolean): void {
  useEffect(() => {
    if (!asked || window.satchel !== undefined) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    globalThis.addEventListener("beforeunload", ask);
    return () => globalThis.removeEventListener("beforeunload", ask);
  }, [asked]);
}
