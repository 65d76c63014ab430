import type { ReactNode } from "react";
import type { PackageResult } from "../../../contract/job.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { checkVerdict, contentVerdicts } from "./verdict.ts";
import { VerdictBadges } from "./verdict-badges.tsx";

/**
 * The verdict on a package that a job has just made: it got its name only because it was verified.
 *
 * @param at when; null while the job still runs
 */
export function MadeVerdict({ made, at }: { made: PackageResult; at: string | null }): ReactNode {
  const words = useLabels();
  const format = useFormat();
  const check = { at: at ?? new Date().toISOString(), ok: true, files: made.files, findings: 0 };
  return (
    <VerdictBadges verdicts={[checkVerdict(check, words.packages, format), ...contentVerdicts(made, words, format)]} />
  );
}
