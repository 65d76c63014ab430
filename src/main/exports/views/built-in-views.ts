import { SatchelError } from "../../../contract/errors.ts";
import { CLINICAL_VIEWS } from "./built-in/clinical-views.ts";
import { questionnaireView } from "./built-in/questionnaire-view.ts";
import type { ViewDefinition } from "./view-definition.ts";

/** Views that come with Satchel. */
export const BUILT_IN_VIEWS: readonly ViewDefinition[] = [...CLINICAL_VIEWS, questionnaireView];

/** Names as a user may write them: "observation", "Observation", "medication-request". @throws USAGE where there is no such view */
export function builtInView(name: string): ViewDefinition {
  const wanted = folded(name);
  const found = BUILT_IN_VIEWS.find((view) => folded(view.name ?? "") === wanted);
  if (found !== undefined) return found;
  throw new SatchelError(
    "USAGE",
    `There is no view named "${name}".`,
    `Use one of: ${BUILT_IN_VIEWS.map((view) => view.name).join(", ")}; or give the file of your own.`,
  );
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, "");
}
