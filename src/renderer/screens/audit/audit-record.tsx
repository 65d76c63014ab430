import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { AuditRow } from "../../../contract/calls/audit.ts";
import { useLabels } from "../../labels/labels.tsx";
import { Facts } from "../../parts/facts.tsx";
import { useFormat } from "../../parts/format.ts";
import classes from "./audit.module.css";

/** One record in full. */
export function AuditRecord({ record }: { record: AuditRow }): ReactNode {
  const { audit: labels } = useLabels();
  const { columns } = labels;
  const format = useFormat();
  const counts = Object.entries(record.counts).map(([name, count]) => `${name}: ${format.count(count)}`);
  return (
    <div className={classes.record}>
      <Title order={2}>{labels.details(format.count(record.sequence))}</Title>
      <Facts
        items={[
          [columns.at, format.dateTime(record.at)],
          [columns.user, record.user],
          [columns.action, record.action],
          [columns.result, record.result],
          [columns.policy, record.policy],
          [columns.destination, record.destination],
          [columns.counts, counts.join(", ")],
          [columns.reason, record.reason],
          [columns.subjects, record.subjects.join(", ")],
        ]}
      />
    </div>
  );
}
