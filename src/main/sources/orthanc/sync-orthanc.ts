/**
 * First sync: everything is listed. Later ones: Orthanc's change log, from where the last sync stood.
 *
 * Orthanc does not log deletions, and deleting a resource takes its lines out of the log. Therefore each sync ends by comparing the
 * number of instances with what it should be; where they differ, all ids are listed (ids only) and what is gone falls out.
 * The last line of the log that was seen is kept: where it is no longer there, the log cannot be trusted and all is listed again.
 */
import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import type { SyncProgress, SyncReport, SyncTarget } from "../source.ts";
import { throttleProgress } from "../sync-progress.ts";
import type { OrthancApi, OrthancChange } from "./orthanc-api.ts";
import type { OrthancConfig } from "./orthanc-config.ts";
import { analysisPlaces, analysisRef, syncAnalyses } from "./sync-analyses.ts";
import { syncInstances, type OrthancSync } from "./sync-instances.ts";

const PAGE = 1_000;
/** Instances may come and go while they are listed by position, so that one is skipped or met twice. */
const LISTING_ATTEMPTS = 3;
/** More failures than this are not remembered one by one: the next sync lists everything again. */
const MOST_FAILED = 1_000;

const orthancState = z.object({
  seq: z.number(),
  /** The change with that number, as one line. */
  marker: z.string(),
  /** Instances at the server that the catalog holds or lists as problems. */
  count: z.number(),
  failed: z.array(z.string()),
  /** The analysis names of that sync: others need all studies again. */
  places: z.string(),
});
type OrthancState = z.infer<typeof orthancState>;

/**
 * Fills the catalog from an Orthanc server.
 *
 * @throws SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_ANSWER, CANCELLED. The state is written only at the end, so that the next sync
 *   repeats what this one did not finish.
 */
export async function syncOrthanc(
  api: OrthancApi,
  config: OrthancConfig,
  target: SyncTarget,
  onProgress: (progress: SyncProgress) => void,
  signal: AbortSignal,
): Promise<SyncReport> {
  const report: SyncReport = {
    added: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    skipped: 0,
    problems: 0,
    analyses: 0,
    complete: false,
    notices: [],
  };
  const state = orthancState.safeParse(target.readState()).data;
  const sync: OrthancSync = {
    api,
    target,
    report,
    concurrency: config.concurrency,
    signal,
    failed: new Set(state?.failed),
    countChange: 0,
    withoutMd5: false,
  };
  const progress = throttleProgress(onProgress);
  const trusted = state !== undefined && (await logGoesOn(api, state, signal)) ? state : undefined;
  const next =
    trusted === undefined
      ? await syncEverything(sync, config, progress)
      : await syncChanges(sync, config, trusted, progress);
  if (sync.withoutMd5)
    report.notices.push(
      "The Orthanc server keeps no MD5 of its files (StoreMD5ForAttachments): transfers are checked by their length only.",
    );
  target.writeState(next);
  return report;
}

async function logGoesOn(api: OrthancApi, state: OrthancState, signal: AbortSignal): Promise<boolean> {
  if (state.failed.length > MOST_FAILED) return false;
  // The log was empty then: nothing can be told from it.
  if (state.seq === 0) return false;
  const [change] = (await api.changes(state.seq - 1, 1, signal)).Changes;
  return change !== undefined && markerOf(change) === state.marker;
}

function markerOf(change: OrthancChange): string {
  return `${change.Seq} ${change.ChangeType} ${change.ID} ${change.Date}`;
}

type Report = (progress: SyncProgress) => void;

async function syncEverything(sync: OrthancSync, config: OrthancConfig, progress: Report): Promise<OrthancState> {
  const { api, signal } = sync;
  // Taken before the listing: what comes in meanwhile is met again by the next sync.
  const last = await api.lastChange(signal);
  sync.failed.clear();
  const count = await listInstances(sync, progress, (ids, onDone) => syncInstances(sync, ids, onDone));
  await syncAllAnalyses(sync, config, progress);
  return {
    seq: last?.Seq ?? 0,
    marker: last === undefined ? "" : markerOf(last),
    count,
    failed: [...sync.failed].slice(0, MOST_FAILED + 1),
    places: JSON.stringify(analysisPlaces(config)),
  };
}

async function syncChanges(
  sync: OrthancSync,
  config: OrthancConfig,
  state: OrthancState,
  progress: Report,
): Promise<OrthancState> {
  const { api, target, signal } = sync;
  let { seq, marker } = state;
  const step = "Reading what changed";
  const newest = (await api.lastChange(signal))?.Seq ?? seq;
  const visit = (ids: Iterable<string>): Promise<void> => syncInstances(sync, ids, () => undefined);

  await visit([...sync.failed]);
  for (;;) {
    const page = await api.changes(seq, PAGE, signal);
    const instances = new Set<string>();
    const studies = new Set<string>();
    for (const change of page.Changes) {
      if (change.ResourceType === "Instance" && /^(NewInstance|UpdatedAttachment)$/.test(change.ChangeType))
        instances.add(change.ID);
      if (change.ResourceType === "Study" && /^(NewStudy|UpdatedAttachment|UpdatedMetadata)$/.test(change.ChangeType))
        studies.add(change.ID);
    }
    await visit(instances);
    await syncAnalyses(sync, config, studies, () => undefined);
    const final = page.Changes.at(-1);
    // A log that does not move on would be read for ever.
    if (final !== undefined && final.Seq <= seq) throw listingDoesNotMoveOn();
    if (final !== undefined) ({ seq, marker } = { seq: final.Seq, marker: markerOf(final) });
    progress({ phase: "changes", step, done: Math.max(0, seq - state.seq), total: Math.max(newest, seq) - state.seq });
    if (page.Done || final === undefined) break;
  }

  let count = state.count + sync.countChange;
  const places = JSON.stringify(analysisPlaces(config));
  const { CountInstances } = await api.statistics(signal);
  if (CountInstances !== count) {
    count = await listInstances(sync, progress, async (ids, onDone) => {
      const unknown: string[] = [];
      for (const id of ids) {
        if (target.known(id) === undefined) unknown.push(id);
        else {
          target.keep(id);
          onDone();
        }
      }
      await syncInstances(sync, unknown, onDone);
    });
    if (places === state.places) await keepAnalyses(sync, config);
  }
  if (places !== state.places) await syncAllAnalyses(sync, config, progress);
  return { seq, marker, count, failed: [...sync.failed].slice(0, MOST_FAILED + 1), places };
}

function listingDoesNotMoveOn(): SatchelError {
  return new SatchelError(
    "SOURCE_ANSWER",
    "The server answers every page of a listing with the same page.",
    "Check that the address of the source is that of Orthanc's REST API, and that a proxy before it keeps the query of an address.",
  );
}

/**
 * Lists all instances by pages and hands each to `visit` once. Sets `report.complete` where the listing agrees with the server's own
 * count; only then may what was not met be removed.
 *
 * @returns how many different instances were met
 */
async function listInstances(
  sync: OrthancSync,
  progress: Report,
  visit: (ids: string[], onDone: () => void) => Promise<void>,
): Promise<number> {
  const { api, report, signal } = sync;
  const step = "Reading instances";
  const seen = new Set<string>();
  let done = 0;
  let { CountInstances: total } = await api.statistics(signal);
  progress({ phase: "instances", step, done, total });
  for (let attempt = 0; attempt < LISTING_ATTEMPTS && !report.complete; attempt++) {
    for (let since = 0; ; since += PAGE) {
      const ids = await api.listIds("instances", since, PAGE, signal);
      const fresh = ids.filter((id) => !seen.has(id));
      for (const id of fresh) seen.add(id);
      await visit(fresh, () => progress({ phase: "instances", step, done: ++done, total: Math.max(total, done) }));
      // A page of what was met before is no page that was asked for: what answers does not know "since", and would go on for ever.
      if (ids.length === PAGE && since >= seen.size) throw listingDoesNotMoveOn();
      if (ids.length < PAGE) break;
    }
    ({ CountInstances: total } = await api.statistics(signal));
    report.complete = seen.size === total;
  }
  if (!report.complete)
    report.notices.push(
      `The Orthanc server says that it holds ${total} instances, but its listing gave ${seen.size}; nothing was removed from the ` +
        "catalog. Sync again when nothing is being sent to or deleted from the server.",
    );
  return seen.size;
}

async function* listStudies(sync: OrthancSync): AsyncGenerator<string[]> {
  let first = "";
  for (let since = 0; ; since += PAGE) {
    const ids = await sync.api.listIds("studies", since, PAGE, sync.signal);
    if (ids[0] !== undefined && ids[0] === first) throw listingDoesNotMoveOn();
    first = ids[0] ?? "";
    yield ids;
    if (ids.length < PAGE) return;
  }
}

async function syncAllAnalyses(sync: OrthancSync, config: OrthancConfig, progress: Report): Promise<void> {
  if (analysisPlaces(config).length === 0) return;
  const step = "Reading AI analysis results";
  const { CountStudies } = await sync.api.statistics(sync.signal);
  let done = 0;
  for await (const ids of listStudies(sync))
    await syncAnalyses(sync, config, ids, () =>
      progress({ phase: "analyses", step, done: ++done, total: Math.max(CountStudies, done) }),
    );
}

/** After a listing that removes what it did not meet: results whose study is still there, and which did not change, stay. */
async function keepAnalyses(sync: OrthancSync, config: OrthancConfig): Promise<void> {
  const places = analysisPlaces(config);
  if (places.length === 0) return;
  for await (const ids of listStudies(sync))
    for (const study of ids)
      for (const { kind, name } of places) {
        const ref = analysisRef(study, kind, name);
        if (sync.target.known(ref) !== undefined) sync.target.keep(ref);
      }
}
