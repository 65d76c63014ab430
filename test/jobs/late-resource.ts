import type { Catalog } from "../../src/main/catalog/database.ts";
import { resourcesTarget } from "../../src/main/catalog/resources-sync.ts";
import { listSources } from "../../src/main/catalog/sources.ts";

/** One Observation more of the first patient, as a sync of another time would put it. */
export function putLate(catalog: Catalog): void {
  const [source] = listSources(catalog);
  if (source === undefined) throw new Error("the workshop has no source");
  const target = resourcesTarget(catalog, source.id);
  target.put({
    json: JSON.stringify({
      resourceType: "Observation",
      id: "late",
      status: "final",
      code: { coding: [{ system: "http://loinc.org", code: "8867-4" }] },
      subject: { reference: "Patient/p0" },
    }),
  });
  target.flush();
}
