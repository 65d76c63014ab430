import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PackageResult } from "../../../contract/job.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import classes from "./packages.module.css";

/** What is not in a package, counted by reason; closed until asked for. */
export function PackageReasons({ reasons }: { reasons: PackageResult["reasons"] }): ReactNode {
  const labels = useLabels().packages;
  const format = useFormat();
  if (reasons.length === 0) return null;
  return (
    <details className={classes.reasons}>
      <summary>
        {labels.reasons}. {labels.why}
      </summary>
      <ul>
        {reasons.map(({ code, reason, count }) => (
          <li key={`${code} ${reason}`}>
            <Text size="sm">{labels.reason(format.count(count), reason)}</Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
