import type { ReactNode } from "react";
import classes from "./standard-term.module.css";

/** Plain words, with the standard's own term in small print beside them. */
export function StandardTerm({ plain, term }: { plain: ReactNode; term: string }): ReactNode {
  return (
    <span>
      {plain} <span className={classes.term}>({term})</span>
    </span>
  );
}
