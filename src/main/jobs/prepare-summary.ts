import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SummaryRecipe } from "../../contract/fhir-recipe.ts";
import type { PlanSummary } from "../../contract/job.ts";
import type { Catalog } from "../catalog/database.ts";
import { createJob, updateJob } from "../catalog/jobs.ts";
import { summaryName } from "../exports/dataset/dataset-names.ts";
import type { OpenSummary } from "../exports/summary/summary.ts";
import { assertFree, freeBytesAt, makeDestination } from "./destination-room.ts";
import type { SummaryPlan } from "./stored-plan.ts";

/** What a summary will be: its name is all that is known before it is computed. */
export function summariseSummary(recipe: SummaryRecipe, summary: OpenSummary): PlanSummary {
  const name = summaryName(recipe, summary.stem);
  return {
    packages: [
      {
        name,
        exists: existsSync(join(recipe.destination, name)),
        patients: 0,
        studies: 0,
        series: 0,
        instances: 0,
        previews: 0,
        rows: null,
        bytes: 0,
      },
    ],
    bytes: 0,
    freeBytes: freeBytesAt(recipe.destination),
    notices: [...summary.notices],
    noticeMeanings: summary.notices.map(() => null),
  };
}

/** Stores the job of a summary. @throws ALREADY_EXISTS, USAGE, WRITE_FAILED: then no job is made */
export function prepareSummary(
  { catalog }: { catalog: Catalog },
  recipe: SummaryRecipe,
  summary: OpenSummary,
  about: Pick<SummaryPlan, "startedAt" | "exportedBy">,
  nameOf: (name: string) => string = (name) => name,
): { id: number; plan: SummaryPlan } {
  makeDestination(recipe.destination);
  const name = nameOf(summaryName(recipe, summary.stem));
  assertFree(recipe.destination, [name]);
  const plan: SummaryPlan = {
    kind: "summary",
    packages: [{ name, items: 0, counts: { resources: 0, patients: 0, bytes: 0 } }],
    digest: createHash("sha256").update(JSON.stringify(recipe)).digest("hex"),
    token: randomUUID(),
    ...about,
  };
  const { id } = createJob(catalog, { recipe, destination: recipe.destination });
  updateJob(catalog, id, { plan });
  return { id, plan };
}
