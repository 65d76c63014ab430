import type { ResourcesTarget } from "../resources-source.ts";
import { createDistinctIds } from "../distinct-ids.ts";
import { z } from "../../../contract/schema.ts";

const observation = z.looseObject({
  id: z.string().min(1),
  meta: z.looseObject({ lastUpdated: z.string().optional() }).optional(),
  subject: z.looseObject({ reference: z.string() }),
  code: z.looseObject({ coding: z.array(z.looseObject({ system: z.string(), code: z.string() })) }).optional(),
});

/** Takes observations as they come, the same one more than once among them, and counts the different ones. */
export interface ObservationSink {
  /** @param patient of whom it was asked for; left out, all whose data is read @returns its id, undefined where it was not taken */
  take(resource: unknown, patient?: string, extra?: Record<string, string>): string | undefined;
  /** Different ones, of all and of a patient. */
  readonly size: number;
  sizeOf(patient: string): number;
  /** "system|code" of all that came. */
  readonly codes: ReadonlySet<string>;
  /** The latest `meta.lastUpdated`; "" where none had one. */
  readonly latest: string;
}

export function createObservationSink(
  target: ResourcesTarget,
  patients: ReadonlySet<string>,
  problem: (ref: string, reason: string) => void,
  onTaken: (size: number) => void,
): ObservationSink {
  const seen = createDistinctIds();
  const ofPatient = new Map<string, number>();
  const codes = new Set<string>();
  let latest = "";
  let strangers = 0;
  return {
    take(resource, asked, extra) {
      const parsed = observation.safeParse(resource);
      if (!parsed.success) {
        problem("Observation", "The exchange gave an observation without an id or a patient.");
        return undefined;
      }
      const { id, meta, subject, code } = parsed.data;
      const patient = subject.reference.replace(/^.*\bPatient\//, "");
      // Of somebody else than was asked for: an answer to another question is not kept.
      if (asked === undefined ? !patients.has(patient) : patient !== asked) {
        if (asked !== undefined && strangers++ === 0)
          problem(
            "Observation",
            "The exchange gave observations of another patient than it was asked for; they were left out.",
          );
        return undefined;
      }
      for (const { system, code: value } of code?.coding ?? []) codes.add(`${system}|${value}`);
      const updated = meta?.lastUpdated ?? "";
      if (Date.parse(updated) > (latest === "" ? 0 : Date.parse(latest))) latest = updated;
      if (seen.add(id)) ofPatient.set(patient, (ofPatient.get(patient) ?? 0) + 1);
      target.put({
        json: JSON.stringify(resource),
        ref: `Observation/${id}`,
        ...(extra === undefined || Object.keys(extra).length === 0 ? {} : { extra }),
      });
      onTaken(seen.size);
      return id;
    },
    get size() {
      return seen.size;
    },
    sizeOf: (patient) => ofPatient.get(patient) ?? 0,
    codes,
    get latest() {
      return latest;
    },
  };
}
