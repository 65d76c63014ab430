import { answerConsent, openConsents } from "../catalog/consents.ts";
import { openCatalog, type Catalog } from "../catalog/database.ts";
import { listResourceKinds } from "../catalog/resource-types.ts";
import { planResources } from "../catalog/resources.ts";
import { inTurns } from "../in-turns.ts";
import type { ResourceCount, ResourceCountsAnswer, ResourceCountsQuestion } from "./side-messages.ts";

/** Counts what a selection holds by type, and what of it consent keeps here. @throws USAGE (the selection), CANCELLED */
export async function countResources(
  question: ResourceCountsQuestion,
  signal: AbortSignal,
): Promise<ResourceCountsAnswer> {
  const catalog = openCatalog(question.catalog.path, Buffer.from(question.catalog.key), { readOnly: true });
  try {
    return await inTurns(counting(catalog, question), signal);
  } finally {
    catalog.close();
  }
}

function* counting(
  catalog: Catalog,
  { selection, startedAt, withoutConsent }: ResourceCountsQuestion,
): Generator<void, ResourceCountsAnswer> {
  const kinds = listResourceKinds(catalog);
  const types = new Map<string, ResourceCount>();
  const now = new Date(startedAt);
  let patients = 0;
  for (const { patient, resources } of planResources(catalog, selection)) {
    const consents = patient === undefined ? undefined : openConsents(catalog, patient.row, now, selection.studies);
    if (patient !== undefined) patients++;
    for (const { kind, type } of resources) {
      let count = types.get(type);
      if (count === undefined) types.set(type, (count = { type, count: 0, refused: 0, withoutConsent: 0 }));
      count.count++;
      if (consents === undefined) continue;
      const { decision } = answerConsent(consents, kinds.get(kind) ?? { type, codes: [] });
      if (decision === "deny") count.refused++;
      else if (decision === "none" && withoutConsent === "exclude") count.withoutConsent++;
    }
    yield;
  }
  return { patients, types: [...types.values()].sort((one, other) => (one.type < other.type ? -1 : 1)) };
}
