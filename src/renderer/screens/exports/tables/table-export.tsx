import { Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { PlanSummary } from "../../../../contract/job.ts";
import { identityOfTable, type TableRecipe } from "../../../../contract/table-recipe.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { Page } from "../../../parts/page.tsx";
import { OpenedText, TableReviewPanel, type ReviewPlace } from "../../review/table-review.tsx";
import { ExportKindChoice } from "../export-kind-choice.tsx";
import classes from "../exports.module.css";
import { StartBar } from "../start-bar.tsx";
import { reasonsNotToStart, type StartReason } from "../start-reasons.ts";
import { StepWhere } from "../step-where.tsx";
import { Step } from "../step.tsx";
import { usePlan } from "../use-plan.ts";
import { FormChoice } from "./form-choice.tsx";

const BEGINNING: ReviewPlace = { offset: 0, opened: undefined };

/** A new export of a table: what, how, where on one page, then ten rows as they will leave, then Start. */
export function TableExport(props: {
  kind: TableRecipe["kind"];
  /** With the stand-in where no folder is chosen; undefined while it is not whole. */
  recipe: TableRecipe | undefined;
  /** Where the review says that it goes: it does not depend on it. */
  standIn: string | undefined;
  missing: readonly StartReason[];
  draft: { destination: string; format: TableRecipe["format"] };
  change: (changes: { destination?: string; format?: TableRecipe["format"] }) => void;
  what: (plan: PlanSummary | undefined) => ReactNode;
  how: ReactNode;
}): ReactNode {
  const { kind, recipe, standIn, missing, draft, change, what, how } = props;
  const { exporting, tableReview } = useLabels();
  const format = useFormat();
  const { planned, plan, current, problem, failed, place } = usePlan(recipe, draft.destination);
  // What leaves does not depend on where it goes: another folder is no reason to read the rows again.
  const reviewed = planned && standIn !== undefined ? { ...planned, destination: standIn } : undefined;
  const [review, setReview] = useReviewPlace(reviewed);
  const reasons = reasonsNotToStart(missing, current, failed, place, "table");
  const isOpen = reviewed !== undefined && review.opened !== undefined;
  return (
    <Page
      title={exporting.title}
      chips={<ExportKindChoice kind={kind} />}
      aside={isOpen && <OpenedText recipe={reviewed} place={review} />}
      asideLabel={tableReview.text.title(format.count((review.opened ?? 0) + 1))}
      onAsideClose={() => setReview({ ...review, opened: undefined })}
    >
      <div className={classes.steps}>
        {what(plan)}
        {how}
        <StepWhere
          destination={draft.destination}
          onDestination={(destination) => change({ destination })}
          plan={plan}
          problem={problem}
          place={place}
          reasons={reasons}
        >
          <FormChoice value={draft.format} onChange={(chosen) => change({ format: chosen })} />
        </StepWhere>
        <Step number={4} title={exporting.steps.review}>
          {reviewed === undefined ? (
            <Text size="sm" c="dimmed">
              {tableReview.review.waiting}
            </Text>
          ) : (
            <TableReviewPanel recipe={reviewed} place={review} onPlace={setReview} />
          )}
        </Step>
      </div>
      <ReadyBar recipe={draft.destination === "" ? undefined : recipe} plan={plan} reasons={reasons} />
    </Page>
  );
}

/** Another selection has other rows: their review begins with the first. */
function useReviewPlace(recipe: TableRecipe | undefined): [ReviewPlace, (place: ReviewPlace) => void] {
  const of = recipe === undefined ? "" : JSON.stringify([recipe.kind, recipe.selection]);
  const [held, setHeld] = useState({ of, place: BEGINNING });
  return [held.of === of ? held.place : BEGINNING, (place) => setHeld({ of, place })];
}

function ReadyBar(props: {
  recipe: TableRecipe | undefined;
  plan: PlanSummary | undefined;
  reasons: readonly StartReason[];
}): ReactNode {
  const { recipe, plan, reasons } = props;
  const { exporting, records, tables } = useLabels();
  const format = useFormat();
  const [table] = plan?.packages ?? [];
  const say = (): string => {
    if (recipe === undefined || table === undefined) return "";
    const rows = table.rows ?? 0;
    return tables.start.ready[identityOfTable(recipe)](
      records.rows(rows, format.count(rows)),
      exporting.patients(table.patients, format.count(table.patients)),
      format.bytes(table.bytes),
    );
  };
  return <StartBar recipe={recipe} ready={say()} reasons={reasons} />;
}
