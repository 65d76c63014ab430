import { beforeEach, describe, expect, test } from "vitest";
import { imagingSelection } from "../../src/contract/recipe.ts";
import {
  allMatching,
  clearSelection,
  getSelection,
  isPatientPicked,
  isSameFilter,
  isStudyPicked,
  kindOf,
  NOTHING,
  setSelection,
  toImagingSelection,
  withPatients,
  withStudies,
} from "../../src/renderer/selection.ts";

const anna = { patientId: "1", issuer: "NORTH", studies: 2, instances: 40 };
const otherOne = { patientId: "1", issuer: "SOUTH", studies: 1, instances: 3 };
const chest = { studyInstanceUid: "2.25.1", patientId: "1", issuer: "NORTH", instances: 30, bytes: 3000 };
const head = { studyInstanceUid: "2.25.2", patientId: "1", issuer: "NORTH", instances: 10, bytes: 1000 };

beforeEach(clearSelection);

describe("picking by hand", () => {
  test("two hospitals that share a patient id are told apart", () => {
    const picked = withPatients(NOTHING, [anna], true);
    expect(isPatientPicked(picked, anna, {})).toBe(true);
    expect(isPatientPicked(picked, otherOne, {})).toBe(false);
    expect(toImagingSelection(picked)).toEqual({ scope: "patients", patients: [{ id: "1", issuer: "NORTH" }] });
  });

  test("a study of a picked patient is shown as picked, since it leaves with the patient", () => {
    const picked = withPatients(NOTHING, [anna], true);
    expect(isStudyPicked(picked, chest, { text: "chest" })).toBe(true);
    expect(isStudyPicked(picked, { ...chest, issuer: "SOUTH" }, {})).toBe(false);
  });

  test("a study that stands under two patients is shown as picked under both, since a recipe names it by its UID", () => {
    const picked = withStudies(NOTHING, [chest], true);
    expect(isStudyPicked(picked, { ...chest, patientId: "9" }, {})).toBe(true);
    expect(isStudyPicked(picked, head, {})).toBe(false);
  });

  test("what is picked stays picked under another filter", () => {
    const picked = withStudies(withStudies(NOTHING, [chest], true), [head], true);
    expect(isStudyPicked(picked, chest, { text: "anything" })).toBe(true);
    expect(toImagingSelection(picked)).toEqual({ scope: "studies", studies: ["2.25.1", "2.25.2"] });
  });

  test("nothing is left when the last one is taken out", () => {
    const picked = withStudies(withStudies(NOTHING, [chest], true), [chest], false);
    expect(picked).toEqual(NOTHING);
    expect(toImagingSelection(picked)).toBeUndefined();
  });

  test("patients given up for studies do not come along", () => {
    const picked = withStudies(withPatients(NOTHING, [anna], true), [head], true);
    expect(kindOf(picked)).toBe("studies");
    expect(toImagingSelection(picked)).toEqual({ scope: "studies", studies: ["2.25.2"] });
  });

  test("an earlier selection is not changed by a later one", () => {
    const before = withStudies(NOTHING, [chest], true);
    withStudies(before, [head], true);
    expect(toImagingSelection(before)).toEqual({ scope: "studies", studies: ["2.25.1"] });
  });
});

describe("picking all that match", () => {
  const filter = { text: "chest", modalities: ["CT", "MR"] };

  test("takes exceptions, and takes them back", () => {
    const all = allMatching("studies", filter);
    const without = withStudies(all, [chest], false);
    expect(isStudyPicked(without, chest, filter)).toBe(false);
    expect(isStudyPicked(without, head, filter)).toBe(true);
    expect(toImagingSelection(without)).toEqual({
      scope: "matching",
      of: "studies",
      filter,
      exceptPatients: [],
      exceptStudies: ["2.25.1"],
    });
    expect(withStudies(without, [chest], true)).toEqual(all);
  });

  test("exceptions of patients bear their issuers", () => {
    const without = withPatients(allMatching("patients", {}), [otherOne], false);
    expect(toImagingSelection(without)).toEqual({
      scope: "matching",
      of: "patients",
      filter: {},
      exceptPatients: [{ id: "1", issuer: "SOUTH" }],
      exceptStudies: [],
    });
    expect(isStudyPicked(without, { ...chest, issuer: "SOUTH" }, {})).toBe(false);
  });

  test("does not claim to know what another filter would have found", () => {
    const all = allMatching("studies", filter);
    expect(isStudyPicked(all, chest, { text: "head" })).toBeUndefined();
    expect(isPatientPicked(allMatching("patients", filter), anna, {})).toBeUndefined();
  });

  test("is the same filter in whatever order its parts stand, and empty parts ask for nothing", () => {
    expect(isSameFilter(filter, { modalities: ["MR", "CT"], text: "chest", sources: [], description: "" })).toBe(true);
    expect(isSameFilter({}, { from: undefined })).toBe(true);
    expect(isSameFilter(filter, { ...filter, from: "2024-01-01" })).toBe(false);
    expect(isSameFilter({ withAnalyses: false }, {})).toBe(false);
  });
});

test("every selection is one that a recipe takes", () => {
  const all = [
    withPatients(NOTHING, [anna, otherOne], true),
    withStudies(NOTHING, [chest, head], true),
    withStudies(allMatching("studies", { from: "2024-01-01" }), [chest], false),
    withPatients(allMatching("patients", {}), [anna], false),
  ];
  for (const selection of all) expect(imagingSelection.safeParse(toImagingSelection(selection)).error).toBeUndefined();
});

test("what is picked is the same for every screen until it is cleared", () => {
  setSelection(withStudies(NOTHING, [chest], true));
  expect(kindOf(getSelection())).toBe("studies");
  clearSelection();
  expect(getSelection()).toEqual(NOTHING);
});
