import { createDistinctIds } from "../distinct-ids.ts";
import { FhirRefusal } from "./describe-answer.ts";
import { readSearch } from "./read-search.ts";
import type { SyncContext } from "./sync-context.ts";

/**
 * All that a server has of the patients that were chosen, by `Patient/$everything` (R4 Patient-operation-everything), patient by patient.
 *
 * @param types what is wanted; empty for all
 * @param scope `all` where this is all that the source is to have, so that what does not come is gone
 * @returns whether all of it came
 * @throws SOURCE_REFUSED, SOURCE_UNREACHABLE, CANCELLED
 */
export async function readEverything(
  context: SyncContext,
  types: readonly string[],
  scope: "all" | "some",
): Promise<boolean> {
  const { client, config, options, target, signal } = context;
  const received = new Map<string, number>();
  let complete = true;
  for (const [index, patient] of config.patients.entries()) {
    const url = new URL(`Patient/${patient}/$everything`, client.base);
    url.searchParams.set("_count", String(config.pageSize));
    if (types.length > 0) url.searchParams.set("_type", types.join(","));
    const since = options.since ?? config.since;
    if (since !== undefined) url.searchParams.set("_since", since);
    const seen = createDistinctIds();
    try {
      const reading = await readSearch({
        client,
        first: url,
        headers: {},
        type: "",
        seen,
        signal,
        take({ json, type, id }) {
          // A server may not know `_type` here.
          if (types.length > 0 && !types.includes(type)) return;
          context.put(json, type, id === "" ? "a resource of a patient" : `${type}/${id}`);
          received.set(type, (received.get(type) ?? 0) + 1);
        },
        onOutcome: () => undefined,
        onPage: () =>
          context.tell({
            phase: "resources",
            step: "Reading patient by patient",
            done: index,
            total: config.patients.length,
          }),
      });
      const short = reading.total !== undefined && reading.received < reading.total;
      if (!reading.ended || short) {
        complete = false;
        context.problem(
          `Patient/${patient}`,
          short
            ? `The FHIR server counts ${reading.total} resources of the patient, but gave ${reading.received}.`
            : "The FHIR server ended before all of the patient had come.",
        );
      }
    } catch (thrown) {
      if (!(thrown instanceof FhirRefusal) || thrown.status === 401 || thrown.status === 403) throw thrown;
      complete = false;
      context.problem(`Patient/${patient}`, `What there is of the patient could not be read. ${thrown.message}`);
    }
  }
  // No server says how many of a type there are of some patients: whether all came is known of the patient alone.
  for (const [type, count] of received) target.expect(type, null, count, complete);
  if (complete && scope === "all" && config.since === undefined)
    for (const type of target.types()) target.removeUnmet(type);
  return complete;
}
