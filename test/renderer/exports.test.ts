import { describe, expect, it } from "vitest";
import type { PlanSummary } from "../../src/contract/job.ts";
import { POLICY_OPTIONS } from "../../src/contract/policy.ts";
import { recipe as recipeSchema } from "../../src/contract/recipe.ts";
import { en } from "../../src/renderer/labels/en/index.ts";
import { createFormat } from "../../src/renderer/parts/format.ts";
import { READY_NAMES, READY_RECIPES, readyNameOf } from "../../src/renderer/ready-recipes.ts";
import {
  changeDraft,
  datesOf,
  FIRST_DRAFT,
  toDraft,
  toRecipe,
  withDates,
  withOption,
  type ExportDraft,
} from "../../src/renderer/screens/exports/export-draft.ts";
import { folderOfToday } from "../../src/renderer/screens/exports/folder-of-today.ts";
import { planTotals } from "../../src/renderer/screens/exports/plan-totals.ts";
import { saySelection } from "../../src/renderer/selection-words.ts";
import {
  missingOfImages,
  reasonsNotToStart,
  type DestinationFacts,
  type StartReason,
} from "../../src/renderer/screens/exports/start-reasons.ts";

const EVERYTHING = { scope: "all" } as const;
const draft: ExportDraft = { ...FIRST_DRAFT, key: "lung", destination: "/out" };
const made = {
  name: "a.zip",
  exists: false,
  patients: 1,
  studies: 2,
  series: 3,
  instances: 4,
  previews: 0,
  rows: null,
  bytes: 500,
};
const plan: PlanSummary = { packages: [made], bytes: 500, freeBytes: 1000, notices: [], noticeMeanings: [] };
const roomy = { readOnly: false, largestFile: null };

function reasonsOf(
  one: ExportDraft,
  picked: boolean,
  planned: PlanSummary | undefined,
  failed: boolean,
  place: DestinationFacts | undefined,
): StartReason[] {
  return reasonsNotToStart(
    missingOfImages(one, picked),
    planned,
    failed,
    place,
    one.format === "folder" ? "none" : "file",
  );
}

describe("the ready recipes", () => {
  it("are recipes that the engine takes, each recognised as itself", () => {
    for (const name of READY_NAMES) {
      const recipe = toRecipe({ ...draft, ...READY_RECIPES[name] }, EVERYTHING, "/out");
      expect(recipeSchema.safeParse(recipe).success).toBe(true);
      expect(readyNameOf(READY_RECIPES[name])).toBe(name);
    }
  });

  it("name patients in the patient's copy and the transfer alone", () => {
    const named = READY_NAMES.filter((name) => READY_RECIPES[name].identity === "identified");
    expect(named).toEqual(["patient", "transfer"]);
  });

  it("are no longer themselves once something is adjusted; metadata may be with or without names", () => {
    expect(readyNameOf({ ...READY_RECIPES.research, options: ["full-dates"] })).toBeUndefined();
    expect(readyNameOf({ ...READY_RECIPES.research, identity: "identified", options: [] })).toBeUndefined();
    expect(readyNameOf({ ...READY_RECIPES.metadata, identity: "identified", options: [] })).toBe("metadata");
  });
});

describe("an export while it is put together", () => {
  it("treats dates one way of three: choosing one gives up the other", () => {
    const full = withDates(["modified-dates", "clean-descriptors"], "full-dates");
    expect(full).toEqual(["full-dates", "clean-descriptors"]);
    expect(datesOf({ options: full })).toBe("full-dates");
    expect(datesOf({ options: withDates(full, "removed") })).toBe("removed");
  });

  it("turns options on and off in the order of the policy, whatever the order of the clicks", () => {
    const options = withOption(withOption([], "retain-safe-private", true), "retain-uids", true);
    expect(options).toEqual(["retain-uids", "retain-safe-private"]);
    expect(withOption(options, "retain-uids", false)).toEqual(["retain-safe-private"]);
  });

  it("holds no images as JSON alone, and no previews without images", () => {
    const json = changeDraft({ ...draft, previews: true }, { format: "json" });
    expect([json.images, json.previews]).toEqual([false, false]);
    expect(changeDraft(json, { images: true }).format).toBe("zip");
  });

  it("forgets why held-back objects may pass when names leave anyway", () => {
    const passing = { ...draft, heldReason: "ethics vote 12" };
    expect(changeDraft(passing, { identity: "identified" }).heldReason).toBeNull();
  });

  it("is no recipe without a key, nor with held-back objects let pass for no reason", () => {
    expect(toRecipe({ ...draft, key: "" }, EVERYTHING, "/out")).toBeUndefined();
    expect(toRecipe({ ...draft, heldReason: "  " }, EVERYTHING, "/out")).toBeUndefined();
    expect(toRecipe({ ...draft, key: "", identity: "identified" }, EVERYTHING, "/out")).toBeDefined();
  });

  it("comes back from a saved recipe as it was", () => {
    const recipe = toRecipe({ ...draft, heldReason: "ethics vote 12" }, EVERYTHING, "/out");
    expect(recipe).toBeDefined();
    expect(toRecipe(toDraft(recipe!), EVERYTHING, "/out")).toEqual(recipe);
  });
});

describe("whether an export can start", () => {
  it("can, where everything is chosen and fits", () => {
    expect(reasonsOf(draft, true, plan, false, roomy)).toEqual([]);
  });

  it("says what is missing before it says anything of the plan", () => {
    const empty = { ...draft, key: "", destination: "", heldReason: "" };
    expect(reasonsOf(empty, false, undefined, false, undefined)).toEqual([
      "nothing-picked",
      "key-missing",
      "reason-missing",
      "destination-missing",
    ]);
  });

  it("waits for the plan of what is chosen now", () => {
    expect(reasonsOf(draft, true, undefined, false, roomy)).toEqual(["planning"]);
    expect(reasonsOf(draft, true, undefined, true, roomy)).toEqual(["plan-failed"]);
  });

  it("stops before a full disk, a read-only place and names that are taken", () => {
    const packages = [{ ...made, exists: true }];
    const tight = { ...plan, packages, freeBytes: 499 };
    expect(reasonsOf(draft, true, tight, false, { readOnly: true, largestFile: null })).toEqual([
      "names-taken",
      "read-only",
      "no-space",
    ]);
  });

  it("stops a ZIP that a FAT32 stick cannot hold, and lets the same pass as a folder", () => {
    const fat = { readOnly: false, largestFile: 400 };
    expect(reasonsOf(draft, true, plan, false, fat)).toEqual(["file-too-large"]);
    expect(reasonsOf({ ...draft, format: "folder" }, true, plan, false, fat)).toEqual([]);
  });

  it("stops an export of nothing", () => {
    expect(reasonsOf(draft, true, { ...plan, packages: [] }, false, roomy)).toEqual(["nothing-found"]);
  });
});

describe("what is picked, in words", () => {
  const say = (selection: Parameters<typeof saySelection>[0]): string =>
    saySelection(selection, en.exporting, createFormat("en-GB"));

  it("counts what was picked by hand", () => {
    expect(say({ scope: "studies", studies: ["1.2"] })).toBe("1 study picked by hand");
    expect(say({ scope: "patients", patients: [{ id: "1" }, { id: "2" }] })).toBe("2 patients picked by hand");
  });

  it("says a filter with all its parts, and what was taken out again", () => {
    const filter = { modalities: ["CT", "MR"], from: "2024-01-02", text: "chest", withAnalyses: true };
    const except = { exceptPatients: [], exceptStudies: ["1.2", "1.3"] };
    expect(say({ scope: "matching", of: "studies", filter, ...except })).toBe(
      "All studies that match: text “chest”, modality CT and MR, since 2 Jan 2024, with AI results, without 2 taken out by hand",
    );
  });

  it("says an empty filter as what it is", () => {
    const nothing = { filter: {}, exceptPatients: [], exceptStudies: [] };
    expect(say({ scope: "matching", of: "patients", ...nothing })).toContain("no filter");
  });
});

it("does not count a patient twice where each study has a package of its own", () => {
  const byStudy = {
    ...plan,
    packages: [
      { ...made, studies: 1 },
      { ...made, studies: 1 },
    ],
  };
  expect(planTotals(byStudy)).toMatchObject({ patients: undefined, studies: 2, instances: 8 });
  expect(planTotals({ ...plan, packages: [made, made] }).patients).toBe(2);
});

it("offers a folder of its own where names are taken, in a name that every platform takes", () => {
  const now = new Date(2026, 0, 31, 9, 5, 7);
  expect(folderOfToday("/media/stick/", now)).toBe("/media/stick/2026-01-31 09.05.07");
  expect(folderOfToday("E:\\out", now)).toBe("E:\\out\\2026-01-31 09.05.07");
});

it("explains every option of the policy: what it means, its name in the standard, and what could still identify", () => {
  expect(Object.keys(en.policy.options).toSorted()).toEqual([...POLICY_OPTIONS].toSorted());
  for (const words of Object.values(en.policy.options))
    expect(Object.values(words).every((text) => text.length > 5)).toBe(true);
});

it("never says anonymous", () => {
  const { exporting, review, jobs, packages, policy } = en;
  const said = JSON.stringify({ exporting, review, jobs, packages, policy });
  expect(said).not.toMatch(/anonym/i);
});
