import type { Mapping, Relation, Reference, TableName } from "./mapping.ts";
import { tableText, type ColumnDescription, type SqlSession, type TableDescription } from "./sql-session.ts";

/** The tables and joins of a part: what a reference is looked up in. */
export type Joined = Pick<Relation, "from" | "joins">;

/** What is known of the tables that a mapping names. */
export class TableLookup {
  readonly #session: SqlSession;
  readonly #tables = new Map<string, TableDescription>();
  readonly #names = new Map<string, TableName>();

  constructor(session: SqlSession) {
    this.#session = session;
  }

  /** Asks for those that were not asked for yet. */
  async load(tables: Iterable<TableName>): Promise<void> {
    for (const table of tables) {
      if (this.#tables.has(tableText(table))) continue;
      this.#names.set(tableText(table), table);
      this.#tables.set(tableText(table), await this.#session.describeTable(table));
    }
  }

  /** The tables that were asked for and are there. */
  there(): TableName[] {
    return [...this.#names].filter(([text]) => this.#tables.get(text)?.state === "there").map(([, table]) => table);
  }

  get(table: TableName | undefined): TableDescription | undefined {
    return table === undefined ? undefined : this.#tables.get(tableText(table));
  }

  column(part: Joined, reference: Reference): ColumnDescription | undefined {
    const described = this.get(tableOf(part, reference));
    const name = columnName(reference);
    return described?.state === "there" ? described.columns.find((column) => column.name === name) : undefined;
  }

  /** Sentences, one for each table or column that is not there or may not be read. */
  missing(part: Joined, references: readonly Reference[]): string[] {
    const tables = [part.from, ...part.joins.map((join) => join.table)];
    const sentences = tables.flatMap((table) => {
      const described = this.get(table);
      if (described?.state === "there") {
        if (described.columns.some((column) => column.readable)) return [];
        return [`Table ${tableText(table)} may not be read.`];
      }
      const elsewhere = described?.elsewhere ?? [];
      return [
        elsewhere.length === 0
          ? `Table ${tableText(table)} is not there.`
          : `Table ${tableText(table)} is not where the user looks, but in the schema ${elsewhere.join(", ")}.`,
      ];
    });
    if (sentences.length > 0) return sentences;
    const joined: Reference[] = part.joins.flatMap((join) => [join.equals, { of: join.as, column: join.column }]);
    return [...joined, ...references].flatMap((reference) => {
      const table = tableOf(part, reference);
      const name = columnName(reference);
      if (table === undefined)
        return [`The mapping joins no table "${typeof reference === "string" ? "" : reference.of}".`];
      const column = this.column(part, reference);
      if (column === undefined) return [`Table ${tableText(table)} has no column ${name}.`];
      return column.readable ? [] : [`Column ${name} of table ${tableText(table)} may not be read.`];
    });
  }
}

export function tableOf(part: Joined, reference: Reference): TableName | undefined {
  if (typeof reference === "string") return part.from;
  return part.joins.find((join) => join.as === reference.of)?.table;
}

export function columnName(reference: Reference): string {
  return typeof reference === "string" ? reference : reference.column;
}

/** All that a mapping names, but for those behind a foreign key. */
export function tablesOf(mapping: Mapping): TableName[] {
  const { patients, exams } = mapping;
  const parts: Joined[] = [
    ...mapping.notes,
    ...mapping.words.filter((part) => "from" in part),
    ...(exams === undefined ? [] : [exams]),
    ...(patients === undefined
      ? []
      : [patients, ...patients.statusHistory.flat(), ...patients.recordNumberHistory.flat(), ...patients.former]),
  ];
  return parts.flatMap((part) => [part.from, ...part.joins.map((join) => join.table)]);
}

/** What a person does about a sentence of `missing`. */
export function nextFor(text: string): string {
  if (/may not be read/.test(text)) return "Ask the database's administrator for the GRANT SELECT below.";
  if (/where the user looks/.test(text)) return "Name the schema in the mapping, or set the search path of the user.";
  return "Correct the mapping, or the database that the source's address names.";
}
