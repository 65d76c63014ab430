import { Button, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { TextExamination } from "../../../contract/calls/records.ts";
import type { NotesRecipe } from "../../../contract/table-recipe.ts";
import { useClient } from "../../client/client.tsx";
import { useStream } from "../../client/stream.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { WorkProgress } from "../../parts/work-progress.tsx";
import classes from "./review.module.css";
import { RiskiestNotes } from "./riskiest-notes.tsx";
import { sayReplacements } from "../../say-replacements.ts";

type Examination = TextExamination & { type: "progress" | "result" };

/** Every note of the selection taken through the scrubber, without writing anything: what is replaced, and which notes to read. */
export function ExamineText(props: {
  recipe: NotesRecipe;
  notes: number;
  /** To look at a row of the table, from 0. */
  onRow: (row: number) => void;
}): ReactNode {
  const { notes, onRow } = props;
  // Another recipe is another of these (its key): a new object that says the same is no reason to begin anew.
  const [recipe] = useState(props.recipe);
  const labels = useLabels().tableReview.examine;
  const format = useFormat();
  const client = useClient();
  const { latest, running, error, start, cancel } = useStream<Examination>();
  const title = labels.title(format.count(notes));
  return (
    <section className={classes.all} aria-label={title}>
      <div className={classes.allHead}>
        <div className={classes.spread}>
          <Text fw={600}>{title}</Text>
          <Text size="sm" c="dimmed">
            {labels.text}
          </Text>
        </div>
        {!running && (
          <Button
            variant="default"
            size="compact-md"
            onClick={() => start((signal) => client["exports.examineText"]({ recipe }, signal))}
          >
            {latest === undefined ? labels.start(notes, format.count(notes)) : labels.again}
          </Button>
        )}
      </div>
      {running && (
        <WorkProgress
          label={labels.running}
          done={latest?.done ?? 0}
          total={latest?.total ?? notes}
          onCancel={cancel}
        />
      )}
      {!running && latest?.type === "progress" && error === undefined && <Text size="sm">{labels.stopped}</Text>}
      {error !== undefined && <ErrorNotice error={error} />}
      {latest !== undefined && <Findings examination={latest} onRow={onRow} />}
    </section>
  );
}

function Findings({ examination, onRow }: { examination: Examination; onRow: (row: number) => void }): ReactNode {
  const words = useLabels();
  const labels = words.tableReview.examine;
  const format = useFormat();
  const { changed, replacements, riskiest, type } = examination;
  const said = sayReplacements(replacements, words, format);
  return (
    <>
      <div role={type === "result" ? "status" : undefined}>
        <Text size="sm">{labels.changed(changed, format.count(changed))}</Text>
        {said !== "" && (
          <Text size="sm">
            {labels.replacements}: {said}
          </Text>
        )}
        {type === "result" && riskiest.length === 0 && <Text size="sm">{labels.noneRisky}</Text>}
      </div>
      {riskiest.length > 0 && <RiskiestNotes riskiest={riskiest} onRow={onRow} />}
    </>
  );
}
