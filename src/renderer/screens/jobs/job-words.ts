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

/** What an export is of: "3 studies", "Notes, 12,345 rows", "FHIR resources, 12,345". */
export function sayWhat(
  job: JobSummary,
  { datasets, jobs, tables }: Pick<Labels, "datasets" | "jobs" | "tables">,
  format: Format,
): string {
  const kind = tableKindOf(job);
  const scope = sayScope(job, jobs, format);
  if (isDatasetKind(job.kind, datasets)) {
    const words = datasets.kinds[job.kind];
    return job.picked === 0 ? words : tables.counted(words, format.count(job.picked));
  }
  if (kind === undefined) return scope;
  // Not planned yet, since a sync of records is under way.
  return job.picked === 0 ? tables.kind[kind] : tables.counted(tables.kind[kind], scope);
}

function isDatasetKind(kind: string, { kinds }: Labels["datasets"]): kind is keyof Labels["datasets"]["kinds"] {
  return Object.hasOwn(kinds, kind);
}

/** Notes or study list; undefined of images and of FHIR. */
export function tableKindOf({ kind }: Pick<JobSummary, "kind">): "notes" | "studies" | undefined {
  return kind === "notes" || kind === "studies" ? kind : undefined;
}

/** How identity leaves. Of a table "with identity": it may name nobody, and yet lead to persons by their numbers. */
export function sayPolicy(
  { kind, policy }: Pick<JobSummary, "kind" | "policy">,
  { datasets, jobs, tables }: Pick<Labels, "datasets" | "jobs" | "tables">,
): string {
  if (policy === "rules" || policy === "aggregated") return datasets.policies[policy];
  if (policy !== "identified" && policy !== "pseudonymised") return policy;
  return (tableKindOf({ kind }) === undefined ? jobs : tables).policies[policy];
}

/** What a job is at: "Writing patient_X_export.zip (2 of 12)". */
export function sayStep(progress: JobProgress, { phases }: Labels["jobs"], format: Format): string {
  const { phase, package: name, packageNumber, packagesTotal } = progress;
  if (phase === "waiting" || phase === "waiting-for-sync") return phases[phase];
  if (phase === "reading" || name === null) return phases.reading;
  const step = phases[phase](name);
  if (packagesTotal < 2) return step;
  return phases.numbered(step, format.count(packageNumber), format.count(packagesTotal));
}
