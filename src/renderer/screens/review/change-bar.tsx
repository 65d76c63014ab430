import type { ReactNode } from "react";
import { CHANGES, type Review } from "../../../contract/calls/exports.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import classes from "./review.module.css";

/**
 * How much is kept, removed, replaced …: a bar to see it, and the same in words and numbers.
 *
 * @param label what is counted, where it is not the elements of a header
 */
export function ChangeBar({ counts, label }: { counts: Review["counts"]; label?: string }): ReactNode {
  const labels = useLabels().review;
  const format = useFormat();
  const present = CHANGES.filter((change) => (counts[change] ?? 0) > 0);
  return (
    <div>
      <div className={classes.bar} aria-hidden>
        {present.map((change) => (
          <span key={change} className={classes.part} data-change={change} style={{ flexGrow: counts[change] ?? 0 }} />
        ))}
      </div>
      <ul className={classes.legend} aria-label={label ?? labels.bar}>
        {present.map((change) => (
          <li key={change} className={classes.change} data-change={change}>
            <span className={classes.mark} aria-hidden />
            {labels.counted(format.count(counts[change] ?? 0), labels.changes[change])}
          </li>
        ))}
      </ul>
    </div>
  );
}
