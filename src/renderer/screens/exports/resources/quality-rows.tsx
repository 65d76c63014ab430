import { ActionIcon, Button, Group, Text, Title } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { QualityTable } from "../../../../contract/calls/fhir-exports.ts";
import type { QualityRecipe } from "../../../../contract/fhir-recipe.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import classes from "./resources.module.css";
import { RowsTable } from "./table-preview.tsx";

const ROWS = 50;

/** The rows behind a figure, some at a time, by the ids under which they leave. */
export function QualityRows(props: { recipe: QualityRecipe; table: QualityTable; onClose: () => void }): ReactNode {
  const { recipe, table, onClose } = props;
  const { resourceExports, tableReview } = useLabels();
  const labels = resourceExports.quality;
  const format = useFormat();
  const [offset, setOffset] = useState(0);
  const answer = useAnswer("quality.rows", { recipe, table, offset, limit: ROWS }, { keepPrevious: true });
  const { data, error, isPlaceholderData: isOld } = answer;
  const heading = useRef<HTMLHeadingElement>(null);
  // What was asked for comes into sight, and under the keys.
  useEffect(() => heading.current?.focus(), []);
  const title = labels.behind(labels.findings[table]);
  const total = data?.total ?? 0;
  return (
    <section aria-label={title} className={classes.block}>
      <div className={classes.head}>
        <Title order={3} size="h6" ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {total > 0 && (
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" aria-live="polite">
              {tableReview.review.position(
                format.count(offset + 1),
                format.count(Math.min(offset + ROWS, total)),
                format.count(total),
              )}
            </Text>
            <ActionIcon
              variant="default"
              aria-label={resourceExports.quality.previous}
              disabled={offset === 0}
              onClick={() => setOffset(Math.max(0, offset - ROWS))}
            >
              <IconChevronLeft size={16} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label={resourceExports.quality.next}
              disabled={offset + ROWS >= total}
              onClick={() => setOffset(offset + ROWS)}
            >
              <IconChevronRight size={16} />
            </ActionIcon>
          </Group>
        )}
        <Button size="compact-sm" variant="subtle" onClick={onClose}>
          {labels.close}
        </Button>
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {data === undefined && error === null && <Text size="sm">{resourceExports.review.reading}</Text>}
      {data !== undefined && data.total === 0 && <Text size="sm">{labels.noRows}</Text>}
      {data !== undefined && data.total > 0 && (
        <div aria-busy={isOld} className={isOld ? classes.old : undefined}>
          <RowsTable label={title} columns={data.columns} rows={data.rows} />
        </div>
      )}
    </section>
  );
}
