/** The part of better-sqlite3 that is used; the package's own declarations are not reachable through its `exports`. */
declare module "better-sqlite3" {
  class SqliteDatabase {
    constructor(path: string, options?: { readonly?: boolean; fileMustExist?: boolean; timeout?: number });
    readonly inTransaction: boolean;
    prepare(sql: string): SqliteDatabase.Statement;
    exec(sql: string): this;
    function(
      name: string,
      options: { deterministic: true },
      implementation: (text: unknown) => SqliteDatabase.Value,
    ): this;
    pragma(sql: string, options?: { simple?: boolean }): unknown;
    close(): this;
  }

  namespace SqliteDatabase {
    type Value = string | number | bigint | null | Uint8Array;

    interface Statement {
      run(...values: Value[]): { changes: number; lastInsertRowid: number | bigint };
      get(...values: Value[]): unknown;
      all(...values: Value[]): unknown[];
      iterate(...values: Value[]): IterableIterator<unknown>;
      /** From then on a row is its first column. */
      pluck(): this;
      /** From then on a row is an array of its columns. */
      raw(): this;
    }
  }

  export = SqliteDatabase;
}
