import { copyLine, type CopyValue, type PostgresServer } from "./postgres.ts";

/** Loads several tables side by side, each by its own COPY, holding a quarter of a megabyte of each. */
export class TableLoader {
  readonly #server: PostgresServer;
  readonly #database: string;
  readonly #tables = new Map<
    string,
    { writer: ReturnType<PostgresServer["copyIn"]>; lines: string[]; length: number }
  >();

  constructor(server: PostgresServer, database: string) {
    this.#server = server;
    this.#database = database;
  }

  async add(table: string, columns: readonly string[], values: readonly CopyValue[]): Promise<void> {
    let entry = this.#tables.get(table);
    if (entry === undefined) {
      entry = { writer: this.#server.copyIn(this.#database, table, columns), lines: [], length: 0 };
      this.#tables.set(table, entry);
    }
    const line = copyLine(values);
    entry.lines.push(line);
    entry.length += line.length;
    if (entry.length < 262_144) return;
    const lines = entry.lines.join("");
    entry.lines = [];
    entry.length = 0;
    await entry.writer.write(lines);
  }

  async end(): Promise<void> {
    for (const entry of this.#tables.values()) {
      await entry.writer.write(entry.lines.join(""));
      await entry.writer.end();
    }
  }
}
