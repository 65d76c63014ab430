import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import classes from "./jobs.module.css";

/** What happened to a job, oldest first. */
export function JobLog({ id }: { id: string }): ReactNode {
  const labels = useLabels().jobs;
  const format = useFormat();
  const { data: entries, error } = useAnswer("jobs.log", { id });
  if (error !== null) return <ErrorNotice error={error} />;
  if (entries === undefined) return null;
  if (entries.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {labels.noLog}
      </Text>
    );
  return (
    <ol className={classes.log}>
      {entries.map(({ at, text, error: problem }, index) => (
        <li key={`${at} ${index}`}>
          <time dateTime={at} className={classes.when}>
            {format.moment(at)}
          </time>
          <span>
            {text}
            {problem !== null && problem.message !== text && ` ${problem.message}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
