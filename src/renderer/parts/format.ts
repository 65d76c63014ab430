import { useMemo } from "react";
import { useLocale } from "../labels/labels.tsx";
import { showPersonName } from "./person-name.ts";

/** How numbers, dates and names are written for people: by their locale. Files have ISO dates; this is for the screen alone. */
export interface Format {
  /** 1_060_000_000 -> "1.06 GB", in powers of ten as disks are sold. */
  bytes: (bytes: number) => string;
  count: (count: number) => string;
  /** 0.613 -> "61 %" as the locale writes it. Rounded down: 100 % means all. */
  percent: (share: number) => string;
  /** An ISO date, or the day of an ISO time: "2 Jan 2024". */
  date: (iso: string) => string;
  /** An ISO time: "2 Jan 2024, 14:02". */
  dateTime: (iso: string) => string;
  /** An ISO time as clocks showed it where it was written, whatever the zone of this computer: "2 Jan 2024, 14:02". */
  wallTime: (iso: string) => string;
  /** An ISO time as people say it: "today 14:02", "yesterday 09:10", else as dateTime. */
  moment: (iso: string) => string;
  /** A DA value (PS3.5 6.2): "20240102" -> "2 Jan 2024". What is no date is shown as it is. */
  dicomDate: (value: string) => string;
  /** 125 -> "2 min 5 s"; hours without seconds. */
  duration: (seconds: number) => string;
  /** A PN value (PS3.5 6.2.1): "Müller^Anna" -> "Müller, Anna"; an ideographic group follows in brackets. */
  personName: (value: string) => string;
  /** A list as a sentence has it: "CT, MR and US". */
  list: (items: readonly string[]) => string;
}

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"] as const;

/** @param locale BCP 47. @param now for "today"; only tests give it */
export function createFormat(locale: string, now: () => Date = () => new Date()): Format {
  const counts = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const localDays = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const dateTimes = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const wallTimes = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  const unit = (value: number, name: string, digits = 0): string =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: name,
      unitDisplay: name === "byte" ? "long" : "short",
      maximumFractionDigits: digits,
    }).format(value);
  const day = (iso: string): string => {
    const dateOnly = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
    if (dateOnly === null) return valid(iso, (date) => localDays.format(date));
    const date = new Date(`${iso}T00:00:00Z`);
    return Number.isNaN(date.getTime()) ? iso : days.format(date);
  };
  return {
    bytes(bytes) {
      // What would be rounded to 1,000 of a unit is 1 of the next.
      const rounded = Number(bytes.toPrecision(3));
      const step = rounded < 1000 ? 0 : Math.min(Math.floor(Math.log10(rounded) / 3), BYTE_UNITS.length - 1);
      const scaled = bytes / 1000 ** step;
      return unit(scaled, BYTE_UNITS[step] ?? "byte", step === 0 || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2);
    },
    count: (count) => counts.format(count),
    percent: (share) => percents.format(Math.floor(Math.min(Math.max(share, 0), 1) * 100) / 100),
    date: day,
    dateTime: (iso) => valid(iso, (date) => dateTimes.format(date)),
    wallTime(iso) {
      const wall = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.exec(iso)?.[0];
      return wall === undefined ? day(iso) : valid(`${wall}Z`, (date) => wallTimes.format(date));
    },
    moment: (iso) =>
      valid(iso, (date) => {
        const away = daysBetween(now(), date);
        return away === 0 || away === -1
          ? `${relative.format(away, "day")} ${times.format(date)}`
          : dateTimes.format(date);
      }),
    dicomDate(value) {
      const parts = /^(\d{4})[.]?(\d{2})[.]?(\d{2})$/.exec(value.trim());
      return parts === null ? value : day(`${parts[1]}-${parts[2]}-${parts[3]}`).replace(/^\d{4}-\d\d-\d\d$/, value);
    },
    duration(seconds) {
      const whole = Math.max(0, Math.round(seconds));
      const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
      if (hours > 0) return [unit(hours, "hour"), minutes > 0 ? unit(minutes, "minute") : ""].join(" ").trim();
      if (minutes === 0) return unit(rest, "second");
      return rest === 0 || minutes >= 10
        ? unit(minutes, "minute")
        : `${unit(minutes, "minute")} ${unit(rest, "second")}`;
    },
    personName: showPersonName,
    list: (items) => lists.format(items),
  };
}

function valid(iso: string, show: (date: Date) => string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : show(date);
}

/** Days of the calendar from one moment to another, in the user's own time zone. */
function daysBetween(from: Date, to: Date): number {
  const day = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (day(to) - day(from)) / 86_400_000;
}

/** The formats of the user's locale. */
export function useFormat(): Format {
  const locale = useLocale();
  return useMemo(() => createFormat(locale), [locale]);
}
