import { Select, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { TableRecipe } from "../../../../contract/table-recipe.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ChoiceSetting } from "../choice-setting.tsx";

const LEVELS = [0, 1, 6, 9] as const;

interface FileSettingsDraft {
  formulas: TableRecipe["formulas"];
  name: string;
  format: TableRecipe["format"];
  compress: number;
}

/** What every table has: how formulas are treated, its name, and how a ZIP packs it. */
export function FileSettings(props: {
  draft: FileSettingsDraft;
  change: (changes: Partial<FileSettingsDraft>) => void;
  /** "csv" or "xlsx": what a name ends with. */
  extension: string;
}): ReactNode {
  const { draft, change, extension } = props;
  const { exporting, tables, tablePolicy } = useLabels();
  const { off, fast, small, smallest, level: other } = exporting.adjust.compress;
  const words = [off, fast, small, smallest];
  const levels = LEVELS.map((level, index) => ({ value: String(level), label: words[index] ?? "" }));
  // A recipe that was written by hand may have any level.
  if (!LEVELS.some((level) => level === draft.compress))
    levels.push({ value: String(draft.compress), label: other(String(draft.compress)) });
  return (
    <>
      <ChoiceSetting
        legend={tablePolicy.formulas.legend}
        values={["guard", "keep"]}
        words={tablePolicy.formulas}
        value={draft.formulas}
        onChange={(formulas) => change({ formulas })}
      />
      <TextInput
        label={tables.name}
        description={tables.nameHint}
        placeholder={`….${extension}`}
        maw={420}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      {draft.format === "zip" && (
        <Select
          label={tables.form.level}
          data={levels}
          value={String(draft.compress)}
          onChange={(level) => change({ compress: Number(level ?? 0) })}
          allowDeselect={false}
          maw={420}
        />
      )}
    </>
  );
}
