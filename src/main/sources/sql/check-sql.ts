import { SatchelError } from "../../../contract/errors.ts";
import type { CheckFinding, CheckReport } from "../source.ts";
import { findMapping } from "./find-mapping.ts";
import { countRows } from "./read-pages.ts";
import { resolveMapping, type Resolution } from "./resolve-mapping.ts";
import type { ServerConfig, SqlConfig } from "./server-config.ts";
import { tableText, type ServerDescription, type SqlSession } from "./sql-session.ts";

/**
 * Says what a person should know before a sync: who answers, how safe the way is, what is missing of what the mapping names, whether the
 * user may write, how many rows there are.
 *
 * @param open makes the session; what it meets is a finding
 * @throws CANCELLED
 */
export async function checkSql(config: SqlConfig, open: () => Promise<SqlSession>): Promise<CheckReport> {
  const findings: CheckFinding[] = [];
  try {
    const session = await open();
    try {
      await inspect(session, config, findings);
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof SatchelError) || error.code === "CANCELLED") throw error;
    findings.push({ level: "problem", text: error.message, next: error.next });
  }
  return { ok: findings.every((finding) => finding.level !== "problem"), findings };
}

async function inspect(session: SqlSession, config: SqlConfig, findings: CheckFinding[]): Promise<void> {
  const mapping = findMapping(config.mapping);
  const resolution = await resolveMapping(session, mapping);
  const server = await session.describeServer(resolution.tables);
  findings.push({ level: "ok", text: `${server.version} answers; its texts are ${server.encoding}.` });
  if ("tls" in config) checkEncryption(config, server, findings);
  checkTimes(config, server, findings);
  for (const warning of server.warnings) findings.push({ level: "warning", ...warning });
  findings.push(...resolution.findings);
  const grants = server.grants(resolution.privileges);
  if (resolution.findings.some((finding) => /may not be read/.test(finding.text)) && grants.length > 0)
    findings.push({ level: "warning", text: "What a user needs to read all of it:", next: grants.join("\n") });
  if (resolution.writable !== undefined)
    findings.push({
      level: "warning",
      text: `This user may also write (${tableText(resolution.writable)}); Satchel never does, but a user that may only SELECT is safer.`,
      next: grants.join("\n"),
    });
  else if (grants.length > 0) findings.push({ level: "ok", text: "The user may read and not write." });
  if (findings.every((finding) => finding.level !== "problem")) await countRecords(session, resolution, findings);
}

function checkEncryption(config: ServerConfig, server: ServerDescription, findings: CheckFinding[]): void {
  if (server.encryption !== undefined)
    findings.push(
      config.tls === "require"
        ? {
            level: "warning",
            text: `The connection is encrypted (${server.encryption}), but the server's certificate is not checked: another computer could answer in its place.`,
            next: "Give the source the certificate of the server's authority and set TLS to verify-full.",
          }
        : {
            level: "ok",
            text: `The connection is encrypted (${server.encryption}) and the server's certificate was checked.`,
          },
    );
  else
    findings.push({
      level: "warning",
      text: "The connection is not encrypted: where it leaves this computer, patient data can be read on the network.",
      next: "Use verify-full, or an SSH tunnel, unless the server runs on this computer.",
    });
}

function checkTimes(config: SqlConfig, server: ServerDescription, findings: CheckFinding[]): void {
  const naive = findMapping(config.mapping).naiveTimes ?? config.timeZone;
  findings.push({
    level: "ok",
    text:
      `Days and ages are told in ${config.timeZone}; moments without an offset are taken for ${naive}` +
      `${server.timeZone === "" ? "" : ` (the server's own zone: ${server.timeZone})`}.`,
  });
}

async function countRecords(session: SqlSession, { mapping }: Resolution, findings: CheckFinding[]): Promise<void> {
  const { patients, notes, exams } = mapping;
  const counts: [string, number][] = [];
  if (patients !== undefined) counts.push(["patients", await countRows(session, patients)]);
  for (const part of notes) counts.push([part.kind, await countRows(session, part)]);
  if (exams !== undefined) counts.push(["exams", await countRows(session, exams)]);
  findings.push({
    level: counts.every(([, count]) => count === 0) ? "warning" : "ok",
    text: `Rows to read: ${counts.map(([what, count]) => `${what} ${count}`).join(", ")}.`,
    ...(counts.every(([, count]) => count === 0) ? { next: "Make sure that this is the right database." } : {}),
  });
}
