import type { ReactNode } from "react";
import { useRoute } from "../../route.ts";
import { JobPage } from "../jobs/job-page.tsx";
import { JobsList } from "../jobs/jobs-list.tsx";
import { NewExport } from "./new-export.tsx";

/** `#/exports` is the list of jobs, `#/exports/new` puts a new export together, `#/exports/<id>` is one job. */
export function ExportsScreen(): ReactNode {
  const { detail } = useRoute();
  if (detail === "") return <JobsList />;
  return detail === "new" ? <NewExport /> : <JobPage key={detail} id={detail} />;
}
