import { DuckDBInstance } from "@duckdb/node-api";
import { parse } from "csv-parse";
import { createHash, hash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { NOTE_COLUMNS } from "../../../src/contract/records.ts";
import { runChecked } from "../../support/run-command.ts";

/** What a reader says of a table of notes: rows, rows by status, and a digest of every cell. */
export interface Reading {
  rows: number;
  statuses: Record<string, number>;
  digest: string;
}

/** A row is hashed as its cells joined by U+001F; the table as the rows' hashes, each on a line. */
export class TableDigest {
  readonly #algorithm: "sha256" | "sha3-256";
  readonly #hash: Hash = createHash("sha256");
  #rows = 0;
  readonly #statuses: Record<string, number> = {};

  constructor(algorithm: "sha256" | "sha3-256") {
    this.#algorithm = algorithm;
  }

  add(cells: readonly string[]): void {
    this.addHash(hash(this.#algorithm, cells.join("\u001f"), "hex"), cells[4] ?? "");
  }

  addHash(row: string, status: string): void {
    this.#hash.update(`${row}\n`);
    this.#rows++;
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
  }

  end(): Reading {
    return { rows: this.#rows, statuses: this.#statuses, digest: this.#hash.digest("hex") };
  }
}

/** The rows of a CSV one by one, without that of the names. */
export async function* eachCsvRow(path: string): AsyncGenerator<string[]> {
  const rows = createReadStream(path).compose(parse({ bom: true, max_record_size: 0 }));
  let first = true;
  for await (const row of rows as AsyncIterable<string[]>) {
    if (!first) yield row;
    first = false;
  }
}

const PYTHON = `
import collections, csv, hashlib, json, sys
csv.field_size_limit(1 << 30)
digest, statuses, rows = hashlib.sha256(), collections.Counter(), 0
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    reader = csv.reader(file, strict=True)
    assert next(reader) == sys.argv[2].split(",")
    for row in reader:
        digest.update((hashlib.sha256("\\x1f".join(row).encode()).hexdigest() + "\\n").encode())
        statuses[row[4]] += 1
        rows += 1
print(json.dumps({"rows": rows, "statuses": statuses, "digest": digest.hexdigest()}))`;

/** By Python's csv module. */
export async function readByPython(path: string): Promise<Reading> {
  return JSON.parse(await runChecked("python3", ["-c", PYTHON, path, NOTE_COLUMNS.join()])) as Reading;
}

/** By DuckDB, as anybody would call it: it finds out the dialect by itself. */
export async function readByDuckdb(path: string): Promise<Reading> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", preserve_insertion_order: "true" });
  const connection = await instance.connect();
  const digest = new TableDigest("sha256");
  const cells = NOTE_COLUMNS.map((name) => `coalesce(${name}, '')`).join(", ");
  const result = await connection.stream(
    `SELECT sha256(concat_ws(chr(31), ${cells})), patient_status
     FROM read_csv('${path}', all_varchar = true, max_line_size = 8000000)`,
  );
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk())
    for (const [row, status] of chunk.getRows() as [string, string][]) digest.addHash(row, status);
  connection.closeSync();
  instance.closeSync();
  return digest.end();
}

/** By the import of sqlite3's command line. Its digest is of SHA3-256. */
export async function readBySqlite(path: string): Promise<Reading> {
  const script = `.import --csv ${path} note\n.mode list\n.separator |\nSELECT lower(hex(sha3(${NOTE_COLUMNS.join(
    " || char(31) || ",
  )}, 256))), patient_status FROM note ORDER BY rowid;\n`;
  const digest = new TableDigest("sha3-256");
  for (const line of (await runChecked("sqlite3", [":memory:"], { input: script })).trimEnd().split("\n")) {
    const [row = "", status = ""] = line.split("|");
    digest.addHash(row, status);
  }
  return digest.end();
}
