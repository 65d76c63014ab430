import type { CheckFinding } from "../source.ts";
import type { CsvConfig } from "./csv-config.ts";
import type { CsvMapping } from "./csv-mapping.ts";
import { PLATFORM_LIMIT, type CsvReading, type OpenedCsv } from "./read-csv.ts";

const NAMES: Record<string, string> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars" };

/** "1 row", "2 rows" */
export function rowsOf(count: number): string {
  return `${count.toLocaleString("en")} row${count === 1 ? "" : "s"}`;
}

/** What such a file never says, as sentences: what is exported from it must not claim more. */
export function limitsOf(mapping: CsvMapping): string[] {
  if (mapping.holds === "exams") return [];
  const { columns } = mapping;
  const lacking: string[] = [];
  lacking.push(
    columns.status === undefined && columns.recordNumber === undefined
      ? "Status and record number of the patients are not in the file."
      : "Status and record number in the file are those of the day on which it was made, not of the time of each note.",
  );
  if (columns.birthDate === undefined)
    lacking.push(
      columns.age === undefined
        ? "Neither birth dates nor ages are in the file: ages will be empty."
        : "Birth dates are not in the file: each note's age is taken as the file tells it, and cannot be checked.",
    );
  if (columns.patientName === undefined)
    lacking.push("Names of patients are not in the file: a scrub of note texts cannot look for them.");
  if (columns.ward === undefined) lacking.push("Wards are not in the file: notes cannot be filtered by them.");
  lacking.push("Which patients are deleted at the source is not in the file.");
  return lacking;
}

/** Where nobody said the time zone, or the header told what the file is and the zone is not that of such a hospital. */
export function zoneDoubt(config: CsvConfig, mapping: CsvMapping): string | undefined {
  if (config.timeZoneFrom === "computer")
    return (
      `The time zone of the hospital was not given: days and ages are told in that of this computer, ${config.timeZone}.` +
      (config.timeZone === mapping.timeZone ? "" : ` ${capitalised(mapping.name)} comes from ${mapping.timeZone}.`)
    );
  if (config.mapping !== "auto" || config.timeZone === mapping.timeZone) return undefined;
  return (
    `The file is ${mapping.name}, which comes from hospitals in the time zone ${mapping.timeZone}, ` +
    `but days and offsets are told in that of the source, ${config.timeZone}.`
  );
}

export const ZONE_NEXT = "Give the source the hospital's time zone.";

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What reading showed, for the check and for the report of a sync. */
export function readingNotices(opened: OpenedCsv, reading: CsvReading, hospital: string): string[] {
  const { mapping } = opened.columns;
  const { facts } = reading;
  const notices: string[] = [];
  if (facts.naive > 0)
    notices.push(
      `${rowsOf(facts.naive)} ${facts.naive === 1 ? "has a time" : "have times"} without an offset: read as ${mapping.naiveTimes ?? hospital} time.`,
    );
  if (facts.unknownStatus > 0)
    notices.push(`${rowsOf(facts.unknownStatus)} name a status that the mapping does not know: kept as "unknown".`);
  if (facts.unknownGender > 0)
    notices.push(`${rowsOf(facts.unknownGender)} name a gender that the mapping does not know: kept as N.`);
  if (facts.withoutAge > 0 && (mapping.holds === "exams" || mapping.columns.age !== undefined))
    notices.push(`${rowsOf(facts.withoutAge)} ${facts.withoutAge === 1 ? "has" : "have"} no age.`);
  return notices;
}

/** Exactly as many rows as the platform lets through: the rest was cut without a word. */
export function cutReason(opened: OpenedCsv, reading: CsvReading): string | undefined {
  if (opened.columns.mapping.holds !== "exams" || reading.facts.rows + reading.brokenRows !== PLATFORM_LIMIT)
    return undefined;
  return (
    `The file has exactly ${rowsOf(PLATFORM_LIMIT)}, where the studies platform cuts its exports without saying so: ` +
    "it is probably not whole."
  );
}

export const CUT_NEXT = "Export shorter windows of dates, or add the platform itself as a source (studies-api).";

/** What the file is, for the check. */
export function describeFile(opened: OpenedCsv, encoding: string): CheckFinding[] {
  const { columns, delimiter } = opened;
  const { mapping } = columns;
  const findings: CheckFinding[] = [
    {
      level: "ok",
      text: `The file is ${mapping.name}: ${columns.width} columns, parted by ${NAMES[delimiter] ?? "?"}.`,
    },
    { level: "ok", text: `Its encoding is ${encoding}.` },
  ];
  if (columns.missing.length > 0)
    findings.push({
      level: "warning",
      text: `Columns that the file lacks will be empty: ${columns.missing.join(", ")}.`,
    });
  if (columns.unread.length > 0)
    findings.push({
      level: "warning",
      text: `${columns.unread.length === 1 ? "1 column" : `${columns.unread.length} columns`} of the file will not be read.`,
      next: "Give a mapping of your own that names them if they are needed.",
    });
  return findings;
}
