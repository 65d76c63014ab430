import { Select, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import type { ResourcesInHand } from "../draft-state.ts";
import classes from "./resources.module.css";

const LEVELS = [0, 1, 6, 9] as const;

/** The package's name, and how a ZIP packs. */
export function PackageFields({ hand: { draft, change } }: { hand: ResourcesInHand }): ReactNode {
  const { exporting, resourceExports, tables } = useLabels();
  const { off, fast, small, smallest, level: other } = exporting.adjust.compress;
  const words = [off, fast, small, smallest];
  const levels = LEVELS.map((level, index) => ({ value: String(level), label: words[index] ?? "" }));
  // A recipe that was written by hand may have any level.
  if (!LEVELS.some((level) => level === draft.compress))
    levels.push({ value: String(draft.compress), label: other(String(draft.compress)) });
  return (
    <div className={classes.fields}>
      <TextInput
        label={resourceExports.how.name}
        description={tables.nameHint}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {draft.format === "zip" && (
        <Select
          label={resourceExports.how.level}
          data={levels}
          value={String(draft.compress)}
          onChange={(level) => change({ compress: Number(level ?? 0) })}
          allowDeselect={false}
        />
      )}
    </div>
  );
}
