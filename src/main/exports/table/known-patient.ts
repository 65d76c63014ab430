import type { PatientRecord } from "../../catalog/record-patients.ts";
import type { KnownPatient } from "../../deidentify/text/scrubber.ts";

/** What to look for in texts about somebody: all that is known of the patients of the catalog who are that one, of any time. */
export function knownPatientOf(patients: readonly PatientRecord[]): KnownPatient {
  const known = patients.flatMap(({ identifiers }) => identifiers);
  const formerNames = known.filter(({ kind }) => kind === "former-name").map(({ value }) => value);
  return {
    names: [...new Set([...patients.map(({ name }) => name), ...formerNames])],
    birthDate: patients.find(({ birthDate }) => birthDate !== "")?.birthDate ?? "",
    identifiers: [
      ...known.filter(({ kind }) => kind !== "former-name"),
      ...patients.map(({ sourceId }) => ({ kind: "other" as const, value: sourceId })),
    ],
    recordNumbers: patients.flatMap(({ recordNumbers }) => recordNumbers),
  };
}
