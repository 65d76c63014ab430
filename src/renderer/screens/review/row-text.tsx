import { Button, Text, Title } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { MarkedText, type TextMark } from "./marked-text.tsx";
import classes from "./review.module.css";
import type { ReviewedCell } from "./table-review-rows.ts";

/** So much of a text is shown at once, and as much more each time. */
const STEP = 20_000;

/** The text of one row whole: as it was, with what is replaced, and as it leaves, with what still looks like a name. */
export function RowText({ row, cell }: { row: number; cell: ReviewedCell }): ReactNode {
  const { review, tableReview } = useLabels();
  const labels = tableReview.text;
  const format = useFormat();
  const { replaced = [], suspicious = [] } = cell.text ?? {};
  return (
    <div className={classes.rowText}>
      <Title order={2} size="h5">
        {labels.title(format.count(row + 1))}
      </Title>
      {cell.text !== undefined && (
        <div role="status" className={classes.found}>
          <Text size="sm">
            {replaced.length === 0 ? labels.unmarked : labels.replaced(replaced.length, format.count(replaced.length))}
          </Text>
          {suspicious.length > 0 ? (
            <StateBadge tone="attention">
              {labels.suspicious(suspicious.length, format.count(suspicious.length))}
            </StateBadge>
          ) : (
            <Text size="sm">{labels.nothingSuspicious}</Text>
          )}
        </div>
      )}
      <Part title={labels.after} text={cell.after} marks={suspicious} />
      <Part title={labels.before} text={cell.before} marks={replaced} />
      {cell.change === "kept" && <Text size="sm">{review.changes.kept}</Text>}
    </div>
  );
}

function Part({ title, text, marks }: { title: string; text: string | null; marks: readonly TextMark[] }): ReactNode {
  const labels = useLabels().tableReview.text;
  const format = useFormat();
  const [shown, setShown] = useState(STEP);
  const whole = text ?? "";
  const left = whole.length - shown;
  return (
    <section aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {whole === "" ? (
        <Text size="sm" c="dimmed">
          {labels.empty}
        </Text>
      ) : (
        <div className={classes.noteText} dir="auto">
          <MarkedText text={whole} marks={marks} limit={shown} />
        </div>
      )}
      {left > 0 && (
        <Button size="compact-sm" variant="default" mt="xs" onClick={() => setShown(shown + STEP)}>
          {labels.more(format.count(left))}
        </Button>
      )}
    </section>
  );
}
