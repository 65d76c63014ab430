import { hash } from "node:crypto";
import type { DatasetRecipe } from "../../../contract/fhir-recipe.ts";
import type { ResourcesFilter } from "../../../contract/fhir.ts";
import type { Catalog } from "../../catalog/database.ts";
import { deletedSinceExport } from "../../catalog/deleted-resources.ts";
import { withdrawnSinceExport } from "../../catalog/exported-patients.ts";
import { identitiesOf, wordsOfResources, type SourceIdentities } from "../../catalog/known-patients.ts";
import { listResourceKinds } from "../../catalog/resource-types.ts";
import { countUndated } from "../../catalog/resources.ts";
import { kindsOfCodes } from "../../catalog/resources-filter.ts";
import { unknownInResources } from "../../catalog/unknown-resources.ts";
import type { ResourcePolicy } from "../../deidentify/fhir/resource-policy.ts";
import { refuseUnknown } from "../table/refuse-unknown.ts";
import type { DatasetChunk, DatasetSettings } from "./dataset.ts";
import type { DatasetKinds, DatasetOccasion, DatasetPlanEnd, DatasetShape, OpenDataset } from "./kinds.ts";
import { openPolicy } from "./open-policy.ts";
import { fileOfPatient } from "./patient-files.ts";
import { planDataset } from "./plan-dataset.ts";
import { incompleteTypes, resourceSources } from "./resource-sources.ts";

/** @throws KEY_NEEDED; USAGE where the catalog cannot serve the recipe */
export function openDataset(
  kinds: DatasetKinds,
  catalog: Catalog,
  recipe: DatasetRecipe,
  occasion: DatasetOccasion,
): OpenDataset {
  const { selection, policy } = recipe;
  refuseUnknown(unknownInResources(catalog, selection));
  const shape = shapeOf(kinds, catalog, recipe);
  const key = "key" in policy && policy.key !== undefined ? occasion.keyNamed(policy.key) : undefined;
  const settings: DatasetSettings = {
    policy,
    key,
    startedAt: occasion.startedAt,
    studies: selection.studies,
    house: scrubs(recipe) ? houseOf(catalog) : { staff: [], places: [] },
  };
  const opened = openPolicy(settings);
  const sources = resourceSources(catalog, selection, policy.kind);
  const { kind, ...about } = policy;
  return {
    stem: shape.stem,
    layout: shape.layout,
    parts: shape.parts.map(({ part }) => part),
    source: { kind: recipe.kind, settings },
    policy: {
      kind,
      options: [...opened.options],
      ...(opened.fingerprint === undefined ? {} : { key: opened.fingerprint }),
      ...("name" in about ? { rules: about.name } : {}),
      ...("reason" in about ? { reason: about.reason } : {}),
      ...(opened.digest === "" ? {} : { digest: opened.digest }),
    },
    notices: [...opened.notices, ...noticesOfChanges(recipe), ...incompleteTypes(sources)],
    sources,
    selection,
    subjects: subjectsOf(recipe.kind, selection),
    digest: digestOf(recipe),
    deleted: () => deletedOf(catalog, recipe, opened),
    plan: () => planOf(catalog, recipe, shape, opened, digestOf(recipe), occasion),
  };
}

function shapeOf(kinds: DatasetKinds, catalog: Catalog, recipe: DatasetRecipe): DatasetShape {
  const { types, codes } = recipe.selection;
  const ofCodes = codes === undefined ? undefined : new Set(kindsOfCodes(catalog, codes));
  const there = [...listResourceKinds(catalog)].flatMap(([row, kind]) =>
    (types?.includes(kind.type) ?? true) && (ofCodes?.has(row) ?? true) ? [kind] : [],
  );
  if (recipe.kind === "fhir") return kinds.fhir.shape(catalog, recipe, there);
  return recipe.kind === "view"
    ? kinds.view.shape(catalog, recipe, there)
    : kinds.observations.shape(catalog, recipe, there);
}

function* planOf(
  catalog: Catalog,
  recipe: DatasetRecipe,
  { parts, layout }: DatasetShape,
  policy: ResourcePolicy,
  digest: string,
  { startedAt }: DatasetOccasion,
): Generator<DatasetChunk | undefined, DatasetPlanEnd> {
  const { selection } = recipe;
  refuseUnknown(unknownInResources(catalog, selection));
  const planned = yield* planDataset(catalog, {
    filter: selection,
    policy,
    needs: parts,
    layout,
    pathOf: fileOfPatient,
  });
  const undated = countUndated(catalog, selection);
  yield undefined;
  let deleted = 0;
  for (const _one of deletedOf(catalog, recipe, policy)) if (++deleted % DELETED_A_STEP === 0) yield undefined;
  const withdrawn = yield* quietly(withdrawnSinceExport(catalog, digest, new Date(startedAt)));
  return {
    ...planned,
    deleted,
    withoutDay: Object.values(undated).reduce((sum, count) => sum + count, 0),
    withdrawn: withdrawn.map(({ source, patientId, scopes }) => ({
      patient: policy.exportedId("Patient", patientId, identitiesOf(catalog, source)),
      scopes,
    })),
  };
}

/** Deletions that are read in one step. */
const DELETED_A_STEP = 1_000;

/**
 * What was deleted since an earlier package, by the references under which it left: "Observation/4f2...". Only NDJSON has a place for it, as
 * bulk exports have. A deleted patient who was known by a linked identifier cannot be named any more.
 */
function* deletedOf(
  catalog: Catalog,
  recipe: DatasetRecipe,
  policy: Pick<ResourcePolicy, "exportedId">,
): Generator<string> {
  if (recipe.kind !== "fhir" || recipe.layout !== "ndjson") return;
  const identities = new Map<number, SourceIdentities>();
  for (const { source, type, id } of deletedSinceExport(catalog, digestOf(recipe), recipe.selection)) {
    let known = identities.get(source);
    if (known === undefined) identities.set(source, (known = identitiesOf(catalog, source)));
    yield `${type}/${policy.exportedId(type, id, known)}`;
  }
}

function noticesOfChanges(recipe: DatasetRecipe): string[] {
  if (recipe.selection.changedSince === undefined) return [];
  const tellsDeleted = recipe.kind === "fhir" && recipe.layout === "ndjson";
  return [
    `This package holds only what was added or changed since an earlier one of the same recipe: put it into what that one left.${
      tellsDeleted ? " What its source has deleted since is named in deleted.ndjson, where there is such a file." : ""
    }`,
  ];
}

/** Steps of other work, as steps in which nothing was found. */
function* quietly<Result>(steps: Generator<void, Result>): Generator<undefined, Result> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    yield undefined;
  }
}

function scrubs({ policy }: DatasetRecipe): boolean {
  return policy.kind === "pseudonymised" && policy.text === "scrub";
}

function houseOf(catalog: Catalog): DatasetSettings["house"] {
  const steps = wordsOfResources(catalog);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** Who left by a recipe is remembered under what it chooses and how it names people, wherever it is written to. */
function digestOf({ kind, selection, policy }: DatasetRecipe): string {
  const key = "key" in policy ? policy.key : undefined;
  // Of what changed since the last package it is the same recipe still.
  const { changedSince: _since, ...chosen } = selection;
  return hash("sha256", JSON.stringify([kind, chosen, policy.kind, key]), "hex");
}

/** Ids of the source: the audit log is in the encrypted workspace. */
function subjectsOf(kind: DatasetRecipe["kind"], filter: ResourcesFilter): string[] {
  const some = (what: string, values: readonly string[] | undefined): string[] =>
    values === undefined ? [] : [`${what} ${values.join(", ")}`];
  return [
    kind === "fhir" ? "FHIR resources" : kind === "view" ? "tables of FHIR resources" : "Open mHealth data points",
    ...(filter.patients === undefined ? (filter.studies === undefined ? ["all patients"] : []) : filter.patients),
    ...some("studies", filter.studies),
    ...some("types", filter.types),
    ...some("codes", filter.codes),
    ...some("sources", filter.sources),
    ...(filter.from === undefined ? [] : [`from ${filter.from}`]),
    ...(filter.to === undefined ? [] : [`to ${filter.to}`]),
  ];
}
