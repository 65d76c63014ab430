import { Button, Group, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { isRecordKind } from "./records-draft.ts";
import { isResourceKind } from "./resources-draft.ts";
import classes from "./sources.module.css";

const SHOWN = 100;

/** What a sync could not take in, and why; asked for only when somebody looks. */
export function SourceProblems({ source }: { source: SourceSummary }): ReactNode {
  const { name, problems: count } = source;
  const { sources: labels, errors } = useLabels();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const problems = useAnswer("sources.problems", { name, limit: SHOWN }, { enabled: open });
  return (
    <div className={classes.problems}>
      <Group gap="sm">
        <StateBadge tone="attention">
          {(isRecordKind(source.kind) || isResourceKind(source.kind) ? labels.recordProblems : labels.problems)(
            count,
            format.count(count),
          )}
        </StateBadge>
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? labels.hideProblems : labels.showProblems}
        </Button>
      </Group>
      {problems.error !== null && <ErrorNotice error={problems.error} />}
      {open && problems.data !== undefined && (
        <>
          <ul className={classes.problemList}>
            {problems.data.map(({ ref, code, reason }) => (
              <li key={ref}>
                <bdi className={classes.ref}>{ref}</bdi>
                <Text size="sm">
                  {Object.hasOwn(errors.codes, code) ? errors.codes[code as keyof typeof errors.codes].title : code}:{" "}
                  {reason}
                </Text>
              </li>
            ))}
          </ul>
          {count > problems.data.length && (
            <Text size="sm" c="dimmed">
              {labels.problemsShown(format.count(problems.data.length))}
            </Text>
          )}
        </>
      )}
    </div>
  );
}
