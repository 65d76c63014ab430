import type { IndexedPatient } from "../records-source.ts";
import { type QueryBuilder, referencesOf } from "./build-query.ts";
import { patientParts } from "./changing-parts.ts";
import { codedGender, codedStatus } from "./coded-values.ts";
import type { PatientsPart } from "./mapping.ts";
import { readDate } from "./moments.ts";
import { readFormer } from "./read-former.ts";
import { readHistories } from "./read-histories.ts";
import { collectPages, countRows } from "./read-pages.ts";
import type { SqlRow } from "./sql-session.ts";
import { changedSince, joinTexts, momentOf, tellProblem, textOf, type SqlSync } from "./sync-context.ts";

/** Patients of a page, whose histories are read together. */
const PAGE = 200;

/**
 * Puts patients with everything that is remembered of them.
 *
 * @param changes only those of whom a row changed since the last sync
 * @returns how many were read
 */
export async function syncPatients(sync: SqlSync, part: PatientsPart, changes: boolean): Promise<number> {
  const layout = layoutOf(part);
  const total = changes ? null : await countRows(sync.session, part);
  const odd = { gender: 0, birthDate: 0, status: 0 };
  let done = 0;
  const pages = collectPages(sync.session, {
    part,
    key: part.id,
    columns: layout.columns,
    pageRows: PAGE,
    ...(changes ? { where: changedPatients(sync, part) } : {}),
  });
  const readCreated = part.created === undefined ? () => null : momentOf(sync, part, part.created);
  for await (const rows of pages) {
    const ids = rows.map((row) => row[0] ?? null);
    const historiesOf = await readHistories(sync, ids);
    const formerOf = await readFormer(sync, part, ids);
    for (const row of rows) {
      const cells = layout.read(row);
      const id = textOf(row[0]);
      const gender = codedGender(sync.mapping.genders, textOf(cells.gender));
      const birthDate = readDate(cells.birthDate);
      const status = codedStatus(sync.mapping.statuses, textOf(cells.status));
      if (gender === undefined) odd.gender += 1;
      if (birthDate === undefined) {
        odd.birthDate += 1;
        tellProblem(sync, id, "The patient's birth date cannot be read; ages are left empty.");
      }
      const { otherNumbers, ...histories } = historiesOf(id, readCreated(cells.created) ?? null);
      const others = otherNumbers.map((value) => ({ kind: "record-number" as const, value }));
      const patient: IndexedPatient = {
        sourceId: id,
        name: cells.name,
        birthDate: birthDate ?? "",
        gender: gender ?? "N",
        status,
        recordNumber: textOf(cells.recordNumber),
        ward: textOf(cells.ward),
        deleted: Number(cells.deleted) === 1,
        // In notes they may stand as well.
        identifiers: [...cells.identifiers, ...others, ...formerOf(id, cells)],
        ...histories,
      };
      const last = patient.statuses.at(-1);
      if (last !== undefined && (last.status !== status.status || last.label !== status.label)) odd.status += 1;
      sync.target.putPatient(patient);
      await sync.breathe();
    }
    done += rows.length;
    sync.progress({ phase: "patients", step: "Reading patients", done, total });
  }
  if (odd.gender > 0)
    sync.report.notices.push(`${odd.gender} patients have a gender that the mapping does not name; they count as N.`);
  if (odd.status > 0)
    sync.report.notices.push(
      `Of ${odd.status} patients the status now is not the last one of their history: the system changed it without noting when.`,
    );
  return done;
}

/** A patient is put anew where any row that makes up the patient changed. */
function changedPatients(sync: SqlSync, patients: PatientsPart): (builder: QueryBuilder) => string {
  return (builder) =>
    patientParts(sync.mapping)
      .map(([name, part]) => {
        const since = changedSince(sync, part, sync.marks.get(name) ?? null);
        return part.patient === undefined
          ? `(${since(builder)})`
          : builder.isAmong(patients.id, part, part.patient, since);
      })
      .join(" OR ");
}

/** Which cell of a row, behind the key, is what. */
function layoutOf(part: PatientsPart) {
  const name = part.name === undefined ? [] : referencesOf(part.name);
  const single = [part.birthDate, part.gender, part.status, part.recordNumber, part.ward, part.created];
  return {
    columns: (builder: QueryBuilder): string[] => [
      part.deleted.length === 0 ? "0" : builder.flag(builder.conditions(part.deleted)),
      ...single.map((reference) => (reference === undefined ? "NULL" : builder.column(reference))),
      ...[...name, ...part.identifiers.map((identifier) => identifier.column)].map((one) => builder.column(one)),
    ],
    read(row: SqlRow) {
      const [
        ,
        deleted = null,
        birthDate = null,
        gender = null,
        status = null,
        recordNumber = null,
        ward = null,
        created = null,
        ...rest
      ] = row;
      return {
        deleted,
        birthDate,
        gender,
        status,
        recordNumber,
        ward,
        created,
        name: joinTexts(rest.slice(0, name.length)),
        identifiers: part.identifiers.flatMap(({ kind }, index) => {
          const value = textOf(rest[name.length + index]).trim();
          return value === "" ? [] : [{ kind, value }];
        }),
      };
    },
  };
}
