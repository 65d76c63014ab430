import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { ExamRow } from "../../../../contract/calls/records.ts";
import { EXAM_COLUMNS } from "../../../../contract/records.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { useFormat } from "../../../parts/format.ts";
import { Name } from "../../../parts/name.tsx";
import { sayExamValue } from "./exam-columns.tsx";

/** One exam with all its columns; those that are empty are said to be so. */
export function ExamPanel({ exam }: { exam: ExamRow }): ReactNode {
  const { browse, browseRecords, records } = useLabels();
  const format = useFormat();
  const { values } = exam;
  const description = values.exam_description ?? values.exam_item ?? "";
  return (
    <Stack gap="md">
      <Title order={2} size="h3" dir="auto">
        {description === "" ? browse.panel.noDescription : description}
      </Title>
      <Text size="sm" c="dimmed">
        {browseRecords.panel.origins[exam.origin](exam.source)}
      </Text>
      <Facts
        items={EXAM_COLUMNS.map((column) => {
          const value = sayExamValue(column, values[column], format);
          const shown =
            value === "" ? (
              <Text span size="sm" c="dimmed">
                {browseRecords.panel.empty}
              </Text>
            ) : column === "patient_name" ? (
              <Name value={value} />
            ) : (
              <bdi>{value}</bdi>
            );
          return [records.examColumns[column], shown] as const;
        })}
      />
    </Stack>
  );
}
