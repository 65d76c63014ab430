import type { PackagePlan } from "../exports/imaging/item.ts";

interface AnyPlan {
  digest: string;
  /** Random: tells this job's unfinished packages from any other's, of this workspace or another. */
  token: string;
  /** ISO 8601, UTC: the time that stands in the packages. */
  startedAt: string;
  exportedBy: string;
}

/** What an imaging job keeps in the catalog from its start to its end: enough to go on after any interruption. */
export interface ImagingPlan extends AnyPlan {
  /** Left out in plans of earlier versions. */
  kind?: "imaging";
  packages: PackagePlan[];
  /** Of a selection by a filter: whom it meant when it was planned. */
  meant?: MeantPatients;
}

export interface MeantPatients {
  patients: number;
  /** Patient IDs with issuers, where they are few enough for a record of the audit log. */
  ids?: string[];
}

/** The package of a table: one a job. */
export interface TablePackagePlan {
  /** At the destination: "NAME.zip", "NAME" for a folder, the table's own name where it stands alone or with files beside it. */
  name: string;
  /** Name of the table's file in the package. */
  table: string;
  /** Chunks. */
  items: number;
  counts: { rows: number; patients: number; bytes: number };
  /** What planning found that the receiver should know. */
  notices: string[];
}

/** The same of a job of a table. */
export interface TablePlan extends AnyPlan {
  kind: "table";
  packages: TablePackagePlan[];
  /** Of the records when they were planned: a job that goes on when they have changed plans anew. */
  generation: number;
}

export type StoredPlan = ImagingPlan | TablePlan;
