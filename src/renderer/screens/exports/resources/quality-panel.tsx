import { Button, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { QualityExamination, QualityTable } from "../../../../contract/calls/fhir-exports.ts";
import type { QualityRecipe } from "../../../../contract/fhir-recipe.ts";
import { useClient } from "../../../client/client.tsx";
import { useStream } from "../../../client/stream.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { useFormat } from "../../../parts/format.ts";
import { WorkProgress } from "../../../parts/work-progress.tsx";
import { QualityFigures } from "./quality-figures.tsx";
import { QualityRows } from "./quality-rows.tsx";
import classes from "./resources.module.css";

type Event = { type: "progress"; resources: number } | ({ type: "result" } & QualityExamination);

/** The data of a selection examined, without writing anything: figures, and the rows behind each. */
export function QualityPanel(props: { recipe: QualityRecipe }): ReactNode {
  // Another recipe is another of these (its key): a new object that says the same is no reason to begin anew.
  const [recipe] = useState(props.recipe);
  const labels = useLabels().resourceExports.quality;
  const client = useClient();
  const { latest, running, error, start, cancel } = useStream<Event>();
  const [open, setOpen] = useState<QualityTable>();
  const begin = (): void => {
    setOpen(undefined);
    start((signal) => client["quality.examine"]({ recipe }, signal));
  };
  return (
    <section aria-label={labels.title} className={classes.block}>
      <div className={classes.head}>
        <Text size="sm" c="dimmed" className={classes.spread}>
          {labels.text}
        </Text>
        {!running && (
          <Button variant="default" size="compact-md" onClick={begin}>
            {latest === undefined ? labels.start : labels.again}
          </Button>
        )}
      </div>
      {running && (
        <WorkProgress
          label={labels.running}
          done={latest?.type === "progress" ? latest.resources : 0}
          total={null}
          onCancel={cancel}
        />
      )}
      {!running && latest?.type === "progress" && error === undefined && <Text size="sm">{labels.stopped}</Text>}
      {error !== undefined && <ErrorNotice error={error} />}
      {latest?.type === "result" && (
        <>
          <Sentence examination={latest} />
          <QualityFigures examination={latest} opened={open} onOpen={setOpen} />
          {open !== undefined && (
            <QualityRows key={open} recipe={recipe} table={open} onClose={() => setOpen(undefined)} />
          )}
          <Text size="sm">{labels.asPackage}</Text>
        </>
      )}
    </section>
  );
}

function Sentence({ examination }: { examination: QualityExamination }): ReactNode {
  const { exporting, resourceExports } = useLabels();
  const format = useFormat();
  const { patients, resources, notices } = examination;
  return (
    <div role="status">
      <Text size="sm" fw={600}>
        {resourceExports.quality.of(
          exporting.patients(patients, format.count(patients)),
          resourceExports.what.resources(resources, format.count(resources)),
        )}
      </Text>
      {notices.map((notice) => (
        <Text key={notice} size="sm" dir="auto">
          {notice}
        </Text>
      ))}
    </div>
  );
}
