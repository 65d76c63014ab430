import { SatchelError } from "../../../contract/errors.ts";
import { extraOf, observationOf, observationRow } from "./admin-rows.ts";
import { SEEDED_TYPES } from "./data-types.ts";
import type { ObservationSink } from "./observation-sink.ts";
import { PASSES, readList, readSearch, type SyncContext } from "./sync-context.ts";

/** Versions up to 0.0.8 give the first so many of any search, and say that there are no more. */
const OLD_LIMIT = 1000;

/**
 * All observations of all patients by one search.
 *
 * @param since what was changed from then on; versions that do not know it give all
 * @returns whether everything that the exchange counts has come; undefined where it gives no such list
 */
export async function readWhole(
  context: SyncContext,
  sink: ObservationSink,
  since: string,
): Promise<boolean | undefined> {
  const query: Record<string, string> = since === "" ? {} : { _lastUpdated: `ge${since}` };
  for (let pass = 0; pass < PASSES; pass++) {
    const came = new Set<string>();
    const total = await readSearch(context, "Observation", query, (resource) => {
      const { id } = resource as { id?: unknown };
      if (typeof id === "string") came.add(id);
      sink.take(resource);
    });
    if (total === undefined) return undefined;
    if (came.size >= total) return true;
  }
  return false;
}

/**
 * All observations of one patient by FHIR; where that gives less than there are, the rest by kinds of data, and then by the Admin API, in
 * whose lists no version has that limit.
 *
 * @param withExtra whether the rows of the Admin API know more than FHIR does
 * @param byFhir whether the FHIR API tells of this patient at all
 * @returns whether everything has come, as far as the exchange says
 */
export async function readOfPatient(
  context: SyncContext,
  sink: ObservationSink,
  patient: string,
  { withExtra, byFhir }: { withExtra: boolean; byFhir: boolean },
): Promise<boolean> {
  if (!byFhir) return await fillFromAdmin(context, sink, patient, new Set());
  const extras = withExtra ? await readExtras(context, patient) : undefined;
  const ids = new Set<string>();
  const take = (resource: unknown): void => {
    const { id: given } = resource as { id?: unknown };
    const id = sink.take(resource, patient, typeof given === "string" ? extras?.get(given) : undefined);
    if (id !== undefined) ids.add(id);
  };
  let total = 0;
  for (let pass = 0; pass < PASSES && (pass === 0 || ids.size < total); pass++)
    total = (await readSearch(context, "Observation", { patient }, take)) ?? 0;
  const limited = !context.version.modern && total >= OLD_LIMIT;
  if (!limited && ids.size >= total) return true;
  if (limited)
    for (const code of new Set([...sink.codes, ...SEEDED_TYPES]))
      await readSearch(context, "Observation", { patient, code }, take);
  return await fillFromAdmin(context, sink, patient, ids);
}

/** @returns whether as many are there as the Admin API counts */
export async function fillFromAdmin(
  context: SyncContext,
  sink: ObservationSink,
  patient: string,
  ids: Set<string> | undefined,
): Promise<boolean> {
  const { api, problem, signal } = context;
  try {
    const { count } = await api.adminPage("observations", 1, 1, signal, patient);
    const came = (): number => ids?.size ?? sink.sizeOf(patient);
    for (let pass = 0; pass < PASSES && came() < count; pass++)
      await readList(
        context,
        "observations",
        observationRow,
        (row) => {
          if (ids?.has(row.id) === true) return;
          const extra = { api: "admin", ...extraOf(row) };
          if (sink.take(observationOf(row, patient), patient, extra) !== undefined) ids?.add(row.id);
        },
        patient,
      );
    if (came() >= count) return true;
    problem(
      `Patient/${patient}`,
      `The exchange counts ${count.toLocaleString("en")} observations of a patient, but gave ${came().toLocaleString("en")} different ones.`,
    );
  } catch (thrown) {
    if (!(thrown instanceof SatchelError) || thrown.code !== "SOURCE_REFUSED") throw thrown;
    problem(
      `Patient/${patient}`,
      `The FHIR API of this version does not give all observations of a patient (up to 0.0.8 no more than ${OLD_LIMIT.toLocaleString("en")} a search), and the Admin API refuses them.`,
    );
  }
  return false;
}

async function readExtras(context: SyncContext, patient: string): Promise<Map<string, Record<string, string>>> {
  const extras = new Map<string, Record<string, string>>();
  await readList(context, "observations", observationRow, (row) => void extras.set(row.id, extraOf(row)), patient);
  return extras;
}
