import { HIDDEN } from "../../../../contract/accounts.ts";
import { SatchelError } from "../../../../contract/errors.ts";
import { recipe as recipeSchema } from "../../../../contract/recipe.ts";
import {
  jobsOfAccount,
  ownJob,
  ownRecipe,
  ownsJob,
  recipeOwner,
  recipesOfAccount,
} from "../../../catalog/account-belongings.ts";
import { getJob } from "../../../catalog/jobs.ts";
import { narrowRecipe } from "../narrow-recipe.ts";
import type { RequirementsOf } from "../requirement.ts";
import { refuse, type Viewer } from "../viewer.ts";

/** An analyst sees what leaves, not what it was made of. */
const hide = (value: string | null): string | null => (value === null ? null : HIDDEN);

export const exportRequirements: RequirementsOf<"exports" | "recipes" | "jobs" | "views" | "quality"> = {
  "exports.plan": { who: "signed-in", narrow: (recipe, viewer) => narrowRecipe(recipe, viewer) },
  "exports.review": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, recipe: narrowRecipe(input.recipe, viewer) }),
    show: (review, viewer) =>
      viewer.account.role !== "analyst"
        ? review
        : {
            ...review,
            picture: null,
            rows: review.rows.map((row) => ({ ...row, before: hide(row.before) })),
          },
  },
  "exports.examine": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, recipe: narrowRecipe(input.recipe, viewer) }),
  },
  "exports.reviewTable": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, recipe: narrowRecipe(input.recipe, viewer) }),
    show: (review, viewer) =>
      viewer.account.role !== "analyst"
        ? review
        : {
            ...review,
            rows: review.rows.map((row) => ({
              ...row,
              before: row.before.map(hide),
              text: row.text === null ? null : { ...row.text, replaced: [] },
            })),
          },
  },
  "exports.examineText": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, recipe: narrowRecipe(input.recipe, viewer) }),
    show: (found, viewer) =>
      viewer.account.role !== "analyst"
        ? found
        : { ...found, riskiest: found.riskiest.map((one) => ({ ...one, suspicious: [] })) },
  },
  "exports.reviewResource": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, recipe: narrowRecipe(input.recipe, viewer) }),
    show: (review, viewer) => (viewer.account.role !== "analyst" ? review : { ...review, before: HIDDEN }),
  },
  "exports.countResources": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, recipe: narrowRecipe(input.recipe, viewer) }),
  },
  "views.list": { who: "signed-in" },
  "views.check": { who: "signed-in" },
  "views.preview": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, recipe: narrowRecipe(input.recipe, viewer) }),
  },
  "quality.examine": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, recipe: narrowRecipe(input.recipe, viewer) }),
  },
  "quality.rows": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, recipe: narrowRecipe(input.recipe, viewer) }),
  },
  "exports.start": {
    who: "signed-in",
    narrow: (input, viewer) => ({ ...input, recipe: narrowRecipe(input.recipe, viewer) }),
    show: startedBy,
  },
  "recipes.list": {
    who: "signed-in",
    show: (recipes, viewer) => {
      const own = recipesOfAccount(viewer.catalog, viewer.account.id);
      return recipes.filter(({ name }) => own.has(name));
    },
  },
  "recipes.save": {
    who: "signed-in",
    narrow: (input, viewer) => {
      const owner = recipeOwner(viewer.catalog, input.name);
      if (owner !== undefined && owner !== viewer.account.id)
        throw new SatchelError("ALREADY_EXISTS", "This name is taken.", "Choose another name.");
      return { ...input, recipe: narrowRecipe(input.recipe, viewer) };
    },
    show: (done, viewer, input) => {
      ownRecipe(viewer.catalog, input.name, viewer.account.id);
      return done;
    },
  },
  "recipes.remove": {
    who: "signed-in",
    narrow: (input, viewer) => {
      if (recipeOwner(viewer.catalog, input.name) === viewer.account.id) return input;
      throw new SatchelError("NOT_FOUND", "There is no recipe of that name.", "Load the list again.");
    },
  },
  "jobs.list": {
    who: "signed-in",
    show: (jobs, viewer) => {
      const own = jobsOfAccount(viewer.catalog, viewer.account.id);
      return jobs.filter(({ id }) => own.has(id));
    },
  },
  "jobs.show": { who: "signed-in", narrow: ownedJob },
  "jobs.recipe": { who: "signed-in", narrow: ownedJob },
  "jobs.resume": { who: "signed-in", narrow: stillAllowed },
  "jobs.pause": { who: "signed-in", narrow: ownedJob },
  "jobs.retry": { who: "signed-in", narrow: stillAllowed, show: startedBy },
  "jobs.log": { who: "signed-in", narrow: ownedJob },
  "jobs.remove": { who: "signed-in", narrow: ownedJob },
  "jobs.watch": { who: "signed-in", narrow: ownedJob },
  "jobs.progress": {
    who: "signed-in",
    show: (jobs, viewer) => {
      const own = jobsOfAccount(viewer.catalog, viewer.account.id);
      return jobs.filter(({ jobId }) => own.has(jobId));
    },
  },
  "jobs.cancel": { who: "signed-in", narrow: ownedJob },
};

function startedBy<Started extends { jobId: string }>(started: Started, viewer: Viewer): Started {
  ownJob(viewer.catalog, started.jobId, viewer.account.id);
  return started;
}

/** @throws SatchelError NOT_FOUND, in the words for a job that is not there */
function ownedJob<Input extends { id: string }>(input: Input, viewer: Viewer): Input {
  const job = /^\d{1,15}$/.test(input.id) ? Number(input.id) : -1;
  if (ownsJob(viewer.catalog, job, viewer.account.id)) return input;
  throw new SatchelError("NOT_FOUND", `There is no job ${input.id.slice(0, 15)}.`, "Look at the list of jobs.");
}

/** What was allowed when a job was started may not be any more. */
function stillAllowed<Input extends { id: string }>(input: Input, viewer: Viewer): Input {
  const owned = ownedJob(input, viewer);
  const recipe = recipeSchema.parse(getJob(viewer.catalog, Number(owned.id)).recipe);
  if (JSON.stringify(sorted(narrowRecipe(recipe, viewer))) !== JSON.stringify(sorted(recipe)))
    refuse("This job exports more than the account may see now.", "Start a new export.");
  return owned;
}

/** The same whatever the order of its members. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
}
