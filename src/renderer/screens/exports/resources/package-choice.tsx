import { Radio } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import classes from "../exports.module.css";
import type { ResourcesDraft } from "./resources-draft.ts";

const PACKAGES = ["zip", "folder"] as const;

/** What holds several files: a ZIP or a folder. */
export function PackageChoice(props: {
  value: ResourcesDraft["format"];
  onChange: (format: (typeof PACKAGES)[number]) => void;
}): ReactNode {
  const labels = useLabels().resourceExports.package;
  const value = props.value === "folder" ? "folder" : "zip";
  return (
    <Radio.Group label={labels.legend} value={value} onChange={props.onChange}>
      <div className={classes.choices}>
        {PACKAGES.map((one) => (
          <Radio key={one} value={one} label={labels[one].title} description={labels[one].hint} />
        ))}
      </div>
    </Radio.Group>
  );
}
