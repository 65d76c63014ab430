import type { IndexedPatient, IndexedStatus, Microseconds } from "../sources/records-source.ts";

/**
 * Whence it is known what held when a note was written: `history`: it held then; `earliest`: the note is older than all that is known,
 * and what held first was taken; `now`: nothing of the past is known, and what holds now was taken.
 */
export type Basis = "history" | "earliest" | "now";

/** What was true of a patient at a moment. */
export interface Circumstances extends IndexedStatus {
  ward: string;
  recordNumber: string;
  statusBasis: Basis;
  wardBasis: Basis;
  recordNumberBasis: Basis;
}

/** What a patient's history consists of; `ward` is left out where an entry does not tell it. */
export type History = Pick<IndexedPatient, "recordNumbers" | "statuses">;
export type Present = Pick<IndexedPatient, "status" | "ward" | "recordNumber">;

/**
 * Status, ward and record number of a patient at a moment: of the entries that began at that moment or before, the latest; of several
 * that began at one moment, the one listed last. Before the first entry that one is taken, since a record is begun with the patient in
 * the state in which they came; without any entry, what holds now. Both are told in the basis, so that a receipt can count them. A ward is
 * looked for among the entries that tell one.
 *
 * @returns a function of the moment, in microseconds
 */
export function circumstancesOf(history: History, present: Present): (moment: Microseconds) => Circumstances {
  const statuses = inOrder(history.statuses);
  const wards = statuses.filter((entry) => entry.ward !== undefined);
  const numbers = inOrder(history.recordNumbers);
  return (moment) => {
    const status = at(statuses, moment);
    const ward = at(wards, moment);
    const number = at(numbers, moment);
    return {
      status: (status.entry ?? present.status).status,
      label: status.entry?.label ?? present.status.label,
      ward: ward.entry?.ward ?? present.ward,
      recordNumber: number.entry?.recordNumber ?? present.recordNumber,
      statusBasis: status.basis,
      wardBasis: ward.basis,
      recordNumberBasis: number.basis,
    };
  };
}

/** By moment; those of one moment in the order in which they were listed (sort is stable). */
function inOrder<Entry extends { from: Microseconds }>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => one.from - other.from);
}

function at<Entry extends { from: Microseconds }>(
  entries: readonly Entry[],
  moment: Microseconds,
): { entry: Entry | undefined; basis: Basis } {
  if (entries.length === 0) return { entry: undefined, basis: "now" };
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.from ?? Infinity) <= moment) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? { entry: entries[0], basis: "earliest" } : { entry: entries[low - 1], basis: "history" };
}
