/** When something was: a moment, or a date as precise as it was written. */
export interface FhirMoment {
  /** "2024", "2024-03" or "2024-03-01" of what has no time, or a time without an offset; else "". */
  day: string;
  /** Microseconds since 1970, UTC, of what has a time and an offset. */
  at: number | null;
}

const DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
const TIMED = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d+))?\s?(Z|z|[+-]\d\d:?\d\d)?$/;

/** FHIR date, dateTime or instant (R4 2.24.0.1). @returns undefined where it is none */
export function parseMoment(text: string): FhirMoment | undefined {
  if (DATE.test(text)) return { day: text, at: null };
  const [, date, time, fraction = "", offset] = TIMED.exec(text) ?? [];
  if (date === undefined || time === undefined || !DATE.test(date)) return undefined;
  const ms = offset === undefined ? Number.NaN : Date.parse(`${date}T${time}${colon(offset)}`);
  if (Number.isNaN(ms)) return { day: date, at: null };
  return { day: "", at: ms * 1000 + Number(fraction.slice(0, 6).padEnd(6, "0")) };
}

function colon(offset: string): string {
  if (offset.length === 5) return `${offset.slice(0, 3)}:${offset.slice(3)}`;
  return offset.toUpperCase();
}
