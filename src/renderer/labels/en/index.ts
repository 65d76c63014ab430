import { audit } from "./audit.ts";
import { browse } from "./browse.ts";
import { browseRecords } from "./browse-records.ts";
import { browseResources } from "./browse-resources.ts";
import { datasets } from "./datasets.ts";
import { engine } from "./engine.ts";
import { errors } from "./errors.ts";
import { exporting } from "./exporting.ts";
import { files } from "./files.ts";
import { frame } from "./frame.ts";
import { help } from "./help.ts";
import { jobs } from "./jobs.ts";
import { packages } from "./packages.ts";
import { parts } from "./parts.ts";
import { policy } from "./policy.ts";
import { recordSources } from "./record-sources.ts";
import { records } from "./records.ts";
import { resourceSources } from "./resource-sources.ts";
import { resourceExports } from "./resource-exports.ts";
import { review } from "./review.ts";
import { settings } from "./settings.ts";
import { sources } from "./sources.ts";
import { tablePolicy } from "./table-policy.ts";
import { tableReview } from "./table-review.ts";
import { tables } from "./tables.ts";
import { viewer } from "./viewer.ts";
import { welcome } from "./welcome.ts";

/** Every word of the window. English is the measure: the other languages have the same shape. */
export const en = {
  audit,
  browse,
  browseRecords,
  browseResources,
  datasets,
  engine,
  errors,
  exporting,
  files,
  frame,
  help,
  jobs,
  packages,
  parts,
  policy,
  recordSources,
  records,
  resourceSources,
  resourceExports,
  review,
  settings,
  sources,
  tablePolicy,
  tableReview,
  tables,
  viewer,
  welcome,
};

/** Texts may differ, and functions of counts; the shape may not. */
type Shape<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { [K in keyof T]: Shape<T[K]> };
export type Labels = Shape<typeof en>;
