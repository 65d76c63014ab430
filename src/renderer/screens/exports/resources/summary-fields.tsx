import { Checkbox, NumberInput, Radio, TagsInput, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { REPORT_MEASURES } from "../../../../contract/fhir.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import type { ResourcesInHand } from "../draft-state.ts";
import classes from "../exports.module.css";

/** Which measures a report has, and from how many people on a count is shown. */
export function ReportFields({ hand: { draft, change } }: { hand: ResourcesInHand }): ReactNode {
  const labels = useLabels().resourceExports.report;
  return (
    <>
      <Text size="sm">{labels.counts}</Text>
      <Checkbox.Group
        label={labels.legend}
        value={[...draft.measures]}
        onChange={(chosen) => change({ measures: REPORT_MEASURES.filter((one) => chosen.includes(one)) })}
      >
        <div className={classes.choices}>
          {REPORT_MEASURES.map((measure) => (
            <Checkbox
              key={measure}
              value={measure}
              label={labels.measures[measure].title}
              description={labels.measures[measure].meaning}
            />
          ))}
        </div>
      </Checkbox.Group>
      <NumberInput
        label={labels.minimum}
        description={labels.minimumHint}
        value={draft.minimumCount}
        min={1}
        allowDecimal={false}
        clampBehavior="blur"
        maw={420}
        onChange={(value) => typeof value === "number" && value >= 1 && change({ minimumCount: value })}
      />
      <Radio.Group label={labels.region} value={draft.region} onChange={(region) => change({ region })}>
        <div className={classes.kinds}>
          {(["district", "state"] as const).map((region) => (
            <Radio key={region} value={region} label={labels.regions[region]} />
          ))}
        </div>
      </Radio.Group>
    </>
  );
}

/** What each patient should have. */
export function QualityFields({ hand: { draft, change } }: { hand: ResourcesInHand }): ReactNode {
  const labels = useLabels().resourceExports.quality;
  const types = useAnswer("resources.types", {}).data ?? [];
  return (
    <TagsInput
      label={labels.expect}
      description={labels.expectHint}
      data={[...new Set(types.map(({ type }) => type))].toSorted()}
      maw={640}
      value={[...draft.expect]}
      onChange={(expect) => change({ expect })}
    />
  );
}
