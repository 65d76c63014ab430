/**
 * The only place where SQL is put together for what a mapping names. A mapping gives names, which are quoted, and values, which become
 * parameters; words of SQL all stand here, and there is none but SELECT.
 */
import type { Condition, Join, Reference, StatusCode, StatusPart, TableName, Text } from "./mapping.ts";
import type { Dialect, Query, SqlValue } from "./sql-session.ts";

/** The part of a relation that a query needs. */
export interface From {
  from: TableName;
  joins: readonly Join[];
  where: readonly Condition[];
}

/** A query in the making: expressions come with the parameters that they need, in order. */
export class QueryBuilder {
  readonly #dialect: Dialect;
  readonly #part: From;
  readonly #values: SqlValue[];

  constructor(dialect: Dialect, part: From, values: SqlValue[] = []) {
    this.#dialect = dialect;
    this.#part = part;
    this.#values = values;
  }

  column(reference: Reference): string {
    const quote = (text: string): string => this.#dialect.quote(text);
    return typeof reference === "string"
      ? `${quote("base")}.${quote(reference)}`
      : `${quote(`j_${reference.of}`)}.${quote(reference.column)}`;
  }

  /** Stands for a parameter until the query is whole: only then is its place known. No name can hold a NUL (mapping.ts). */
  value(value: SqlValue): string {
    return `\0${this.#values.push(value) - 1}\0`;
  }

  /** All hold. Never NULL: a row without a value is decided like any other. */
  conditions(conditions: readonly Condition[]): string {
    return conditions.length === 0 ? "1 = 1" : conditions.map((one) => this.#condition(one)).join(" AND ");
  }

  /** 1 or 0. */
  flag(condition: string): string {
    return `CASE WHEN ${condition} THEN 1 ELSE 0 END`;
  }

  isOneOf(reference: Reference, values: readonly SqlValue[]): string {
    return `${this.column(reference)} IN (${values.map((value) => this.value(value)).join(", ")})`;
  }

  /**
   * @param columns expressions made by this builder before
   * @param options `where`: expressions that hold besides the relation's own conditions; `outside`: those conditions do not hold
   */
  select(
    columns: readonly string[],
    options: { where?: string; outside?: boolean; order?: string; limit?: number; distinct?: boolean } = {},
  ): Query {
    const own = this.conditions(this.#part.where);
    const where = [options.outside === true ? `${this.flag(own)} = 0` : own];
    if (options.where !== undefined) where.push(options.where);
    return this.#render(
      [
        `SELECT ${options.distinct === true ? "DISTINCT " : ""}${columns.join(", ")}`,
        this.#tables(),
        `WHERE ${where.map((condition) => `(${condition})`).join(" AND ")}`,
        ...(options.order === undefined ? [] : [`ORDER BY ${options.order}`]),
        ...(options.limit === undefined ? [] : [`LIMIT ${Math.trunc(options.limit)}`]),
      ].join(" "),
    );
  }

  /** `reference` is one of what another relation has in `column`, of its rows for which `where` holds. */
  isAmong(reference: Reference, part: From, column: Reference, where: (inner: QueryBuilder) => string): string {
    const inner = new QueryBuilder(this.#dialect, part, this.#values);
    const conditions = `(${inner.conditions(part.where)}) AND (${where(inner)})`;
    return `${this.column(reference)} IN (SELECT ${inner.column(column)} ${inner.#tables()} WHERE ${conditions})`;
  }

  #render(sql: string): Query {
    const values: SqlValue[] = [];
    const text = sql.replaceAll(/\0(\d+)\0/g, (_, index: string) =>
      this.#dialect.parameter(values.push(this.#values[Number(index)] ?? null)),
    );
    return { sql: text, values };
  }

  #condition(condition: Condition): string {
    const column = this.column(condition.column);
    if ("empty" in condition) return `${column} IS ${condition.empty ? "" : "NOT "}NULL`;
    const values = ("in" in condition ? condition.in : condition.notIn).map((value) =>
      this.value(typeof value === "boolean" ? this.#dialect.boolean(value) : value),
    );
    return "in" in condition
      ? `(${column} IS NOT NULL AND ${column} IN (${values.join(", ")}))`
      : `(${column} IS NULL OR ${column} NOT IN (${values.join(", ")}))`;
  }

  #tables(): string {
    const quote = (text: string): string => this.#dialect.quote(text);
    const table = (name: TableName): string =>
      typeof name === "string" ? quote(name) : `${quote(name.schema)}.${quote(name.table)}`;
    const joins = this.#part.joins.map(
      (join) =>
        `${join.inner ? "INNER" : "LEFT"} JOIN ${table(join.table)} AS ${quote(`j_${join.as}`)} ON ` +
        `${quote(`j_${join.as}`)}.${quote(join.column)} = ${this.column(join.equals)}`,
    );
    return [`FROM ${table(this.#part.from)} AS ${quote("base")}`, ...joins].join(" ");
  }
}

/** The columns of a text, in order. */
export function referencesOf(text: Text): Reference[] {
  return Array.isArray(text) ? text : [text];
}

/** The column that a status comes from, where there is one. */
export function statusReference(code: StatusCode): Reference | undefined {
  if (typeof code === "string") return code;
  if ("code" in code) return undefined;
  if ("codes" in code) return code.column;
  return code;
}

/** The column that tells what was before a row, where it is not always the same. */
export function beforeReference(before: StatusPart["before"]): Reference | undefined {
  return before === undefined ? undefined : statusReference(before);
}

/** The column that tells the ward, where there is one. */
export function wardReference(ward: StatusPart["ward"]): Reference | undefined {
  return typeof ward === "object" && "none" in ward ? undefined : ward;
}
