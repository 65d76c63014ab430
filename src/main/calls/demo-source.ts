import { existsSync } from "node:fs";
import { addSource, listSources, type SourceRow } from "../catalog/sources.ts";
import { makeDemoOnThread } from "../demo/make-demo-on-thread.ts";
import type { SyncProgress } from "../sources/source.ts";
import type { CallContext } from "./context.ts";
import { placeOf } from "./source-place.ts";

const DEMO_NAME = "Demo hospital";

/** Beside the workspace: a source must not lie in it. */
function demoFolder({ workspace }: CallContext): string {
  return `${workspace.folder}-demo-hospital`;
}

/** The demo hospital among the sources; added where it is not there yet. */
export function addDemoSource(context: CallContext): SourceRow {
  const { catalog } = context.workspace;
  const sources = listSources(catalog);
  const there = sources.find((source) => isDemo(context, source));
  if (there !== undefined) return there;
  const taken = new Set(sources.map(({ name }) => name.toLowerCase()));
  let name = DEMO_NAME;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${DEMO_NAME} ${number}`;
  return addSource(catalog, { kind: "folder", name, config: { path: demoFolder(context) } });
}

/**
 * Makes the hospital of a demo source that is not there: not yet, or not any more. Others are left as they are.
 *
 * @throws as makeDemoHospital; WORKER_DIED
 */
export async function makeDemoWhereMissing(
  context: CallContext,
  source: SourceRow,
  onProgress: (progress: SyncProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const folder = demoFolder(context);
  // Made under another name and renamed, so what bears this name is whole.
  if (!isDemo(context, source) || existsSync(folder)) return;
  onProgress({ phase: "preparing", step: "Making the demo hospital", done: 0, total: null });
  await makeDemoOnThread(
    context.ports.workerFile,
    folder,
    (progress) => onProgress({ phase: "preparing", ...progress }),
    signal,
  );
}

function isDemo(context: CallContext, { kind, config }: SourceRow): boolean {
  return kind === "folder" && placeOf(config) === demoFolder(context);
}
