import { Text, Title } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useEffect, type ReactNode } from "react";
import type { WorkspaceState } from "../../../contract/calls/workspace.ts";
import { useAnswer, useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { LiveRegion } from "../../parts/announce.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { NewWorkspace } from "./new-workspace.tsx";
import { OpenWorkspace } from "./open-workspace.tsx";
import classes from "./unlock.module.css";

/** Before anything of the workspace is shown: making it, or opening it. */
export function UnlockScreen({ workspace }: { workspace: WorkspaceState }): ReactNode {
  const { frame, welcome } = useLabels();
  const place = useAnswer("shell.describe", {}).data?.workspace ?? "";
  const isNew = workspace.state === "new";
  const title = isNew ? welcome.newTitle : welcome.lockedTitle;
  useEffect(() => {
    document.title = `${title} · ${frame.product}`;
  }, [title, frame]);
  const again = useCall("workspace.open");
  // A passphrase that was just refused is said beside its field.
  const problem = again.error ?? workspace.problem;
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <IconLock size={32} stroke={1.5} aria-hidden />
        <Title order={1}>{title}</Title>
        {isNew ? (
          <>
            <Text>{welcome.newText}</Text>
            {place !== "" && (
              <Text size="sm" c="dimmed" className={classes.place}>
                {welcome.newWhere(place)}
              </Text>
            )}
          </>
        ) : (
          <Text className={classes.place}>{welcome.lockedText(place)}</Text>
        )}
        {problem !== null && !("code" in problem && problem.code === "WRONG_KEY") && (
          <ErrorNotice error={problem} action={{ label: welcome.tryAgain, onClick: () => again.mutate({}) }} />
        )}
        {isNew ? <NewWorkspace /> : <OpenWorkspace />}
      </div>
      <LiveRegion />
    </main>
  );
}
