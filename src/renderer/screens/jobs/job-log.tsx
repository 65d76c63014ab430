import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { sayLogRow } from "../../engine-words.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import classes from "./jobs.module.css";

/** What happened to a job, oldest first. */
export function JobLog({ id }: { id: string }): ReactNode {
  const words = useLabels();
  const labels = words.jobs;
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
      {entries.map((entry, index) => (
        <li key={`${entry.at} ${index}`}>
          <time dateTime={entry.at} className={classes.when}>
            {format.moment(entry.at)}
          </time>
          <span>
            {sayLogRow(entry, words, format)}
            {entry.error !== null && entry.error.message !== entry.text && ` ${entry.error.message}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
