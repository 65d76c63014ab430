import type { IndexedPatient } from "../records-source.ts";
import { QueryBuilder, referencesOf } from "./build-query.ts";
import type { FormerPart, PatientsPart } from "./mapping.ts";
import type { SqlRow, SqlValue } from "./sql-session.ts";
import { joinTexts, textOf, type SqlSync } from "./sync-context.ts";

type Identifiers = IndexedPatient["identifiers"];

/**
 * What the patients of one page were called, and under what else they were known, at any time.
 *
 * Each value once, in an order that does not hang on the database's: a patient put anew with the same ones is unchanged. They are compared
 * here and not by SELECT DISTINCT, since to MySQL's collations "Lima" and "Limá" are one.
 *
 * @param ids as the database gave them
 * @returns that of one of them, without what is `present`
 */
export async function readFormer(
  sync: SqlSync,
  { former }: PatientsPart,
  ids: readonly SqlValue[],
): Promise<(id: string, present: { name: string; identifiers: Identifiers }) => Identifiers> {
  const found = new Map<string, Map<string, Identifiers[number]>>();
  for (const part of former)
    for await (const rows of sync.session.read(queryOf(sync, part, ids)))
      for (const row of rows) {
        const id = textOf(row[0]);
        const values = found.get(id) ?? new Map<string, Identifiers[number]>();
        for (const identifier of identifiersOf(part, row)) values.set(keyOf(identifier), identifier);
        found.set(id, values);
      }
  return (id, { name, identifiers }) => {
    const values = found.get(id);
    if (values === undefined) return [];
    for (const present of [{ kind: "former-name" as const, value: name }, ...identifiers])
      values.delete(keyOf(present));
    return [...values].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, identifier]) => identifier);
  };
}

function queryOf(sync: SqlSync, part: FormerPart, ids: readonly SqlValue[]) {
  const builder = new QueryBuilder(sync.session.dialect, part);
  const columns = [part.patient, ...nameOf(part), ...part.identifiers.map(({ column }) => column)];
  return builder.select(
    columns.map((column) => builder.column(column)),
    { where: builder.isOneOf(part.patient, ids) },
  );
}

function identifiersOf(part: FormerPart, [, ...cells]: SqlRow): Identifiers {
  const count = nameOf(part).length;
  return [
    { kind: "former-name" as const, value: joinTexts(cells.slice(0, count)) },
    ...part.identifiers.map(({ kind }, index) => ({ kind, value: textOf(cells[count + index]).trim() })),
  ].filter(({ value }) => value !== "");
}

function nameOf({ name }: FormerPart) {
  return name === undefined ? [] : referencesOf(name);
}

function keyOf({ kind, value }: Identifiers[number]): string {
  return `${kind} ${value}`;
}
