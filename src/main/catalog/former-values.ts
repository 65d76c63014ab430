import type { IndexedPatient } from "../sources/records-source.ts";

type Identifier = IndexedPatient["identifiers"][number];

/** Of a patient, the latest. A source in which a value changes at each sync must not make the catalog grow for ever. */
const MOST_FORMER = 200;

/** What the catalog holds of a patient before a put. */
interface Before {
  name: string;
  recordNumber: string;
  /** JSON, as stored. */
  identifiers: string;
  former: string;
}

/**
 * What a source used to say of a patient: names, numbers and addresses stand in old notes when the source has long replaced them, and
 * many sources keep no history. Birth dates are not among them: every date goes from a note that is scrubbed.
 *
 * @returns JSON; what the source says now is not in it
 */
export function keepFormer(before: Before, now: IndexedPatient): string {
  const said: Identifier[] = [
    ...(JSON.parse(before.former) as Identifier[]),
    ...(JSON.parse(before.identifiers) as Identifier[]),
    { kind: "former-name", value: before.name },
    { kind: "record-number", value: before.recordNumber },
  ];
  const keyOf = ({ kind, value }: Identifier): string => `${kind} ${value}`;
  const known = new Set([
    ...now.identifiers.map(keyOf),
    keyOf({ kind: "former-name", value: now.name }),
    ...[now.recordNumber, ...now.recordNumbers.map(({ recordNumber }) => recordNumber)].map((value) =>
      keyOf({ kind: "record-number", value }),
    ),
  ]);
  const former = new Map<string, Identifier>();
  for (const one of said) if (one.value.trim() !== "" && !known.has(keyOf(one))) former.set(keyOf(one), one);
  return JSON.stringify([...former.values()].slice(-MOST_FORMER));
}

/** The names under which an exam stood before, as `keepFormer` keeps those of a patient. */
export function keepFormerNames(former: string, before: string | null, now: string | null): string {
  const names = new Set(JSON.parse(former) as string[]);
  if (before !== null && before.trim() !== "") names.add(before);
  if (now !== null) names.delete(now);
  return JSON.stringify([...names].slice(-MOST_FORMER));
}
