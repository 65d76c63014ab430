import { SatchelError } from "../../contract/errors.ts";
import { readSealedFile, writeSealedFile } from "./sealed-file.ts";

/** Which pseudonym is which patient. The one document that undoes a pseudonymised export: sealed, and never part of a package. */
export interface CrosswalkRow {
  /** The Patient ID that stands in the package. */
  pseudonym: string;
  patientId: string;
  issuer: string;
  patientName: string;
}

const COLUMNS = ["pseudonym", "patientId", "issuer", "patientName"] as const;

/**
 * Writes a crosswalk as CSV (RFC 4180, UTF-8, rows in the order of the pseudonyms) into a file that only `passphrase` opens. The caller
 * writes the audit record.
 *
 * @throws SatchelError ALREADY_EXISTS, WRITE_FAILED, DISK_FULL, USAGE
 */
export async function writeCrosswalk(path: string, rows: Iterable<CrosswalkRow>, passphrase: string): Promise<void> {
  const sorted = [...rows].sort((left, right) => (left.pseudonym < right.pseudonym ? -1 : 1));
  const content = Buffer.from(`${crosswalkLines(sorted, true).join("\r\n")}\r\n`);
  try {
    await writeSealedFile(path, "crosswalk", content, passphrase);
  } finally {
    content.fill(0);
  }
}

/** Rows as lines of CSV, without line ends. */
export function crosswalkLines(rows: readonly CrosswalkRow[], withColumns: boolean): string[] {
  const lines = rows.map((row) => COLUMNS.map((column) => quote(row[column])).join(","));
  return withColumns ? [COLUMNS.join(","), ...lines] : lines;
}

/** The CSV of a crosswalk. @throws SatchelError WRONG_KEY, NOT_FOUND, READ_FAILED */
export async function openCrosswalk(path: string, passphrase: string): Promise<{ csv: string; rows: CrosswalkRow[] }> {
  const content = await readSealedFile(path, "crosswalk", passphrase);
  const csv = content.toString("utf8");
  content.fill(0);
  const [head, ...records] = parseCsv(csv);
  if (head?.join() !== COLUMNS.join()) {
    throw new SatchelError(
      "READ_FAILED",
      "The crosswalk has other columns than expected.",
      "Open it with the Satchel that wrote it.",
    );
  }
  const rows = records.map(([pseudonym = "", patientId = "", issuer = "", patientName = ""]) => ({
    pseudonym,
    patientId,
    issuer,
    patientName,
  }));
  return { csv, rows };
}

function quote(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** RFC 4180, as quote() writes it. */
function parseCsv(csv: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const match of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    record.push(match[1] === undefined ? (match[2] ?? "") : match[1].replaceAll('""', '"'));
    if (match[3] === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}
