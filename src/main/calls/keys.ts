import {
  exportProjectKey,
  getProjectKey,
  importProjectKey,
  listProjectKeys,
  newProjectKey,
  type ProjectKey,
} from "../access/project-keys.ts";
import { crosswalkLines, openCrosswalk, writeCrosswalk, type CrosswalkRow } from "../access/crosswalk.ts";
import { appendAudit } from "../audit/audit-log.ts";
import type { Catalog } from "../catalog/database.ts";
import { iterateSelection } from "../catalog/selection.ts";
import { createPseudonyms, identityOf } from "../deidentify/pseudonym.ts";
import type { CallContext, HandlersOf } from "./context.ts";

/** Rows of a crosswalk in one frame. */
const CROSSWALK_PAGE = 1_000;

const fingerprintOf = (key: ProjectKey): string => createPseudonyms(key).fingerprint;

export function keyHandlers(context: CallContext): HandlersOf<"keys"> {
  const summary = (name: string): ReturnType<typeof listProjectKeys>[number] => {
    const found = listProjectKeys(context.workspace.catalog, fingerprintOf).find(
      (one) => one.name.toLowerCase() === name.toLowerCase(),
    );
    if (found === undefined) throw new Error("a key that was just made is not listed");
    return found;
  };
  const audit = (action: string, name: string, destination: string, counts: Record<string, number>): void => {
    const fingerprint = fingerprintOf(getProjectKey(context.workspace.catalog, name));
    appendAudit(context.workspace.audit, {
      at: context.ports.now().toISOString(),
      user: context.ports.user,
      action,
      subjects: [],
      policy: `key ${name} ${fingerprint}`,
      destination,
      counts,
      result: "complete",
    });
    context.changes.tell("audit");
  };
  return {
    "keys.list": () => listProjectKeys(context.workspace.catalog, fingerprintOf),
    "keys.new": ({ name }) => {
      const made = summary(newProjectKey(context.workspace.catalog, name).name);
      context.changes.tell("keys");
      return made;
    },
    "keys.import": async ({ name, file, passphrase }) => {
      const made = summary((await importProjectKey(context.workspace.catalog, file, passphrase, name)).name);
      audit("import key", made.name, file, {});
      context.changes.tell("keys");
      return made;
    },
    "keys.export": async ({ name, file, passphrase }) => {
      await exportProjectKey(context.workspace.catalog, name, file, passphrase);
      audit("export key", name, file, {});
      return { ok: true };
    },
    "keys.crosswalk": async ({ name, file, passphrase }) => {
      const { catalog } = context.workspace;
      const rows = crosswalkRows(catalog, getProjectKey(catalog, name));
      await writeCrosswalk(file, rows, passphrase);
      audit("write crosswalk", name, file, { patients: rows.length });
      return { patients: rows.length };
    },
    "keys.openCrosswalk": async function* ({ file, passphrase }) {
      const { rows } = await openCrosswalk(file, passphrase);
      for (let from = 0; from === 0 || from < rows.length; from += CROSSWALK_PAGE) {
        const patients = rows.slice(from, from + CROSSWALK_PAGE);
        yield { csv: crosswalkLines(patients, from === 0).join("\n"), patients };
      }
    },
  };
}

/** One row for each patient of the catalog: who is not in it was never exported by this workspace. */
function crosswalkRows(catalog: Catalog, key: ProjectKey): CrosswalkRow[] {
  const pseudonyms = createPseudonyms(key);
  const rows = new Map<string, CrosswalkRow>();
  for (const { description } of iterateSelection(catalog, { scope: "all" })) {
    const pseudonym = pseudonyms.patient(identityOf(description)).display;
    if (rows.has(pseudonym)) continue;
    rows.set(pseudonym, {
      pseudonym,
      patientId: description.patientId,
      issuer: description.issuerOfPatientId,
      patientName: description.patientName,
    });
  }
  return [...rows.values()];
}
