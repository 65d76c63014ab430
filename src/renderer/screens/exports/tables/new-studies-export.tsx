import type { ReactNode } from "react";
import { useAnswer } from "../../../client/query.ts";
import { usePreferences } from "../../../preferences.ts";
import { useStudiesDraft } from "../draft-state.ts";
import { missingOfStudies } from "../start-reasons.ts";
import { useStandInDestination } from "../use-plan.ts";
import { StudiesHow } from "./studies-how.tsx";
import { StudiesWhat } from "./studies-what.tsx";
import { toStudiesRecipe } from "./studies-draft.ts";
import { TableExport } from "./table-export.tsx";

/** A new export of the study list: one row an exam. */
export function NewStudiesExport(): ReactNode {
  const hand = useStudiesDraft();
  const { draft, selection, sort, change } = hand;
  const { maxRows } = usePreferences();
  const limit = draft.maxRows ?? maxRows;
  const facets = useAnswer("records.examFacets", selection ?? {}, { enabled: selection !== undefined });
  const tooMany = facets.data !== undefined && facets.data.exams > limit;
  const standIn = useStandInDestination();
  const destination = draft.destination === "" ? standIn : draft.destination;
  const recipe =
    selection === undefined || destination === undefined || tooMany
      ? undefined
      : toStudiesRecipe({ ...draft, sort }, selection, limit, destination);
  return (
    <TableExport
      kind="studies"
      recipe={recipe}
      standIn={standIn}
      missing={missingOfStudies(draft, selection !== undefined, tooMany)}
      draft={draft}
      change={change}
      what={(plan) => <StudiesWhat hand={hand} plan={plan} limit={limit} />}
      how={<StudiesHow hand={hand} limit={limit} />}
    />
  );
}
