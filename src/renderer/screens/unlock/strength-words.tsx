import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { judgePassphrase } from "./passphrase-strength.ts";

/** Says in words how hard a passphrase is to guess. */
export function PassphraseStrength({ passphrase }: { passphrase: string }): ReactNode {
  const { welcome } = useLabels();
  const strength = judgePassphrase(passphrase);
  if (strength === "none") return null;
  return <StateBadge tone={strength === "weak" ? "attention" : "neutral"}>{welcome.strengths[strength]}</StateBadge>;
}
