import { EXAM_COLUMNS } from "../../src/contract/records.ts";
import { writeMoment } from "./eqmd-patients.ts";
import type { MariadbServer } from "./mariadb.ts";
import type { PostgresServer } from "./postgres.ts";
import { TableLoader } from "./postgres-table-loader.ts";
import { platformExams, type PlatformExam } from "./studies-platform-exams.ts";

export interface StudiesPlatformOptions {
  exams: number;
  seed?: number;
  database?: string;
}

export interface StudiesPlatformTruth {
  database: string;
  exams: number;
  /** Made anew from the seed at each call, in the order of exam_id. */
  eachExam(): Generator<PlatformExam>;
}

const TABLE = "medical_examinations_fact";

function definition(moment: string, searchVector: string): string {
  return `CREATE TABLE ${TABLE} (
    exam_id varchar(100) PRIMARY KEY, medical_record_no varchar(100), application_order_no varchar(100), patient_name varchar(200),
    patient_gender varchar(10), patient_birth_date varchar(20), patient_age integer, exam_status varchar(20), exam_source varchar(50),
    exam_item varchar(200), exam_description text, exam_room varchar(100), exam_equipment varchar(200), equipment_type varchar(100),
    order_datetime ${moment}, check_in_datetime ${moment}, report_certification_datetime ${moment}, certified_physician varchar(200),
    data_load_time ${moment}${searchVector})`;
}

function truthOf(options: StudiesPlatformOptions): StudiesPlatformTruth {
  const { exams, seed = 1, database = "studies_platform" } = options;
  return { database, exams, eachExam: () => platformExams(seed, exams) };
}

/** Makes the platform's database in PostgreSQL and fills it. */
export async function createStudiesPlatform(
  server: PostgresServer,
  options: StudiesPlatformOptions,
): Promise<StudiesPlatformTruth> {
  const truth = truthOf(options);
  await server.createDatabase(truth.database);
  const client = await server.connect(truth.database);
  await client.query(definition("timestamptz", ", search_vector tsvector"));
  const loader = new TableLoader(server, truth.database);
  for (const exam of truth.eachExam())
    await loader.add(
      TABLE,
      [...EXAM_COLUMNS, "data_load_time"],
      [...EXAM_COLUMNS.map((column) => cellOf(exam, column)), "2025-11-02T00:00:00+00:00"],
    );
  await loader.end();
  await client.query(`CREATE INDEX ${TABLE}_check_in ON ${TABLE} (check_in_datetime)`);
  await client.query(`CREATE INDEX ${TABLE}_search_vector ON ${TABLE} USING gin (search_vector)`);
  await client.query("ANALYZE");
  await client.end();
  return truth;
}

/** The same table in MariaDB, moments as naive UTC. */
export async function createStudiesPlatformInMariadb(
  server: MariadbServer,
  options: StudiesPlatformOptions,
): Promise<StudiesPlatformTruth> {
  const truth = truthOf(options);
  await server.createDatabase(truth.database);
  const connection = await server.connect(truth.database);
  await connection.query(definition("datetime(6)", ""));
  const insert = `INSERT INTO ${TABLE} (${EXAM_COLUMNS.join(", ")}) VALUES ?`;
  let rows: unknown[][] = [];
  for (const exam of truth.eachExam()) {
    rows.push(
      EXAM_COLUMNS.map((column) => {
        const cell = cellOf(exam, column);
        return column.endsWith("_datetime") && typeof cell === "string" ? cell.slice(0, 26).replace("T", " ") : cell;
      }),
    );
    if (rows.length < 1000) continue;
    await connection.query(insert, [rows]);
    rows = [];
  }
  if (rows.length > 0) await connection.query(insert, [rows]);
  await connection.end();
  return truth;
}

function cellOf(exam: PlatformExam, column: keyof PlatformExam): string | number | null {
  const value = exam[column];
  return typeof value === "number" && column.endsWith("_datetime") ? writeMoment(value) : value;
}
