import { useEffect, type ReactNode } from "react";
import { chooseExportKind } from "../../selection.ts";
import { useRoute } from "../../route.ts";
import { JobPage } from "../jobs/job-page.tsx";
import { JobsList } from "../jobs/jobs-list.tsx";
import { NewExport } from "./new-export.tsx";

/** `#/exports` is the list of jobs, `#/exports/new` puts a new export together, `#/exports/quality` one of the quality of data, `#/exports/<id>` is one job. */
export function ExportsScreen(): ReactNode {
  const { detail } = useRoute();
  if (detail === "") return <JobsList />;
  if (detail === "quality") return <QualityExport />;
  return detail === "new" ? <NewExport /> : <JobPage key={detail} id={detail} />;
}

/** The way to the quality of data from elsewhere: its own address. */
function QualityExport(): ReactNode {
  useEffect(() => chooseExportKind("quality"), []);
  return <NewExport />;
}
