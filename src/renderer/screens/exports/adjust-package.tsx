import { Checkbox, Radio, Select, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import type { DraftInHand } from "./draft-state.ts";
import classes from "./exports.module.css";

const FORMATS = ["zip", "folder", "json"] as const;
const LEVELS = [0, 1, 6, 9] as const;

/** What is in a package, its form, and whether all go into one. */
export function AdjustPackage({ hand: { draft, change } }: { hand: DraftInHand }): ReactNode {
  const labels = useLabels().exporting.adjust;
  const levelWords = [labels.compress.off, labels.compress.fast, labels.compress.small, labels.compress.smallest];
  const levels = LEVELS.map((level, index) => ({ value: String(level), label: levelWords[index] ?? "" }));
  // A recipe that was written by hand may have any level.
  if (!LEVELS.some((level) => level === draft.compress))
    levels.push({ value: String(draft.compress), label: labels.compress.level(String(draft.compress)) });
  const formatHints = { zip: labels.format.zipHint, folder: labels.format.folderHint, json: labels.format.jsonHint };
  return (
    <>
      <fieldset className={classes.plain}>
        <Text component="legend" size="sm" fw={500}>
          {labels.contents.legend}
        </Text>
        <div className={classes.choices}>
          <Checkbox
            label={labels.contents.images}
            checked={draft.images}
            onChange={(event) => change({ images: event.currentTarget.checked })}
          />
          <Checkbox
            label={labels.contents.previews}
            description={draft.images ? labels.contents.previewsHint : labels.contents.previewsNeedImages}
            disabled={!draft.images}
            checked={draft.previews}
            onChange={(event) => change({ previews: event.currentTarget.checked })}
          />
        </div>
      </fieldset>
      <Radio.Group label={labels.format.legend} value={draft.format} onChange={(format) => change({ format })}>
        <div className={classes.choices}>
          {FORMATS.map((format) => (
            <Radio key={format} value={format} label={labels.format[format]} description={formatHints[format]} />
          ))}
        </div>
      </Radio.Group>
      <Radio.Group label={labels.grouping.legend} value={draft.grouping} onChange={(grouping) => change({ grouping })}>
        <div className={classes.choices}>
          <Radio value="one" label={labels.grouping.one} />
          <Radio value="patient" label={labels.grouping.patient} />
          <Radio value="each" label={labels.grouping.each} />
        </div>
      </Radio.Group>
      <Select
        label={labels.compress.label}
        data={levels}
        value={String(draft.compress)}
        onChange={(level) => change({ compress: Number(level ?? 0) })}
        allowDeselect={false}
        disabled={draft.format !== "zip"}
        maw={420}
      />
    </>
  );
}
