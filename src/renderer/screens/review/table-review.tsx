import { Switch, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { TableReview } from "../../../contract/calls/records.ts";
import type { TableRecipe } from "../../../contract/table-recipe.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { sayNotice } from "../../engine-words.ts";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { ChangeBar } from "./change-bar.tsx";
import { ExamineText } from "./examine-text.tsx";
import classes from "./review.module.css";
import { RowPicker } from "./row-picker.tsx";
import { RowText } from "./row-text.tsx";
import { cellsOf, countChanges, offsetOf, onlyChanged, ROWS_AT_ONCE } from "./table-review-rows.ts";
import { TableRows } from "./table-rows.tsx";

/** Where a review is: which ten rows, and whose text is open beside them. */
export interface ReviewPlace {
  offset: number;
  opened: number | undefined;
}

interface ReviewProps {
  recipe: TableRecipe;
  place: ReviewPlace;
  onPlace: (place: ReviewPlace) => void;
}

function useRows({
  recipe,
  place,
}: Pick<ReviewProps, "recipe" | "place">): ReturnType<typeof useAnswer<"exports.reviewTable">> {
  const question = { recipe, offset: place.offset, limit: ROWS_AT_ONCE };
  return useAnswer("exports.reviewTable", question, { keepPrevious: true });
}

/** What will leave: ten real rows before and after, and the text of all notes looked through. Nothing is written. */
export function TableReviewPanel(props: ReviewProps): ReactNode {
  const { recipe, place, onPlace } = props;
  const labels = useLabels().tableReview.review;
  const { data: review, error, refetch, isPlaceholderData: isOld } = useRows(props);
  const total = review?.total ?? 0;
  const open = (row: number): void => onPlace({ offset: offsetOf(row), opened: row });
  return (
    <div>
      {recipe.kind === "notes" && recipe.policy.text === "scrub" && total > 0 && (
        <ExamineText key={JSON.stringify(recipe)} recipe={recipe} notes={total} onRow={open} />
      )}
      <div className={classes.head}>
        {total > 0 && (
          <RowPicker
            offset={place.offset}
            total={total}
            onOffset={(offset) => onPlace({ offset, opened: undefined })}
          />
        )}
        {review !== undefined && error === null && (
          <Text size="sm" c="dimmed" component="span" className={classes.spread}>
            <bdi dir="auto">
              {review.path === review.package ? review.path : labels.willBe(review.path, review.package)}
            </bdi>
          </Text>
        )}
      </div>
      {error !== null && <ErrorNotice error={error} action={{ label: labels.again, onClick: () => void refetch() }} />}
      {(review === undefined || isOld) && error === null && <Text size="sm">{labels.reading}</Text>}
      {review?.total === 0 && !isOld && <Text size="sm">{labels.none}</Text>}
      {review !== undefined && review.total > 0 && error === null && (
        // Until the new ones are read, those before stay in their place, pale: what they say is not of what is chosen now.
        <div aria-busy={isOld} className={isOld ? classes.old : undefined}>
          <Rows review={review} kind={recipe.kind} place={place} onOpen={open} />
        </div>
      )}
    </div>
  );
}

function Rows(props: {
  review: TableReview;
  kind: TableRecipe["kind"];
  place: ReviewPlace;
  onOpen: (row: number) => void;
}): ReactNode {
  const { review, kind, place, onOpen } = props;
  const { engine, tableReview } = useLabels();
  const labels = tableReview.review;
  const format = useFormat();
  const [onlyChanges, setOnlyChanges] = useState(false);
  const rows = cellsOf(review, place.offset);
  return (
    <>
      <div className={classes.aboveRows}>
        <ChangeBar counts={countChanges(rows)} label={labels.bar} />
        <Switch
          size="sm"
          label={labels.onlyChanges}
          checked={onlyChanges}
          onChange={(event) => setOnlyChanges(event.currentTarget.checked)}
        />
      </div>
      <TableRows kind={kind} rows={onlyChanges ? onlyChanged(rows) : rows} opened={place.opened} onOpen={onOpen} />
      {review.notices.length > 0 && (
        <section aria-label={labels.notices}>
          <Text size="sm" fw={600} mt="sm">
            {labels.notices}
          </Text>
          <ul className={classes.notices}>
            {review.notices.map((notice, index) => (
              <li key={notice} dir="auto">
                {sayNotice(notice, review.noticeMeanings[index], engine, format)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The text of the open row, for the panel beside the page. */
export function OpenedText(props: Pick<ReviewProps, "recipe" | "place">): ReactNode {
  const { place } = props;
  const { data: review, isPlaceholderData: isOld } = useRows(props);
  const labels = useLabels().tableReview.review;
  if (review === undefined || isOld) return <Text size="sm">{labels.reading}</Text>;
  const opened = cellsOf(review, place.offset).find(({ row }) => row === place.opened);
  if (opened?.long === undefined) return <Text size="sm">{labels.none}</Text>;
  return <RowText key={opened.row} row={opened.row} cell={opened.long} />;
}
