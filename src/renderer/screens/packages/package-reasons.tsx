import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PackageResult } from "../../../contract/job.ts";
import { sayReason } from "../../engine-words.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import classes from "./packages.module.css";

/** What is not in a package, counted by reason; closed until asked for. */
export function PackageReasons({ reasons }: { reasons: PackageResult["reasons"] }): ReactNode {
  const words = useLabels();
  const labels = words.packages;
  const format = useFormat();
  if (reasons.length === 0) return null;
  return (
    <details className={classes.reasons}>
      <summary>
        {labels.reasons} {labels.why}
      </summary>
      <ul>
        {reasons.map((one) => (
          <li key={`${one.code} ${one.reason}`}>
            <Text size="sm">{labels.reason(format.count(one.count), sayReason(one, words))}</Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
