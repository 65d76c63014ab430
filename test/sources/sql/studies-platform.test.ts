import { afterAll, beforeAll, expect, test } from "vitest";
import { mysqlConfig, postgresConfig } from "../../../src/main/sources/sql/server-config.ts";
import { mysqlSource, postgresSource } from "../../../src/main/sources/sql/sql-sources.ts";
import { startMariadb, type MariadbServer } from "../../support/mariadb.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { createStudiesPlatform, createStudiesPlatformInMariadb } from "../../support/studies-platform-database.ts";
import { recordingRecords } from "../recording-records.ts";

let postgres: PostgresServer;
let mariadb: MariadbServer;
beforeAll(async () => {
  postgres = await startPostgres();
  mariadb = await startMariadb();
});
afterAll(async () => {
  await postgres.stop();
  await mariadb.stop();
});
const signal = new AbortController().signal;

test("the studies platform's exams come as they are out of PostgreSQL, and changes by the time of their load", async () => {
  const truth = await createStudiesPlatform(postgres, { exams: 3_000 });
  const target = recordingRecords();
  const config = postgresConfig.parse({ url: postgres.url(truth.database), mapping: "studies-platform" });
  const sync = () => postgresSource.sync(config, postgres.password, target, () => undefined, signal);
  expect(await sync()).toMatchObject({ complete: true, problems: 0 });
  expect([...target.exams.values()]).toEqual([...truth.eachExam()]);
  expect(target.words.every((word) => word.kind === "staff")).toBe(true);

  const owner = await postgres.connect(truth.database);
  const [first, second] = [...target.exams.keys()];
  await owner.query(
    "UPDATE medical_examinations_fact SET exam_status = 'cancelled', patient_birth_date = 'about 1950', data_load_time = now() WHERE exam_id = $1",
    [first],
  );
  await owner.query("DELETE FROM medical_examinations_fact WHERE exam_id = $1", [second]);
  target.forget();
  expect(await sync()).toMatchObject({ complete: true });
  expect(target.exams.get(first ?? "")).toMatchObject({ exam_status: "cancelled", patient_birth_date: "about 1950" });
  expect(target.exams.has(second ?? "")).toBe(false);
  expect(target.exams.size).toBe(2_999);
});

test("the same exams come out of MariaDB, whose moments have no offset", async () => {
  const truth = await createStudiesPlatformInMariadb(mariadb, { exams: 2_000 });
  const target = recordingRecords();
  const config = mysqlConfig.parse({ url: mariadb.url(truth.database), mapping: "studies-platform" });
  const report = await mysqlSource.sync(config, mariadb.password, target, () => undefined, signal);
  expect(report).toMatchObject({ complete: true, problems: 0 });
  expect([...target.exams.values()]).toEqual([...truth.eachExam()]);
});
