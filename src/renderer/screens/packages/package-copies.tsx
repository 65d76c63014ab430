import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PackageEntry } from "../../../contract/calls/packages.ts";
import type { Labels } from "../../labels/en/index.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat, type Format } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import classes from "./packages.module.css";
import type { Verdict } from "./verdict.ts";

type Copy = PackageEntry["copies"][number];

/** Where else a package was taken, and whether each copy was read back. */
export function PackageCopies({ copies }: { copies: readonly Copy[] }): ReactNode {
  const labels = useLabels().packages;
  const format = useFormat();
  if (copies.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={500}>
        {labels.copies.title}
      </Text>
      <ul className={classes.copies}>
        {copies.map((copy) => {
          const { tone, words } = copyVerdict(copy, labels, format);
          return (
            <li key={copy.path}>
              <span>
                <bdi dir="ltr">{copy.path}</bdi>
                {copy.medium !== "" && labels.copies.medium(copy.medium)}
              </span>
              <StateBadge tone={tone}>{words}</StateBadge>
              {!copy.present && <span className={classes.path}>{labels.copies.away}</span>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Green only for a copy that was read back from the medium itself. */
function copyVerdict({ check, readBack }: Copy, { copies }: Labels["packages"], format: Format): Verdict {
  const when = format.moment(check.at);
  if (!check.ok) return { tone: "failed", words: copies.damaged(when) };
  return readBack === "medium"
    ? { tone: "verified", words: copies.verified(when) }
    : { tone: "attention", words: copies.cached(when) };
}
