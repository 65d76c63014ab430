import type { FhirPseudonymised } from "../../../contract/fhir.ts";
import { dayNumber, dayText } from "./days.ts";

/** `date` (a day, a month or a year), `dateTime` (one of these, or a moment), `instant` (a moment): FHIR R4 2.24.0.1. */
export type DateKind = "date" | "dateTime" | "instant";
interface TreatedDate {
  text: string;
  treatment: "shifted" | "generalised" | undefined;
}

const DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
const TIME = /^T(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;
const MOMENT = /^T(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
/** Of a patient and of many in turn. */
const KEPT_DAYS = 4_000;
/** 45 CFR 164.514(b)(2)(i)(C): what is older tells that somebody is over 89. */
const YEARS_THAT_TELL = 90;

/** What becomes of dates. Of what belongs to no patient there is no offset: one of its own would lay the true days of all others open. */
export class DateRule {
  readonly #how: FhirPseudonymised["dates"];
  readonly #oldestYear: number;
  readonly #shifted = new Map<string, string>();
  #days: number | undefined;
  #birthDate = "";

  /** @param today ISO date of the export */
  constructor(how: FhirPseudonymised["dates"], today: string) {
    this.#how = how;
    this.#oldestYear = Number(today.slice(0, 4)) - YEARS_THAT_TELL + 1;
  }

  /** @param days the patient's offset */
  begin(days: number | undefined, birthDate: string): void {
    if (this.#days !== days) this.#shifted.clear();
    this.#days = days;
    this.#birthDate = birthDate;
  }

  /** @returns undefined where nothing of it may leave */
  treat(text: string, kind: DateKind): TreatedDate | undefined {
    const day = text.length > 10 ? text.slice(0, 10) : text;
    const time = text.length > 10 ? text.slice(10) : "";
    if (!DATE.test(day) || !isTimeOf(kind, time)) return undefined;
    if (Number(day.slice(0, 4)) < this.#oldestYear) return undefined;
    switch (this.#how) {
      case "keep":
        // The day of birth stands nowhere, whatever else happened on it.
        return day === this.#birthDate ? undefined : { text, treatment: undefined };
      case "year":
        return kind === "instant" ? undefined : { text: day.slice(0, 4), treatment: "generalised" };
      case "shift": {
        const shifted = this.#shift(day);
        return shifted === undefined ? undefined : { text: shifted + time, treatment: "shifted" };
      }
      default:
        throw new Error(`no such treatment of dates: ${String(this.#how satisfies never)}`);
    }
  }

  /** A month or a year is moved from its middle and stays what it is, as in images (deidentify/dates.ts). */
  #shift(day: string): string | undefined {
    if (this.#days === undefined) return undefined;
    const known = this.#shifted.get(day);
    if (known !== undefined) return known;
    const number = dayNumber(day.length === 4 ? `${day}-07-01` : day.length === 7 ? `${day}-15` : day);
    if (number === undefined) return undefined;
    const shifted = dayText(number + this.#days).slice(0, day.length);
    if (this.#shifted.size >= KEPT_DAYS) this.#shifted.clear();
    this.#shifted.set(day, shifted);
    return shifted;
  }
}

function isTimeOf(kind: DateKind, time: string): boolean {
  if (kind === "instant") return MOMENT.test(time);
  return time === "" || (kind === "dateTime" && TIME.test(time));
}
