import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { ImagingRecipe } from "../../src/contract/recipe.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { iterateSelection } from "../../src/main/catalog/selection.ts";
import type { ImagingItem, PackagePlan } from "../../src/main/exports/imaging/item.ts";
import { planImaging } from "../../src/main/exports/imaging/plan.ts";
import { createPolicy } from "../../src/main/exports/imaging/apply-policy.ts";
import { analysesUnder, openPolicy, planNamesOf, type JobPolicy } from "../../src/main/jobs/job-policy.ts";
import { locateInstance } from "../../src/main/review/locate-instance.ts";
import { writeDocument } from "../../src/main/review/review-document.ts";
import { anInstance } from "../catalog/describe-instance.ts";
import { addSynced, newCatalog, syncAll } from "../catalog/new-catalog.ts";
import type { IndexedInstance } from "../../src/main/sources/source.ts";

const IDENTIFIED: ImagingRecipe = {
  kind: "imaging",
  version: 1,
  selection: { scope: "all" },
  policy: { kind: "identified" },
  images: true,
  previews: true,
  format: "zip",
  compress: 0,
  grouping: "each",
  destination: "/nowhere",
};
const key = { name: "lung", secret: randomBytes(32) };
const policyOf = ({ policy }: ImagingRecipe): JobPolicy => openPolicy(policy, () => key);
const never = new AbortController().signal;

/** Patients of one id and other issuers, ids that make the same file name, one study under two patients, numbers missing. */
function* awkward(): Generator<IndexedInstance> {
  const patients = [
    ["A", ""],
    ["A", "X"],
    ["A", "Y"],
    ["a", ""],
    ["A/B", ""],
    ["A:B", ""],
    ["", ""],
  ] as const;
  for (const [index, [patientId, issuerOfPatientId]] of patients.entries()) {
    for (const study of [0, 1]) {
      const own = { patientId, issuerOfPatientId, studyInstanceUid: study === 0 ? "2.25.50" : `2.25.6${index}` };
      for (const series of [0, 1, 2]) {
        for (let number = 0; number < series + 2; number++) {
          yield anInstance(`${index}-${study}-${series}-${number}`, {
            ...own,
            seriesInstanceUid: `2.25.7${index}${study}${series}`,
            seriesNumber: series === 2 ? null : 9 - series,
            instanceNumber: number === 1 ? null : 5 - number,
            numberOfFrames: number,
            sopInstanceUid: `2.25.8${index}${study}${series}${number}`,
          });
        }
      }
    }
  }
}

/** The whole plan: each item with the package it is in. */
function planOf(catalog: Catalog, recipe: ImagingRecipe): { item: ImagingItem; plan: PackagePlan }[] {
  const policy = policyOf(recipe);
  const selected = iterateSelection(catalog, recipe.selection);
  const steps = planImaging(recipe, selected, planNamesOf(policy), analysesUnder(catalog, policy));
  const items: ImagingItem[] = [];
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done !== true) {
      items.push(step.value);
      continue;
    }
    const packages = step.value;
    return items.map((item, index) => {
      const plan = packages.findLast(({ firstItem }) => firstItem <= index);
      if (plan === undefined) throw new Error("an item without a package");
      return { item, plan };
    });
  }
}

describe("an instance found without making the plan", () => {
  const recipes: [string, ImagingRecipe][] = [
    ["a package for each patient", IDENTIFIED],
    ["one package for all", { ...IDENTIFIED, grouping: "one" }],
    [
      "patients by name",
      { ...IDENTIFIED, selection: { scope: "patients", patients: [{ id: "A", issuer: "X" }, { id: "A/B" }] } },
    ],
    ["studies by UID", { ...IDENTIFIED, selection: { scope: "studies", studies: ["2.25.61", "2.25.60"] } }],
    ["without previews, in a folder", { ...IDENTIFIED, previews: false, format: "folder" }],
    ["metadata alone", { ...IDENTIFIED, format: "json" }],
    ["pseudonymised", { ...IDENTIFIED, policy: { kind: "pseudonymised", key: "lung", options: [] } }],
  ];
  test.each(recipes)("is the same as in the plan: %s", async (_name, recipe) => {
    const catalog = newCatalog();
    addSynced(catalog, "disk", awkward());
    const plan = planOf(catalog, recipe);
    expect(plan.length).toBeGreaterThan(8);
    for (const [index, planned] of plan.entries()) {
      const located = await locateInstance(catalog, recipe, policyOf(recipe), index, never);
      expect(located.instances).toBe(plan.length);
      expect(located.item).toEqual(planned.item);
      expect([located.plan.name, located.plan.document]).toEqual([planned.plan.name, planned.plan.document]);
      const ofStudy = plan.filter((one) => one.plan === planned.plan && one.item.study === planned.item.study);
      expect(located.study.map(({ item }) => item.path)).toEqual(ofStudy.map(({ item }) => item.path));
      expect(located.study[located.own]?.item).toBe(located.item);
    }
    await expect(locateInstance(catalog, recipe, policyOf(recipe), plan.length, never)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("the selection is counted anew when the catalog has changed", async () => {
    const catalog = newCatalog();
    const source = addSynced(catalog, "disk", [anInstance("one"), anInstance("two", { instanceNumber: 2 })]);
    const count = async (): Promise<number> =>
      (await locateInstance(catalog, IDENTIFIED, policyOf(IDENTIFIED), 0, never)).instances;
    expect(await count()).toBe(2);
    syncAll(catalog, source, [anInstance("one")]);
    expect(await count()).toBe(1);
  });

  test("of a study with more instances than are shown, the document counts all and says that it is shortened", async () => {
    const catalog = newCatalog();
    const many = function* (): Generator<IndexedInstance> {
      for (let number = 0; number < 2_600; number++) {
        const series = number % 2;
        yield anInstance(`${number}`, {
          seriesInstanceUid: `2.25.9${series}`,
          seriesNumber: series,
          instanceNumber: number,
          sopInstanceUid: `2.25.8${number}`,
        });
      }
    };
    addSynced(catalog, "disk", many());
    for (const index of [0, 999, 1_000, 2_599]) {
      const { study, own, plan, item } = await locateInstance(catalog, IDENTIFIED, policyOf(IDENTIFIED), index, never);
      expect(item.path).toBe(`studies/2.25.1/${index + 1}.dcm`);
      expect(study.reduce((sum, { times }) => sum + times, 0)).toBe(2_600);
      const input = { plan, study, own, exportedBy: "tester", exportedAt: "", includesImages: true };
      const { text } = writeDocument(input, createPolicy({ kind: "identified" }), { size: 1, sha256: "a" });
      expect(text.metadataTruncated).toBe(true);
      expect(text.metadata).toContain('"numberOfSeries":2,"numberOfInstances":2600');
    }
  });
});
