import { Radio } from "@mantine/core";
import type { ReactNode } from "react";
import type { TableRecipe } from "../../../../contract/table-recipe.ts";
import { useLabels } from "../../../labels/labels.tsx";
import classes from "../exports.module.css";

const FORMS = ["zip", "folder", "beside", "file"] as const satisfies readonly TableRecipe["format"][];

/** A data package, or the table with or without what describes it. */
export function FormChoice(props: {
  value: TableRecipe["format"];
  onChange: (format: TableRecipe["format"]) => void;
}): ReactNode {
  const { value, onChange } = props;
  const labels = useLabels().tables.form;
  return (
    <Radio.Group label={labels.legend} value={value} onChange={onChange}>
      <div className={classes.choices}>
        {FORMS.map((form) => (
          <Radio key={form} value={form} label={labels[form].title} description={labels[form].hint} />
        ))}
      </div>
    </Radio.Group>
  );
}
