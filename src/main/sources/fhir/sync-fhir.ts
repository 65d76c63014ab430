import type { SyncOptions } from "../../../contract/calls/sources.ts";
import type { ResourcesTarget } from "../resources-source.ts";
import type { SyncProgress, SyncReport } from "../source.ts";
import { throttleProgress } from "../sync-progress.ts";
import { syncByBulk, TooManyExports } from "./bulk/sync-bulk.ts";
import { createAttachmentReader } from "./attachments.ts";
import { readCapabilities } from "./capabilities.ts";
import type { FhirClient } from "./fhir-client.ts";
import type { FhirConfig } from "./fhir-config.ts";
import type { SyncContext } from "./sync-context.ts";
import { syncBySearch } from "./sync-search.ts";

/**
 * Reads a FHIR server into the catalog, by searches or by a bulk export.
 *
 * @throws SOURCE_REFUSED, SOURCE_UNREACHABLE, SOURCE_ANSWER, USAGE, CANCELLED
 */
export async function syncFhir(
  client: FhirClient,
  config: FhirConfig,
  target: ResourcesTarget,
  onProgress: (progress: SyncProgress) => void,
  signal: AbortSignal,
  options: SyncOptions,
): Promise<SyncReport> {
  const tell = throttleProgress(onProgress);
  tell({ phase: "connecting", step: "Asking the FHIR server", done: 0, total: null });
  const notices = new Set<string>();
  let problems = 0;
  const context: SyncContext = {
    config,
    options,
    client,
    capabilities: await readCapabilities(client, signal),
    target,
    tell,
    put(json, type, ref) {
      const outcome = target.put({ json, ref });
      if (type === "DocumentReference") attachments?.note(json, outcome !== "unchanged");
      return outcome;
    },
    problem(ref, reason) {
      problems++;
      target.problem({ ref, code: "SOURCE_ANSWER", reason });
    },
    notice: (text) => void notices.add(text),
    signal,
  };
  if (!context.capabilities.told)
    context.notice("The server does not describe itself: what it has was found out by asking.");
  const attachments = config.attachments ? createAttachmentReader(context) : undefined;
  const whole = await readAll(context);
  const complete = (await attachments?.read()) !== false && whole;
  return {
    // Of resources the catalog counts: it alone can tell what is new.
    added: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    skipped: 0,
    problems,
    analyses: 0,
    complete,
    notices: [...notices],
  };
}

/** By a bulk export where that is wanted, and may be done; else by searches. */
async function readAll(context: SyncContext): Promise<boolean> {
  const { config, options, capabilities } = context;
  const use =
    options.bulk === true || options.group !== undefined ? "only" : options.bulk === false ? "never" : config.bulk.use;
  if (use === "never" || (use === "auto" && capabilities.exports.size === 0)) return await syncBySearch(context);
  try {
    return await syncByBulk(context);
  } catch (thrown) {
    if (use === "only" || !(thrown instanceof TooManyExports)) throw thrown;
    context.notice(`${thrown.message} It was read by searches.`);
    return await syncBySearch(context);
  }
}
