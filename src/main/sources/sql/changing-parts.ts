import type { Microseconds } from "../records-source.ts";
import { QueryBuilder } from "./build-query.ts";
import type { Reference } from "./mapping.ts";
import type { MomentReader } from "./moments.ts";
import type { Resolution, ResolvedMapping, ResolvedNotes } from "./resolve-mapping.ts";
import { readAll, tableText, type SqlSession } from "./sql-session.ts";
import type { ChangingPart } from "./sync-context.ts";

/** All parts whose changes count, by the name under which the state keeps how far each was read. */
export function changingParts(mapping: ResolvedMapping): Map<string, ChangingPart> {
  const parts = new Map<string, ChangingPart>();
  for (const [name, part] of patientParts(mapping)) parts.set(name, part);
  for (const part of mapping.notes) parts.set(notesMark(part), part);
  if (mapping.exams !== undefined) parts.set("exams", mapping.exams);
  return parts;
}

export function notesMark(part: ResolvedNotes): string {
  return `notes/${part.kind}/${tableText(part.from)}`;
}

/** `patient`: the column that says whom a row of a history is about. */
type Named = [name: string, part: ChangingPart & { patient?: Reference }];

/** Those that make up a patient. */
export function patientParts(mapping: ResolvedMapping): Named[] {
  if (mapping.patients === undefined) return [];
  const { statusHistory, recordNumberHistory, former } = mapping.patients;
  return [
    ["patients", mapping.patients],
    ...statusHistory.flat().map((part, index): Named => [`statuses/${index}`, part]),
    ...recordNumberHistory.flat().map((part, index): Named => [`record numbers/${index}`, part]),
    ...former.map((part, index): Named => [`former/${index}`, part]),
  ];
}

/**
 * The latest change of each part. Not the server's clock: a replica or a copy of yesterday has yesterday's changes, and what was changed
 * since must still be met. A clock that ran ahead is cut at the server's.
 */
export async function readMarks(
  session: SqlSession,
  resolution: Resolution,
  readMoment: MomentReader,
): Promise<Map<string, Microseconds | null>> {
  const now = await session.now();
  const marks = new Map<string, Microseconds | null>();
  for (const [name, part] of changingParts(resolution.mapping)) {
    if (part.changed === undefined) continue;
    const builder = new QueryBuilder(session.dialect, { ...part, where: [] });
    const [row] = await readAll(session, builder.select([`MAX(${builder.column(part.changed)})`]));
    const latest = readMoment(row?.[0] ?? null, resolution.describe(part, part.changed)?.kind === "utc");
    marks.set(name, latest === null || latest === undefined ? null : Math.min(latest, now));
  }
  return marks;
}
