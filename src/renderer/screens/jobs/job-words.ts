import type { JobProgress, JobState, JobSummary } from "../../../contract/job.ts";
import type { Labels } from "../../labels/en/index.ts";
import type { Format } from "../../parts/format.ts";
import type { Tone } from "../../parts/state-badge.tsx";

export const TONES: Readonly<Record<JobState, Tone>> = {
  planned: "neutral",
  running: "running",
  paused: "paused",
  interrupted: "paused",
  // A package gets its name only after it was verified, and a job is complete only with all of them.
  complete: "verified",
  incomplete: "attention",
  failed: "failed",
  cancelled: "neutral",
};

const ENDED: ReadonlySet<JobState> = new Set(["complete", "incomplete", "failed", "cancelled"]);

export function hasEnded(state: JobState): boolean {
  return ENDED.has(state);
}

/** What was picked: "3 studies". */
export function sayScope(
  { scope, picked }: Pick<JobSummary, "scope" | "picked">,
  labels: Labels["jobs"],
  format: Format,
): string {
  if (scope === "matching" || scope === "all") return labels.picked[scope];
  return labels.picked[scope](picked, format.count(picked));
}

export function sayPolicy(policy: string, labels: Labels["jobs"]): string {
  return policy === "identified" || policy === "pseudonymised" ? labels.policies[policy] : policy;
}

/** What a job is at: "Writing patient_X_export.zip (2 of 12)". */
export function sayStep(progress: JobProgress, { phases }: Labels["jobs"], format: Format): string {
  const { phase, package: name, packageNumber, packagesTotal } = progress;
  if (phase === "waiting" || phase === "reading" || name === null)
    return phase === "waiting" ? phases.waiting : phases.reading;
  const step = phases[phase](name);
  if (packagesTotal < 2) return step;
  return phases.numbered(step, format.count(packageNumber), format.count(packagesTotal));
}
