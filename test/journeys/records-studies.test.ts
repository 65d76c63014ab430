import type pg from "pg";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXAM_COLUMNS } from "../../src/contract/records.ts";
import { satchelIn, type Satchel } from "../exports/satchel-workspace.ts";
import { readByLibreOffice } from "../exports/table/libre-office.ts";
import { readTable } from "../exports/table-file.ts";
import { startMariadb, type MariadbServer } from "../support/mariadb.ts";
import { startPostgres, type PostgresServer } from "../support/postgres.ts";
import { createStudiesPlatform, createStudiesPlatformInMariadb } from "../support/studies-platform-database.ts";
import { startPlatformServer, type PlatformServer } from "../support/studies-platform-server.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const EXAMS = 3_000;
/** Birth dates are text in the platform and dates in a list; they have tests of their own. Rooms and equipment its search does not tell. */
const COLUMNS = EXAM_COLUMNS.filter((column) => column !== "patient_birth_date");
const TOLD_BY_HTTP = COLUMNS.filter((column) => !["exam_room", "exam_equipment", "equipment_type"].includes(column));

/** Moments as a list writes them, by the server's own clock of Shanghai. */
const written = (column: string): string => {
  const local = `(${column} AT TIME ZONE 'Asia/Shanghai')`;
  return `coalesce(to_char(${local}, 'YYYY-MM-DD"T"HH24:MI:SS') || CASE WHEN date_part('microseconds', ${local})::int % 1000000 = 0
    THEN '' ELSE to_char(${local}, '.US') END || '+08:00', '')`;
};

describe("one study list by four ways: PostgreSQL, MariaDB, HTTP and, as text and as a workbook, on disk", () => {
  const folder = temporaryDirectory("records-studies");
  let postgres: PostgresServer;
  let mariadb: MariadbServer;
  let platform: PlatformServer;
  let owner: pg.Client;
  let satchel: Satchel;
  const file = (name: string): string => join(satchel.folder, name);
  const make = (path: string, ...args: string[]): Promise<string> =>
    satchel.must(["export", "studies", path, "--policy", "identified", "--formulas", "keep", ...args]);
  const add = (kind: string, url: string, name: string, ...args: string[]): Promise<string> =>
    satchel.must(["source", "add", kind, url, "--name", name, ...args], {
      environment: { DATABASE_PASSWORD: "read-only" },
    });

  beforeAll(async () => {
    [postgres, mariadb] = await Promise.all([startPostgres(), startMariadb()]);
    const truth = await createStudiesPlatform(postgres, { exams: EXAMS });
    await createStudiesPlatformInMariadb(mariadb, { exams: EXAMS });
    for (const server of [postgres, mariadb]) await server.createReader(truth.database, "reader", "read-only");
    platform = await startPlatformServer(truth.eachExam());
    owner = await postgres.connect(truth.database);
    satchel = satchelIn(folder);
    const login = ["--mapping", "studies-platform", "--password-env", "DATABASE_PASSWORD"];
    await add("postgres", postgres.url(truth.database, "reader"), "postgres", ...login);
    await add("mysql", mariadb.url(truth.database, "reader"), "mariadb", ...login);
    await add("studies-api", platform.url, "http");
    for (const name of ["postgres", "mariadb", "http"]) await satchel.must(["sync", name]);
  }, 180_000);
  afterAll(async () => {
    await postgres?.stop();
    await mariadb?.stop();
    await platform?.close();
  });

  /** What the table on the server says, in the order of the list. */
  const onServer = async (columns: readonly string[]): Promise<string[][]> => {
    const cells = columns.map((column) =>
      column.endsWith("_datetime") ? written(column) : `coalesce(${column}::text, '')`,
    );
    const { rows } = await owner.query<string[]>({
      text: `SELECT ${cells.join(", ")} FROM medical_examinations_fact
        ORDER BY order_datetime DESC, check_in_datetime DESC NULLS LAST, exam_id COLLATE "C"`,
      rowMode: "array",
    });
    return rows;
  };
  const cellsIn = (path: string): string[][] => readTable(path).map((row) => Object.values(row));

  it("out of PostgreSQL it is the table of the server, every cell, in its order", async () => {
    await make(file("postgres.csv"), "--source", "postgres", "--columns", COLUMNS.join());
    expect(readTable(file("postgres.csv"))).toHaveLength(EXAMS);
    expect(cellsIn(file("postgres.csv"))).toEqual(await onServer(COLUMNS));
  });

  it("out of MariaDB, which keeps moments without an offset, it is the same bytes", async () => {
    await make(file("mariadb.csv"), "--source", "mariadb", "--columns", COLUMNS.join());
    expect(readFileSync(file("mariadb.csv")).equals(readFileSync(file("postgres.csv")))).toBe(true);
  });

  it("by HTTP, in pages whose order changes below them, it is the same list", async () => {
    expect(Math.max(...platform.requests.map((query) => Number(query.get("page_size") ?? 0)))).toBeLessThanOrEqual(100);
    await make(file("http.csv"), "--source", "http", "--columns", TOLD_BY_HTTP.join());
    expect(cellsIn(file("http.csv"))).toEqual(await onServer(TOLD_BY_HTTP));
  });

  it("as a workbook it is what LibreOffice shows of it: texts as they are, numbers as numbers", async () => {
    const texts = COLUMNS.filter((column) => !column.endsWith("_datetime"));
    await make(file("list.xlsx"), "--source", "postgres", "--columns", texts.join());
    const [names, ...rows] = await readByLibreOffice(file("list.xlsx"), satchel.folder);
    expect(names).toEqual(texts);
    expect(rows).toEqual(await onServer(texts));
  });
});
