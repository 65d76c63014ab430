import { NumberInput, Radio, Select, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { EXAM_SORTS } from "../../../../contract/records.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { READY_STUDIES, READY_STUDIES_NAMES, readyStudiesNameOf } from "../../../ready-table-recipes.ts";
import { Adjusting } from "../adjusting.tsx";
import { ChoiceSetting } from "../choice-setting.tsx";
import type { StudiesInHand } from "../draft-state.ts";
import classes from "../exports.module.css";
import { ProjectKeyField } from "../project-key-field.tsx";
import { ReadyCards } from "../ready-cards.tsx";
import { SavedRecipes } from "../saved-recipes.tsx";
import { Step } from "../step.tsx";
import { ColumnChoice } from "./column-choice.tsx";
import { FileSettings } from "./file-settings.tsx";
import { IdentityWarning } from "./identity-warning.tsx";
import { identitiesInStudies } from "./table-identity.ts";

/** How the study list leaves: a ready recipe, whether it names people, and every setting behind "Adjust". */
export function StudiesHow({ hand, limit }: { hand: StudiesInHand; limit: number }): ReactNode {
  const { exporting, tablePolicy } = useLabels();
  const labels = tablePolicy.studies;
  const { draft, change } = hand;
  const ready = readyStudiesNameOf(draft);
  return (
    <Step number={2} title={exporting.steps.how}>
      <ReadyCards
        names={READY_STUDIES_NAMES}
        words={labels.ready}
        value={ready}
        onChoose={(name) => change(READY_STUDIES[name])}
      />
      <SavedRecipes />
      {ready === undefined && <Text size="sm">{exporting.ready.own}</Text>}
      <IdentityWarning identities={identitiesInStudies(draft.identity)} />
      {draft.identity === "pseudonymised" && <ProjectKeyField value={draft.key} onChange={(key) => change({ key })} />}
      <Adjusting explain={tablePolicy.explain}>
        <StudiesSettings hand={hand} limit={limit} />
      </Adjusting>
    </Step>
  );
}

function StudiesSettings({ hand, limit }: { hand: StudiesInHand; limit: number }): ReactNode {
  const { records, tablePolicy } = useLabels();
  const labels = tablePolicy.studies;
  const { draft, change } = hand;
  return (
    <>
      <ChoiceSetting
        legend={labels.identity.legend}
        values={["pseudonymised", "identified"]}
        words={labels.identity}
        value={draft.identity}
        onChange={(identity) => change({ identity })}
      />
      <ColumnChoice columns={draft.columns} onChange={(columns) => change({ columns })} />
      <Radio.Group label={labels.table.legend} value={draft.table} onChange={(table) => change({ table })}>
        <div className={classes.choices}>
          <Radio value="csv" label={labels.table.csv} description={labels.table.csvHint} />
          <Radio value="xlsx" label={labels.table.xlsx} description={labels.table.xlsxHint} />
        </div>
      </Radio.Group>
      <Select
        label={labels.sort}
        data={EXAM_SORTS.map((sort) => ({ value: sort, label: records.examSorts[sort] }))}
        value={hand.sort}
        onChange={(sort) => change({ sort })}
        allowDeselect={false}
        maw={420}
      />
      <NumberInput
        label={labels.maxRows}
        description={labels.maxRowsHint}
        value={limit}
        min={1}
        allowDecimal={false}
        clampBehavior="blur"
        maw={420}
        onChange={(value) => typeof value === "number" && value >= 1 && change({ maxRows: value })}
      />
      <FileSettings draft={draft} change={change} extension={draft.table} />
    </>
  );
}
