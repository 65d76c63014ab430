import type { SourceChoices } from "../../../contract/calls/sources.ts";
import { z } from "../../../contract/schema.ts";
import { readCapabilities } from "./capabilities.ts";
import { FhirRefusal } from "./describe-answer.ts";
import type { FhirClient } from "./fhir-client.ts";
import { readSearchPage } from "./read-bundle.ts";
import { typesToRead } from "./resource-types.ts";

/** More groups are no list that anybody chooses from: their id can be typed. */
const MOST_GROUPS = 200;

const group = z.looseObject({
  resourceType: z.literal("Group"),
  id: z.string(),
  name: z.string().optional().catch(undefined),
});

/**
 * What a FHIR server offers to read, of whom it makes bulk exports, and the first of its groups where it shows them.
 *
 * @throws SOURCE_REFUSED, SOURCE_UNREACHABLE, SOURCE_ANSWER, CANCELLED
 */
export async function readChoices(client: FhirClient, signal: AbortSignal): Promise<SourceChoices> {
  const { types, exports } = await readCapabilities(client, signal);
  return {
    organizations: [],
    studies: types.has("Group") ? await readGroups(client, signal) : [],
    types: typesToRead(types.keys()),
    exports: [...exports],
  };
}

async function readGroups(client: FhirClient, signal: AbortSignal): Promise<SourceChoices["studies"]> {
  try {
    const url = new URL(`Group?_count=${MOST_GROUPS}`, client.base);
    const page = readSearchPage((await client.ask({ url, signal })).body);
    const groups: SourceChoices["studies"] = [];
    for (const { json } of page.entries()) {
      const { data } = group.safeParse(json === undefined ? undefined : JSON.parse(json.toString()));
      if (data !== undefined) groups.push({ id: data.id, name: data.name ?? "", organization: "" });
    }
    return groups.slice(0, MOST_GROUPS);
  } catch (thrown) {
    // A server that does not show its groups may still export one that is named.
    if (thrown instanceof FhirRefusal) return [];
    throw thrown;
  }
}
