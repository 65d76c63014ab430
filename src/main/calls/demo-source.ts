import { existsSync } from "node:fs";
import { addSource, listSources, type SourceRow } from "../catalog/sources.ts";
import { makeDemoOnThread } from "../demo/make-demo-on-thread.ts";
import { RECORDS_ISSUER } from "../demo/records/record-people.ts";
import { DEMO_RECORDS_MAPPING } from "../demo/records/records-mapping.ts";
import { inTurns } from "../in-turns.ts";
import { sourceKind } from "../sources/registry.ts";
import type { SyncProgress } from "../sources/source.ts";
import type { CallContext } from "./context.ts";
import { placeOf } from "./source-place.ts";

const IMAGES_NAME = "Demo hospital";
const RECORDS_NAME = "Demo hospital records";

/** Beside the workspace: a source must not lie in it. */
function demoFolder({ workspace }: CallContext): string {
  return `${workspace.folder}-demo-hospital`;
}

/** The same of its database. Not within the folder, all of which is read as images. */
function demoDatabase({ workspace }: CallContext): string {
  return `${workspace.folder}-demo-hospital-records.sqlite`;
}

/** The demo hospital among the sources, its images and its records; each is added where it is not there yet. */
export function addDemoSources(context: CallContext): { images: SourceRow; records: SourceRow } {
  const records = { path: demoDatabase(context), mapping: DEMO_RECORDS_MAPPING, issuer: RECORDS_ISSUER };
  return {
    images: addWhereMissing(context, IMAGES_NAME, "folder", { path: demoFolder(context) }, isDemoImages),
    records: addWhereMissing(context, RECORDS_NAME, "sqlite", records, isDemoRecords),
  };
}

function addWhereMissing(
  context: CallContext,
  wanted: string,
  kind: string,
  config: unknown,
  isIt: (context: CallContext, source: SourceRow) => boolean,
): SourceRow {
  const { catalog } = context.workspace;
  const sources = listSources(catalog);
  const there = sources.find((source) => isIt(context, source));
  if (there !== undefined) return there;
  const taken = new Set(sources.map((source) => source.name.toLowerCase()));
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted} ${number}`;
  return addSource(catalog, { kind, name, config: sourceKind(kind).parseConfig(config) });
}

/**
 * Makes what a demo source reads and is not there: not yet, or not any more. Others are left as they are.
 *
 * @throws as makeDemoHospital, makingDemoRecords; WORKER_DIED
 */
export async function makeDemoWhereMissing(
  context: CallContext,
  source: SourceRow,
  onProgress: (progress: SyncProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  // A tenth of a second in all: it needs no thread, and goes to its end.
  if (isDemoRecords(context, source)) {
    const { makingDemoRecords } = await import("../demo/records/make-demo-records.ts");
    await inTurns(makingDemoRecords(demoDatabase(context)));
  }
  const folder = demoFolder(context);
  // Made under another name and renamed, so what bears this name is whole.
  if (!isDemoImages(context, source) || existsSync(folder)) return;
  onProgress({ phase: "preparing", step: "Making the demo hospital", done: 0, total: null });
  await makeDemoOnThread(
    context.ports.workerFile,
    folder,
    (progress) => onProgress({ phase: "preparing", ...progress }),
    signal,
  );
}

function isDemoImages(context: CallContext, { kind, config }: SourceRow): boolean {
  return kind === "folder" && placeOf(config) === demoFolder(context);
}

function isDemoRecords(context: CallContext, { kind, config }: SourceRow): boolean {
  return kind === "sqlite" && placeOf(config) === demoDatabase(context);
}
