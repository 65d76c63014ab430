import type { QualityRecipe } from "../../../contract/fhir-recipe.ts";
import type { Catalog } from "../../catalog/database.ts";
import { identitiesOf, type SourceIdentities } from "../../catalog/known-patients.ts";
import { readResourceKeys } from "../../catalog/resource-keys.ts";
import type { ResourcePolicy } from "../../deidentify/fhir/resource-policy.ts";
import type { Resource } from "../../fhir/json.ts";
import { openPolicy } from "../dataset/open-policy.ts";
import type { SummarySettings } from "../summary/open-summary.ts";
import { consentNotices, forEachSubject, readSubjects, type SubjectResource } from "../summary/read-subjects.ts";
import type { ComputedSummary } from "../summary/summary.ts";
import { makeQuality, type QualitySummary } from "./make-quality.ts";
import { QualityFindings } from "./quality-findings.ts";
import type { Named } from "./quality-tables.ts";

export type ComputedQuality = ComputedSummary & { summary: QualitySummary };

/** Quality of the data of a selection; the summary is what a screen or a terminal shows without a package. */
export function computeQuality(
  catalog: Catalog,
  settings: unknown,
  onProgress: (resources: number) => void,
): ComputedQuality {
  const { recipe, startedAt, key } = settings as SummarySettings<QualityRecipe>;
  const policy = policyOf(recipe, startedAt, key);
  const { idOf, nameOf } = exportedNames(catalog, policy);
  const treat = (resource: SubjectResource): Resource | undefined => {
    if (resource.type !== "Observation") return undefined;
    const treated = policy.treat(resource.read(), resource.context);
    return treated.outcome === "passed" ? treated.resource : undefined;
  };
  const findings = new QualityFindings(startedAt.slice(0, 10));
  const end = forEachSubject(
    readSubjects(catalog, recipe.selection, new Date(startedAt)),
    ({ patient, resources }) => {
      const [first] = resources;
      findings.add(
        patient === undefined || first === undefined ? undefined : idOf(first.row),
        resources.map((resource) => ({ row: resource.row, resource: resource.read(), treated: treat(resource) })),
      );
    },
    onProgress,
  );
  const { summary, documents } = makeQuality(findings, recipe.expect, nameOf);
  return {
    summary,
    documents: documents.map(({ path, text }) => ({
      path,
      role: path.endsWith(".csv") ? ("table" as const) : ("document" as const),
      content: text,
    })),
    resources: end.resources,
    patients: end.patients,
    notices: consentNotices(end),
  };
}

/** What values, codes and units are told by, and the ids under which resources leave in pseudonymised packages of the same key. */
function policyOf(
  { selection, key: keyName }: QualityRecipe,
  startedAt: string,
  key: SummarySettings["key"],
): ResourcePolicy {
  return openPolicy({
    policy: {
      kind: "pseudonymised",
      key: keyName,
      dates: "shift",
      birth: "year",
      text: "drop",
      phones: "remove",
      images: "exclude",
      withoutConsent: "include",
    },
    key: key === undefined ? undefined : { name: key.name, secret: Buffer.from(key.secret) },
    startedAt,
    studies: selection.studies,
    house: { staff: [], places: [] },
  });
}

function exportedNames(
  catalog: Catalog,
  policy: ResourcePolicy,
): { idOf: (row: number) => string; nameOf: (row: number) => Named } {
  const identities = new Map<number, SourceIdentities>();
  const nameOf = (row: number): Named => {
    const [{ source, type, id, patient } = { source: 0, type: "", id: "", patient: undefined }] = readResourceKeys(
      catalog,
      [row],
    );
    let known = identities.get(source);
    if (known === undefined) identities.set(source, (known = identitiesOf(catalog, source)));
    return {
      patient: patient === undefined ? "" : policy.exportedId("Patient", patient.id, known),
      id: policy.exportedId(type, id, known),
    };
  };
  return { nameOf, idOf: (row) => nameOf(row).patient };
}
