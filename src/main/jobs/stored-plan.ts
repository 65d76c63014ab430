import type { ReceiptResourceSource } from "../../contract/dataset-receipt.ts";
import type { ReceiptSource } from "../../contract/receipt.ts";
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
  /**
   * As they were when it was planned: a sync that finds nothing new changes the time of the last sync, and no row. Left out in plans of
   * earlier versions.
   */
  sources?: readonly ReceiptSource[];
  /** Of the records when they were planned: a job that goes on when they have changed plans anew. */
  generation: number;
}

/** The generation of a plan that is still to be made: a sync of records ran when its job was asked for. */
const UNPLANNED = -1;

/** A plan of which only name, time and place are known. */
export function planToCome(
  about: Pick<TablePlan, "token" | "startedAt" | "exportedBy">,
  names: Pick<TablePackagePlan, "name" | "table">,
): TablePlan {
  const counts = { rows: 0, patients: 0, bytes: 0 };
  return {
    kind: "table",
    packages: [{ ...names, items: 0, counts, notices: [] }],
    generation: UNPLANNED,
    digest: "",
    ...about,
  };
}

export function isToCome({ generation }: TablePlan): boolean {
  return generation === UNPLANNED;
}

/** The package of a dataset: one a job. */
export interface DatasetPackagePlan {
  /** At the destination. */
  name: string;
  /** Name of the file of a table that stands alone or with files beside it; "" of other packages. */
  table: string;
  layout: "parts" | "patients";
  /** Of each part of the dataset. */
  chunks: readonly number[];
  /** All of them. */
  items: number;
  counts: { resources: number; patients: number; bytes: number };
  withoutDay: number;
  /** Deletions that it names; left out where there are none. */
  deleted?: number;
  withdrawn: readonly { patient: string; scopes: readonly string[] }[];
  /** What planning found that the receiver should know. */
  notices: string[];
}

/** The same of a job of a dataset. */
export interface DatasetPlan extends AnyPlan {
  kind: "dataset";
  packages: DatasetPackagePlan[];
  /** As they were when it was planned. */
  sources: readonly ReceiptResourceSource[];
  /** Of the records when they were planned: a job that goes on when they have changed plans anew. */
  generation: number;
}

/** The package of a summary: documents that are computed in one go. */
export interface SummaryPlan extends AnyPlan {
  kind: "summary";
  packages: { name: string; items: number; counts: { resources: number; patients: number; bytes: number } }[];
}

export type StoredPlan = ImagingPlan | TablePlan | DatasetPlan | SummaryPlan;
