import type { SyncOptions } from "../../../contract/calls/sources.ts";
import { SatchelError } from "../../../contract/errors.ts";
import type { ResourcesTarget } from "../resources-source.ts";
import type { SyncProgress, SyncReport } from "../source.ts";
import { throttleProgress } from "../sync-progress.ts";
import { extraOf, observationRow } from "./admin-rows.ts";
import { detectVersion } from "./detect-version.ts";
import type { JheApi } from "./jhe-api.ts";
import type { JheConfig } from "./jhe-config.ts";
import { createObservationSink, type ObservationSink } from "./observation-sink.ts";
import { readConsents } from "./read-consents.ts";
import { fillFromAdmin, readOfPatient, readWhole } from "./read-observations.ts";
import { readPatients } from "./read-patients.ts";
import { readStudies } from "./read-studies.ts";
import type { SyncContext } from "./sync-context.ts";

/** What a sync left for the next. */
interface JheState {
  /** The latest `lastUpdated` of an observation. */
  latest?: string;
}

/** What came within this before the latest is asked for again: transactions end in another order than they began. */
const OVERLAP_MS = 10 * 60_000;

/** Studies and who is in them, patients, what they consented to, and then what was measured of them. */
export async function syncJhe(
  api: JheApi,
  config: JheConfig,
  target: ResourcesTarget,
  onProgress: (progress: SyncProgress) => void,
  signal: AbortSignal,
  options: SyncOptions,
): Promise<SyncReport> {
  assertOptions(options);
  const progress = throttleProgress(onProgress);
  progress({ phase: "connecting", step: "Asking the exchange", done: 0, total: null });
  let problems = 0;
  const context: SyncContext = {
    api,
    version: await detectVersion(api, signal),
    config,
    target,
    tell: (phase, step, done, total) => progress({ phase, step, done, total }),
    problem: (ref, reason) => {
      problems++;
      target.problem({ ref, code: "SOURCE_ANSWER", reason });
    },
    signal,
  };
  const groups = await readStudies(context);
  target.putStudyGroups(groups);
  const patients = await readPatients(context, groups);
  target.removeUnmet("Patient");
  const known = await readConsents(context, patients);
  const state = target.readState() as JheState;
  const since = sinceWhen(state, options);
  const sink = createObservationSink(target, new Set(known), context.problem, (size) =>
    context.tell("resources", "Reading observations", size, null),
  );
  const studied = new Set(groups.flatMap((group) => group.patients));
  const whole = await readObservations(context, sink, known, since, {
    all: known.length === patients.length,
    // Old versions do not tell by FHIR of patients who are in no study.
    byFhir: (patient) => context.version.modern || studied.has(patient),
  });
  if (whole && known.length === patients.length) target.removeUnmet("Observation");
  const complete = problems === 0;
  if (complete && sink.latest !== "") target.writeState({ latest: sink.latest } satisfies JheState);
  return {
    // What became of the resources is counted by the catalog.
    added: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    skipped: 0,
    problems,
    analyses: 0,
    complete,
    notices: noticesOf(context, since, whole),
  };
}

/** @returns whether all of all patients were gone through, so that what did not come is no longer there */
async function readObservations(
  context: SyncContext,
  sink: ObservationSink,
  patients: readonly string[],
  since: string,
  { all, byFhir }: { all: boolean; byFhir: (patient: string) => boolean },
): Promise<boolean> {
  const { api, version, config, target, tell, signal } = context;
  const restricted = config.studies.length > 0 || config.organizations.length > 0 || !all;
  const { count, rows } = await api.adminPage("observations", 1, 1, signal);
  const [first] = rows.map((row) => observationRow.safeParse(row));
  const withExtra = first?.success === true && Object.keys(extraOf(first.data)).length > 0;
  const byList = version.modern && !restricted && !withExtra;
  if (byList && since !== "" && (await readWhole(context, sink, since)) === true) {
    // Nothing was deleted where as many are there as the exchange counts.
    const held = target.count("Observation");
    if (held === count) {
      target.expect("Observation", count, held, true);
      return false;
    }
  }
  let complete = byList ? await readWhole(context, sink, "") : undefined;
  if (complete !== true) {
    complete = true;
    for (const [index, patient] of patients.entries()) {
      complete = (await readOfPatient(context, sink, patient, { withExtra, byFhir: byFhir(patient) })) && complete;
      tell("resources", "Reading observations", index + 1, patients.length);
    }
  }
  if (!restricted && sink.size < count)
    for (const patient of patients) complete = (await fillFromAdmin(context, sink, patient, undefined)) && complete;
  if (!restricted && sink.size < count) {
    complete = false;
    context.problem(
      "Observation",
      `The exchange counts ${count.toLocaleString("en")} observations, but gave ${sink.size.toLocaleString("en")} different ones.`,
    );
  }
  target.expect("Observation", restricted ? null : count, sink.size, complete);
  return complete;
}

/**
 * Since when changes are asked for; "" for all. What a person gives reaches further back, and never leaves out what came since the last
 * sync: the next would not know of it.
 */
function sinceWhen({ latest }: JheState, { since }: SyncOptions): string {
  const last = Date.parse(latest ?? "") - OVERLAP_MS;
  if (Number.isNaN(last)) return "";
  const given = since === undefined ? last : Date.parse(since);
  return new Date(Math.min(last, given)).toISOString();
}

/** @throws USAGE */
function assertOptions({ bulk, group, types, filters }: SyncOptions): void {
  const refuse = (what: string, next: string): never => {
    throw new SatchelError("USAGE", `JupyterHealth Exchange ${what}.`, next);
  };
  if (bulk === true) refuse("has no bulk export", "Sync it by searches.");
  if (group !== undefined) refuse("has studies in place of groups", "Choose studies in the settings of the source.");
  if (types !== undefined || filters !== undefined)
    refuse(
      "is read whole: its patients, consents and observations belong together",
      "Sync it without a choice of types and without filters.",
    );
}

function noticesOf({ version }: SyncContext, since: string, whole: boolean): string[] {
  const named = version.version === "" ? "older than 0.0.12" : version.version;
  return [
    `The exchange is version ${named}; its FHIR API is at ${version.fhirBase}.`,
    ...(since !== "" && !whole
      ? ["Only what was changed since the last sync was read; as many are there as the exchange counts."]
      : []),
  ];
}
