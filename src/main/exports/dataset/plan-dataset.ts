import type { ResourcesFilter } from "../../../contract/fhir.ts";
import type { Catalog } from "../../catalog/database.ts";
import { identitiesOf, type SourceIdentities } from "../../catalog/known-patients.ts";
import { listResourceKinds } from "../../catalog/resource-types.ts";
import { planResources, type PlannedResource } from "../../catalog/resources.ts";
import type { ResourcePolicy } from "../../deidentify/fhir/resource-policy.ts";
import type { DatasetChunk } from "./dataset.ts";
import { Gathered } from "./gathered-resources.ts";
import type { PartNeed } from "./kinds.ts";

export interface PlanInput {
  filter: ResourcesFilter;
  policy: Pick<ResourcePolicy, "exportedId">;
  needs: readonly PartNeed[];
  layout: "parts" | "patients";
  /** Of the file of a patient, by exported id. */
  pathOf(exportedId: string): string;
}

export interface PlannedChunks {
  chunks: number[];
  patients: number;
  resources: number;
}

/**
 * All chunks of a dataset, part after part. In each, patients are in the order of their exported ids; any other would tell that of the source.
 * What is about nobody comes after them, in the order of a digest of its exported id.
 *
 * Memory: 8 bytes a resource and part, and some for each patient.
 */
export function* planDataset(catalog: Catalog, input: PlanInput): Generator<DatasetChunk | undefined, PlannedChunks> {
  const gathered = yield* gather(catalog, input);
  const order = yield* gathered.sorted();
  const ended: PlannedChunks = { chunks: [], patients: gathered.patients, resources: gathered.resources };
  for (let part = 0; part < input.needs.length; part++) {
    let count = 0;
    const chunks =
      input.layout === "patients"
        ? gathered.patientChunks(part, order, (id) => input.pathOf(id))
        : gathered.chunks(part, order);
    const again = gathered.isAgain(part) ? true : undefined;
    for (const chunk of chunks) {
      if (chunk !== undefined) count++;
      yield chunk === undefined || again === undefined ? chunk : { ...chunk, again };
    }
    ended.chunks.push(count);
  }
  return ended;
}

function* gather(catalog: Catalog, { filter, policy, needs }: PlanInput): Generator<undefined, Gathered> {
  const takers = new Map<number, number[]>();
  for (const [kind, about] of listResourceKinds(catalog))
    takers.set(
      kind,
      needs.flatMap(({ takes }, part) => (takes(about) ? [part] : [])),
    );
  const first = new Set([...takers.values()].flatMap(([part]) => (part === undefined ? [] : [part])));
  const identities = new Map<number, SourceIdentities>();
  const gathered = new Gathered(needs.length, first);
  const types = new Set<string>();
  for (const kind of listResourceKinds(catalog).values())
    if ((filter.types?.includes(kind.type) ?? true) && needs.some(({ takes }) => takes(kind))) types.add(kind.type);
  for (const subject of planResources(catalog, { ...filter, types: [...types] })) {
    let source = identities.get(subject.source);
    if (source === undefined) identities.set(subject.source, (source = identitiesOf(catalog, subject.source)));
    const context = source;
    const idOf = ({ type, id }: PlannedResource): string => policy.exportedId(type, id, context);
    yield* gathered.add(
      subject,
      (resource) => takers.get(resource.kind) ?? [],
      idOf,
      subject.patient === undefined ? "" : policy.exportedId("Patient", subject.patient.id, context),
    );
    yield undefined;
  }
  return gathered;
}
