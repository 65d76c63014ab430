import { Checkbox, Radio, Text, Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { StandardTerm } from "../../parts/standard-term.tsx";
import { AdjustPackage } from "./adjust-package.tsx";
import { Meaning } from "./choice-setting.tsx";
import type { DraftInHand } from "./draft-state.ts";
import { datesOf, SINGLE_OPTIONS, withDates, withOption, type DatesChoice } from "./export-draft.ts";
import classes from "./exports.module.css";
import { Warning } from "./warning.tsx";

const DATES: readonly DatesChoice[] = ["removed", "modified-dates", "full-dates"];

/** Every setting of an export: the policy's only where names are replaced. */
export function Adjust({ hand }: { hand: DraftInHand }): ReactNode {
  return (
    <>
      {hand.draft.identity === "pseudonymised" && (
        <>
          <DatesSetting hand={hand} />
          <OptionsSetting hand={hand} />
          <HeldSetting hand={hand} />
        </>
      )}
      <AdjustPackage hand={hand} />
    </>
  );
}

function DatesSetting({ hand: { draft, change } }: { hand: DraftInHand }): ReactNode {
  const { policy } = useLabels();
  return (
    <Radio.Group
      label={policy.dates.title}
      value={datesOf(draft)}
      onChange={(dates) => change({ options: withDates(draft.options, dates) })}
    >
      <div className={classes.choices}>
        {DATES.map((dates) => {
          const words = dates === "removed" ? policy.dates.removed : policy.options[dates];
          return (
            <Radio
              key={dates}
              value={dates}
              label={<StandardTerm plain={words.title} term={words.term} />}
              description={<Meaning words={words} />}
            />
          );
        })}
      </div>
    </Radio.Group>
  );
}

function OptionsSetting({ hand: { draft, change } }: { hand: DraftInHand }): ReactNode {
  const { policy, exporting } = useLabels();
  return (
    <fieldset className={classes.plain}>
      <Text component="legend" size="sm" fw={500}>
        {exporting.adjust.optionsLegend}
      </Text>
      <div className={classes.choices}>
        {SINGLE_OPTIONS.map((option) => {
          const words = policy.options[option];
          return (
            <Checkbox
              key={option}
              checked={draft.options.includes(option)}
              onChange={(event) => change({ options: withOption(draft.options, option, event.currentTarget.checked) })}
              label={<StandardTerm plain={words.title} term={words.term} />}
              description={<Meaning words={words} />}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

function HeldSetting({ hand: { draft, change } }: { hand: DraftInHand }): ReactNode {
  const { policy, exporting } = useLabels();
  const labels = exporting.adjust.held;
  const passes = draft.heldReason !== null;
  return (
    <div>
      <Radio.Group
        label={<StandardTerm plain={labels.legend} term={policy.held.term} />}
        description={policy.held.meaning}
        value={passes ? "pass" : "keep"}
        onChange={(choice) => change({ heldReason: choice === "pass" ? "" : null })}
      >
        <div className={classes.choices}>
          <Radio value="keep" label={labels.keep} />
          <Radio value="pass" label={labels.pass} />
        </div>
      </Radio.Group>
      {passes && (
        <div className={classes.choices}>
          <Textarea
            label={labels.reason}
            description={labels.reasonHint}
            required
            autosize
            minRows={2}
            maw={640}
            value={draft.heldReason ?? ""}
            onChange={(event) => change({ heldReason: event.currentTarget.value })}
          />
          <Warning title={labels.warning}>{labels.warningText}</Warning>
        </div>
      )}
    </div>
  );
}
