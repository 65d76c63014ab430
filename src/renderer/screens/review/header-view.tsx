import { Switch, Text, TextInput } from "@mantine/core";
import { useMemo, useState, type ReactNode } from "react";
import type { Review } from "../../../contract/calls/exports.ts";
import { useLabels } from "../../labels/labels.tsx";
import { Warning } from "../exports/warning.tsx";
import { ChangeBar } from "./change-bar.tsx";
import { inFileOrder, inReadingOrder } from "./review-order.ts";
import { ReviewTable } from "./review-table.tsx";
import { visibleRows } from "./review-rows.ts";
import classes from "./review.module.css";

/** The header of one instance, before and after, with what is counted of it. */
export function HeaderView({ review, identified }: { review: Review; identified: boolean }): ReactNode {
  const labels = useLabels().review;
  const [onlyChanges, setOnlyChanges] = useState(false);
  const [text, setText] = useState("");
  const [fileOrder, setFileOrder] = useState(false);
  const lines = useMemo(() => {
    const rows = visibleRows(review.rows, onlyChanges && !identified, text);
    return fileOrder ? inFileOrder(rows) : inReadingOrder(rows);
  }, [review.rows, onlyChanges, identified, text, fileOrder]);
  return (
    <div>
      {identified && (
        <Warning title={labels.identifiedTitle}>
          <Text size="sm">{labels.identifiedText}</Text>
        </Warning>
      )}
      <ChangeBar counts={review.counts} />
      <div className={classes.head} style={{ marginBlock: 8 }}>
        <TextInput
          size="xs"
          w={240}
          type="search"
          placeholder={labels.find}
          aria-label={labels.find}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {!identified && (
          <Switch
            size="sm"
            label={labels.onlyChanges}
            checked={onlyChanges}
            onChange={(event) => setOnlyChanges(event.currentTarget.checked)}
          />
        )}
        <Switch
          size="sm"
          label={labels.fileOrder}
          checked={fileOrder}
          onChange={(event) => setFileOrder(event.currentTarget.checked)}
        />
      </div>
      <ReviewTable lines={lines} />
    </div>
  );
}
