import type { ImagingRecipe } from "../../../contract/recipe.ts";
import type { InstanceDescription } from "../../dicom/description.ts";
import { identityOf, type Pseudonyms } from "../../deidentify/pseudonym.ts";
import { createNameRegistry } from "../../package/safe-name.ts";
import type { InstanceLocator } from "../../sources/source.ts";
import type { ImagingItem, PackagePlan, PlannedAnalysis } from "./item.ts";
import { plannedPreviews } from "./planned-previews.ts";

/** An instance of the selection as the catalog hands it out: by patient, study, series, instance, in a total order. */
export interface SelectedInstance {
  sourceId: number;
  locator: InstanceLocator;
  orthancInstanceId: string | undefined;
  description: InstanceDescription;
}

/** How ids become names: as they are, or under the project key. */
export interface PlanNames {
  patient(description: InstanceDescription): string;
  study(description: InstanceDescription): string;
}

/** @param pseudonyms undefined for the policy `identified`. */
export function planNames(pseudonyms: Pseudonyms | undefined, retainUids: boolean): PlanNames {
  return {
    patient: (description) =>
      pseudonyms === undefined ? description.patientId : pseudonyms.patient(identityOf(description)).display,
    study: ({ studyInstanceUid }) =>
      pseudonyms === undefined || retainUids ? studyInstanceUid : pseudonyms.uid(studyInstanceUid),
  };
}

/** A safe segment for an id; `key` is the thing that bears it. */
type UniqueNames = (id: string, key: string) => string;

interface OpenPackage {
  plan: PackagePlan;
  /** What tells this package's instances from the next one's. */
  key: string;
  folders: UniqueNames;
  /** Study key -> folder segment: one Study Instance UID under two patients is two folders. */
  segments: Map<string, string>;
  uids: Set<string>;
  patients: Set<string>;
  series: Set<string>;
  study: string;
  /** Instances and previews met in the current study. */
  instances: number;
  previews: number;
}

/** AI analysis results of an instance's study, already under the policy. */
export type AnalysesOf = (description: InstanceDescription) => Omit<PlannedAnalysis, "study">[];

/**
 * Divides a selection into packages and names every file in them, in one pass.
 *
 * @yields each item in order, numbered from 0 through the whole job.
 * @returns the packages; empty where nothing was selected.
 */
export function* planImaging(
  recipe: ImagingRecipe,
  selected: Iterable<SelectedInstance>,
  names: PlanNames,
  analysesOf: AnalysesOf,
): Generator<ImagingItem, PackagePlan[]> {
  const packages: PackagePlan[] = [];
  const packageNames = createUniqueNames();
  const zipped = recipe.format === "zip";
  let open: OpenPackage | undefined;
  let index = 0;

  for (const instance of selected) {
    const { description } = instance;
    const patientKey = `${description.issuerOfPatientId}\0${description.patientId}`;
    const studyKey = `${patientKey}\0${description.studyInstanceUid}`;
    const scope = scopeOf(recipe);
    const key = scope === "all" ? "" : scope === "patient" ? patientKey : studyKey;
    if (open === undefined || open.key !== key) {
      open = openPackage(recipe, scope, key, index, packageNames, zipped, names, description);
      packages.push(open.plan);
    }
    if (open.study !== studyKey) {
      enterStudy(open, studyKey, names.study(description));
      const study = open.segments.get(studyKey) ?? "";
      for (const analysis of analysesOf(description)) open.plan.analyses.push({ study, ...analysis });
    }
    const segment = open.segments.get(studyKey) ?? "";
    const folder = scope === "study" ? "" : `studies/${segment}/`;
    const images = recipe.images && recipe.format !== "json";
    const previews = images && recipe.previews ? plannedPreviews(description) : 0;
    open.instances++;
    open.patients.add(patientKey);
    index++;
    yield {
      source: instance.sourceId,
      locator: instance.locator,
      orthancInstanceId: instance.orthancInstanceId ?? "",
      description,
      path: images ? `${folder}${scope === "study" ? "dicom/" : ""}${open.instances}.dcm` : null,
      previewFolder: previews > 0 ? `${folder}previews` : null,
      firstPreview: open.previews,
      // The selection goes patient by patient: the newest one is this one's.
      patient: open.patients.size,
      study: segment,
    };
    open.previews += previews;
    count(open, instance, studyKey, previews, images);
  }
  return packages;
}

function scopeOf(recipe: ImagingRecipe): PackagePlan["scope"] {
  if (recipe.grouping === "patient") return "patient";
  if (recipe.selection.scope === "all") return recipe.grouping === "each" ? "patient" : "all";
  if (recipe.selection.scope === "matching") {
    if (recipe.grouping === "one") return "all";
    return recipe.selection.of === "patients" ? "patient" : "study";
  }
  const several = recipe.selection.scope === "patients" ? recipe.selection.patients : recipe.selection.studies;
  if (recipe.grouping === "one" && several.length > 1) return "all";
  return recipe.selection.scope === "patients" ? "patient" : "study";
}

function openPackage(
  recipe: ImagingRecipe,
  scope: PackagePlan["scope"],
  key: string,
  firstItem: number,
  uniqueName: UniqueNames,
  zipped: boolean,
  names: PlanNames,
  description: InstanceDescription,
): OpenPackage {
  // Two patients may share an id (other issuers), two studies a UID (other patients): the registry is asked per package, not per id.
  const id = scope === "patient" ? names.patient(description) : names.study(description);
  const whole = recipe.selection.scope === "all" ? "complete" : "selection";
  const stem = scope === "all" ? whole : `${scope}_${uniqueName(id, key)}`;
  return {
    plan: {
      name: `${stem}_export${zipped ? ".zip" : ""}`,
      scope,
      document: scope === "all" ? `${whole}_data.json` : `${scope}_data.json`,
      firstItem,
      items: 0,
      counts: { patients: 0, studies: 0, series: 0, instances: 0, previews: 0, bytes: 0 },
      analyses: [],
    },
    key,
    folders: createUniqueNames(),
    segments: new Map(),
    uids: new Set(),
    patients: new Set(),
    series: new Set(),
    study: "",
    instances: 0,
    previews: 0,
  };
}

/** The registry gives one id one segment; two things with the same id need two, in the order in which they come. */
function createUniqueNames(): UniqueNames {
  const registry = createNameRegistry();
  const owners = new Map<string, string>();
  return (id, key) => {
    for (let attempt = 1; ; attempt++) {
      const name = attempt === 1 ? id : `${id}_${attempt}`;
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, key);
      if (owner === undefined || owner === key) return registry.segment(name);
    }
  };
}

function enterStudy(open: OpenPackage, studyKey: string, uid: string): void {
  open.study = studyKey;
  open.instances = 0;
  open.previews = 0;
  open.segments.set(studyKey, open.folders(uid, studyKey));
}

function count(
  open: OpenPackage,
  instance: SelectedInstance,
  studyKey: string,
  previews: number,
  images: boolean,
): void {
  const { counts } = open.plan;
  open.plan.items++;
  counts.instances++;
  counts.previews += previews;
  // A preview takes about a third of an uncompressed CT frame's bytes; this is an estimate for the look at free space.
  if (images) counts.bytes += instance.locator.size + 512 + previews * previewBytes(instance.description);
  else counts.bytes += 700;
  open.uids.add(studyKey);
  open.series.add(`${studyKey}\0${instance.description.seriesInstanceUid}`);
  counts.patients = open.patients.size;
  counts.studies = open.uids.size;
  counts.series = open.series.size;
}

function previewBytes({ rows, columns }: InstanceDescription): number {
  return Math.ceil((rows * columns) / 2) + 1024;
}
