import { SatchelError } from "../../../contract/errors.ts";
import type { CheckFinding, CheckReport } from "../source.ts";
import type { CsvConfig } from "./csv-config.ts";
import {
  CUT_NEXT,
  cutReason,
  describeFile,
  limitsOf,
  readingNotices,
  rowsOf,
  ZONE_NEXT,
  zoneDoubt,
} from "./describe-csv.ts";
import { openCsv, readCsv } from "./read-csv.ts";

/** A check must be quick: of a larger file this much is looked at. */
const LOOKED_AT = 32 * 1024 * 1024;
const SHOWN = 5;

/** Says what the file is, whether its rows can be read, and what such a file does not tell. Nothing is kept. */
export async function checkCsv(config: CsvConfig, signal: AbortSignal): Promise<CheckReport> {
  const findings: CheckFinding[] = [];
  try {
    await inspect(config, signal, findings);
  } catch (error) {
    if (!(error instanceof SatchelError) || error.code === "CANCELLED") throw error;
    findings.push({ level: "problem", text: error.message, next: error.next });
  }
  return { ok: findings.every((finding) => finding.level !== "problem"), findings };
}

async function inspect(config: CsvConfig, signal: AbortSignal, findings: CheckFinding[]): Promise<void> {
  const opened = await openCsv(config, signal, LOOKED_AT);
  try {
    findings.push(...describeFile(opened, config.encoding));
    const part = opened.file.size > LOOKED_AT ? LOOKED_AT : undefined;
    const ignore = { note: () => undefined, exam: () => undefined };
    const reading = await readCsv(opened, config.timeZone, ignore, () => undefined, signal, part);
    const { rows } = reading.facts;
    findings.push({
      level: rows === 0 ? "warning" : "ok",
      text:
        `${rowsOf(rows)} can be read` +
        (part === undefined ? "." : `; only the first ${LOOKED_AT / 1024 / 1024} MiB of the file were looked at.`),
    });
    for (const { line, reason } of reading.broken.slice(0, SHOWN))
      findings.push({ level: "warning", text: `The row at line ${line} cannot be read: ${reason}.` });
    if (reading.brokenRows > SHOWN)
      findings.push({ level: "warning", text: `${rowsOf(reading.brokenRows)} cannot be read in all.` });
    const cut = part === undefined ? cutReason(opened, reading) : undefined;
    if (cut !== undefined) findings.push({ level: "warning", text: cut, next: CUT_NEXT });
    const zone = zoneDoubt(config, opened.columns.mapping);
    if (zone !== undefined) findings.push({ level: "warning", text: zone, next: ZONE_NEXT });
    for (const text of [
      ...limitsOf(opened.columns.mapping),
      ...readingNotices(opened, reading, config.timeZone),
      `Days and ages are told in the time zone ${config.timeZone}.`,
    ])
      findings.push({ level: "ok", text });
  } finally {
    await opened.file.close();
  }
}
