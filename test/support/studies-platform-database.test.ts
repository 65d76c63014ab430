import { expect, it } from "vitest";
import { EXAM_COLUMNS } from "../../src/contract/records.ts";
import { startMariadb } from "./mariadb.ts";
import { startPostgres } from "./postgres.ts";
import { createStudiesPlatform, createStudiesPlatformInMariadb } from "./studies-platform-database.ts";

const MOMENTS = EXAM_COLUMNS.filter((column) => column.endsWith("_datetime"));
const OTHERS = EXAM_COLUMNS.filter((column) => !column.endsWith("_datetime"));

it("PostgreSQL and MariaDB hold the same invented exams, to the microsecond", async () => {
  const [postgres, mariadb] = await Promise.all([startPostgres(), startMariadb()]);
  try {
    const truth = await createStudiesPlatform(postgres, { exams: 300, seed: 4 });
    await createStudiesPlatformInMariadb(mariadb, { exams: 300, seed: 4 });
    const expected = [...truth.eachExam()].map((exam) =>
      Object.fromEntries(
        EXAM_COLUMNS.map((column) => {
          const value = exam[column];
          return [column, MOMENTS.includes(column) && value !== null ? String(value) : value];
        }),
      ),
    );
    const inPostgres = MOMENTS.map((column) => `(extract(epoch FROM ${column}) * 1000000)::bigint::text AS ${column}`);
    const client = await postgres.connect(truth.database);
    const { rows } = await client.query(
      `SELECT ${[...OTHERS, ...inPostgres].join(", ")} FROM medical_examinations_fact ORDER BY exam_id`,
    );
    expect(rows).toEqual(expected);
    const inMariadb = MOMENTS.map(
      (column) => `CAST(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ${column}) AS CHAR) AS ${column}`,
    );
    const connection = await mariadb.connect(truth.database);
    const [found] = await connection.query(
      `SELECT ${[...OTHERS, ...inMariadb].join(", ")} FROM medical_examinations_fact ORDER BY exam_id`,
    );
    expect(found).toEqual(expected);
  } finally {
    await Promise.all([postgres.stop(), mariadb.stop()]);
  }
});
