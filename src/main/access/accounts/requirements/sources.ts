import type { SourceSummary } from "../../../../contract/calls/sources.ts";
import { ownJob } from "../../../catalog/account-belongings.ts";
import { narrowRecipe } from "../narrow-recipe.ts";
import type { RequirementsOf } from "../requirement.ts";
import { assertSource, seesSource, type Viewer } from "../viewer.ts";

const administrator = { who: "administrator" } as const;
const named = <Input extends { name: string }>(input: Input, viewer: Viewer): Input => {
  assertSource(viewer, input.name);
  return input;
};

/** Where a source is and how it is reached is the administrators' matter. */
const withoutPlace = (source: SourceSummary): SourceSummary => ({ ...source, place: "", config: {} });

export const sourceRequirements: RequirementsOf<"sources" | "sourceFiles" | "sourceAuth"> = {
  "sources.list": {
    who: "signed-in",
    show: (sources, viewer) => sources.filter(({ name }) => seesSource(viewer, name)).map(withoutPlace),
  },
  "sources.add": administrator,
  "sources.addDemo": administrator,
  "sources.edit": administrator,
  "sources.check": administrator,
  "sources.choices": administrator,
  "sources.test": administrator,
  "sources.remove": administrator,
  "sources.sync": { who: "identified", narrow: named },
  "sources.watch": {
    who: "identified",
    narrow: (input, viewer) => {
      const { recipe } = named(input, viewer);
      return recipe === undefined ? input : { ...input, recipe: narrowRecipe(recipe, viewer) };
    },
    show: (event, viewer) => {
      if (event.type === "exporting") ownJob(viewer.catalog, event.jobId, viewer.account.id);
      return event;
    },
  },
  "sources.cancelSync": { who: "identified", narrow: named },
  // What could not be read is named by its file, and files are named after patients.
  "sources.problems": { who: "identified", narrow: named },
  "sourceFiles.mapping": administrator,
  "sourceFiles.certificate": administrator,
  "sourceAuth.publicKeys": administrator,
  "sourceAuth.makeKey": administrator,
  "sourceAuth.signIn": administrator,
};
