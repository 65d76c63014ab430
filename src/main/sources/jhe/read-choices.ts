import type { SourceChoices } from "../../../contract/calls/sources.ts";
import { organizationRow, studyRow } from "./admin-rows.ts";
import type { JheApi } from "./jhe-api.ts";
import { readList } from "./sync-context.ts";

/** The organizations and studies that the practitioner sees. @throws SOURCE_REFUSED, SOURCE_UNREACHABLE, SOURCE_ANSWER, CANCELLED */
export async function readChoices(api: JheApi, signal: AbortSignal): Promise<SourceChoices> {
  const organizations: SourceChoices["organizations"] = [];
  const studies: SourceChoices["studies"] = [];
  await readList({ api, signal }, "organizations", organizationRow, ({ id, name }) => organizations.push({ id, name }));
  await readList({ api, signal }, "studies", studyRow, ({ id, name, organization }) =>
    studies.push({ id, name, organization: organization?.name ?? "" }),
  );
  return { organizations, studies, types: [], exports: [] };
}
