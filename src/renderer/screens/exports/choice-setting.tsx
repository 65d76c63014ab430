import { Radio } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import classes from "./exports.module.css";

/** What a choice means, and what could still identify somebody after it. */
export function Meaning({ words }: { words: { meaning: string; risk?: string } }): ReactNode {
  const { risk } = useLabels().exporting.adjust;
  return (
    <>
      {words.meaning}
      {words.risk !== undefined && (
        <>
          {" "}
          <em>{risk}</em> {words.risk}
        </>
      )}
    </>
  );
}

/** One of several ways, each with its meaning in plain words. */
export function ChoiceSetting<Value extends string>(props: {
  legend: string;
  values: readonly Value[];
  words: Readonly<Record<Value, { title: string; meaning: string; risk?: string }>>;
  /** "" while nothing is chosen. */
  value: Value | "";
  onChange: (value: Value) => void;
}): ReactNode {
  const { legend, values, words, value, onChange } = props;
  return (
    <Radio.Group label={legend} value={value} onChange={(chosen) => chosen !== "" && onChange(chosen)}>
      <div className={classes.choices}>
        {values.map((one) => (
          <Radio key={one} value={one} label={words[one].title} description={<Meaning words={words[one]} />} />
        ))}
      </div>
    </Radio.Group>
  );
}
