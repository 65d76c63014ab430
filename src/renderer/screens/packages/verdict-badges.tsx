import type { ReactNode } from "react";
import { StateBadge } from "../../parts/state-badge.tsx";
import classes from "./packages.module.css";
import type { Verdict } from "./verdict.ts";

export function VerdictBadges({ verdicts }: { verdicts: readonly Verdict[] }): ReactNode {
  return (
    <div className={classes.row}>
      {verdicts.map(({ tone, words }) => (
        <StateBadge key={words} tone={tone}>
          {words}
        </StateBadge>
      ))}
    </div>
  );
}
