import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import classes from "../exports.module.css";
import { Warning } from "../warning.tsx";
import type { Identity } from "./table-identity.ts";

/** Each thing in the table that leads to a person; nothing where only pseudonyms leave. */
export function IdentityWarning({
  identities,
  title,
}: {
  identities: readonly Identity[];
  /** Where it is no table. */
  title?: string;
}): ReactNode {
  const labels = useLabels().tables;
  if (identities.length === 0) return null;
  return (
    <Warning title={title ?? labels.start.asks}>
      <ul className={classes.identities}>
        {identities.map((identity) => (
          <li key={identity}>{labels.identities[identity]}</li>
        ))}
      </ul>
      {labels.start.asksText}
    </Warning>
  );
}
