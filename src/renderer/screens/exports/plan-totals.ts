import type { PlanSummary } from "../../../contract/job.ts";

export interface PlanTotals {
  /** Undefined where packages of one study each may count a patient more than once. */
  patients: number | undefined;
  studies: number;
  series: number;
  instances: number;
  previews: number;
}

/** What all packages of a plan hold together. A study is in one package alone, a patient in several where each study has its own. */
export function planTotals({ packages }: PlanSummary): PlanTotals {
  const sum = (of: "patients" | "studies" | "series" | "instances" | "previews"): number =>
    packages.reduce((total, one) => total + one[of], 0);
  const byStudy = packages.length > 1 && packages.every(({ studies }) => studies === 1);
  return {
    patients: byStudy ? undefined : sum("patients"),
    studies: sum("studies"),
    series: sum("series"),
    instances: sum("instances"),
    previews: sum("previews"),
  };
}
