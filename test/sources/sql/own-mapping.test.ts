import type mysql from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mysqlConfig } from "../../../src/main/sources/sql/server-config.ts";
import { mysqlSource } from "../../../src/main/sources/sql/sql-sources.ts";
import { startMariadb, type MariadbServer } from "../../support/mariadb.ts";
import { recordingRecords } from "../recording-records.ts";

/** As nasty as names can be: quotes of all engines, what ends a statement, what begins a comment or a parameter. */
const TABLE = 'no`tes"; DROP TABLE people; -- ?';
const COLUMN = "bo'dy` = '' OR 1=1; /* $1 ?";

const mapping = {
  version: 1,
  name: "ward book",
  timeZone: "Europe/Lisbon",
  genders: { "1": "F", "2": "M" },
  statuses: { in: { status: "inpatient", label: "Internada'o" } },
  patients: {
    from: "people",
    joins: [{ as: "ward", table: "wards", column: "code", equals: "ward" }],
    id: "id",
    name: ["given", "family"],
    birthDate: "born",
    gender: "sex",
    status: "state",
    ward: { of: "ward", column: "title" },
    deleted: [{ column: "removed", empty: false }],
    changed: "changed",
    former: [
      {
        from: "people_before",
        patient: "person",
        name: ["given", "family"],
        identifiers: [{ kind: "phone", column: "phone" }],
        changed: "at",
      },
      { from: "people_of_old", patient: "person", name: "name", optional: true },
    ],
    statusHistory: [[{ from: "moves", patient: "person", since: "at", tie: "id", status: "state", changed: "at" }]],
  },
  notes: [
    {
      kind: "daily-note",
      from: TABLE,
      where: [
        { column: "kind", in: ["note", "it's; a -- note"] },
        { column: "hidden", notIn: [true] },
      ],
      id: "id",
      patient: "person",
      at: "at",
      content: COLUMN,
      changed: "changed",
    },
  ],
  words: [{ kind: "ward", from: "wards", texts: ["title"] }],
};

let server: MariadbServer;
let owner: mysql.Connection;
beforeAll(async () => {
  server = await startMariadb({ options: ["--general-log", "--log-output=TABLE"] });
  await server.createDatabase("book");
  await server.createReader("book", "reader", "only reads");
  owner = await server.connect("book");
  for (const statement of [
    "CREATE TABLE wards (code varchar(10) PRIMARY KEY, title varchar(50))",
    `CREATE TABLE people (id bigint unsigned PRIMARY KEY, given varchar(50), family varchar(50), born date, sex tinyint, state varchar(9),
       ward varchar(10), removed datetime, changed timestamp(6) NULL)`,
    "CREATE TABLE moves (id int PRIMARY KEY, person bigint unsigned, at datetime(6), state varchar(9), KEY (person))",
    `CREATE TABLE ${owner.escapeId(TABLE)} (id bigint unsigned PRIMARY KEY, person bigint unsigned, at datetime(6), kind varchar(30),
       hidden boolean, ${owner.escapeId(COLUMN)} longtext, changed timestamp(6) NULL, KEY (person))`,
    "CREATE TABLE people_before (person bigint unsigned, given varchar(50), family varchar(50), phone varchar(30), at datetime(6))",
    `INSERT INTO people_before VALUES (9007199254740993, 'Ana', 'Limá', '555-0199', '2024-01-01'),
       (9007199254740993, 'Ana', 'Lima', '555-0199', '2024-01-02'), (9007199254740993, 'Ana', 'D''Ávila', '', '2024-01-03')`,
    "INSERT INTO wards VALUES ('A', 'Ala Ático 🏥')",
    "SET sql_mode = ''",
    "INSERT INTO people VALUES (9007199254740993, 'Ana', 'D''Ávila', '1990-05-01', 1, 'in', 'A', NULL, '2024-01-01 00:00:00')",
    "INSERT INTO people VALUES (18446744073709551615, '', 'Ωmega', '0000-00-00', 9, 'odd', NULL, '2024-01-01', '2020-01-01 00:00:00')",
    "INSERT INTO moves VALUES (2, 9007199254740993, '2024-07-01 10:00:00.5', 'in'), (10, 9007199254740993, '2024-07-01 10:00:00.5', 'out')",
  ])
    await owner.query(statement);
  const insert = `INSERT INTO ${owner.escapeId(TABLE)} VALUES (?, ?, ?, ?, ?, ?, ?)`;
  const old = "2024-01-01 00:00:00";
  for (const row of [
    [
      "9007199254740992",
      "9007199254740993",
      "2024-01-15 23:30:00.000001",
      "note",
      false,
      "back\\slash 'quote' 🫀",
      old,
    ],
    [
      "9007199254740993",
      "9007199254740993",
      "2024-07-15 23:30:00",
      "it's; a -- note",
      null,
      "x".repeat(3_000_000),
      old,
    ],
    ["9007199254740994", "9007199254740993", "2024-07-15 23:30:00", "other", false, "not this kind", old],
    ["9007199254740995", "9007199254740993", "2024-07-15 23:30:00", "note", true, "hidden", old],
    ["9007199254740996", "18446744073709551615", "0000-00-00 00:00:00", "note", false, "no moment", old],
  ])
    await owner.query(insert, row);
});
afterAll(() => server.stop());

const config = () => mysqlConfig.parse({ url: server.url("book", "reader"), mapping });
const signal = new AbortController().signal;

describe("a mapping of the user's own on MariaDB", () => {
  const target = recordingRecords();

  test("reads patients, codes and moments exactly, ids beyond what a number holds among them", async () => {
    const report = await mysqlSource.sync(config(), "only reads", target, () => undefined, signal);
    expect(report).toMatchObject({ complete: true, problems: 1 });
    expect([...target.patients.values()]).toEqual([
      {
        sourceId: "9007199254740993",
        name: "Ana D'Ávila",
        birthDate: "1990-05-01",
        gender: "F",
        status: { status: "inpatient", label: "Internada'o" },
        recordNumber: "",
        ward: "Ala Ático 🏥",
        deleted: false,
        identifiers: [
          { kind: "former-name", value: "Ana Lima" },
          { kind: "former-name", value: "Ana Limá" },
          { kind: "phone", value: "555-0199" },
        ],
        recordNumbers: [],
        // Lisbon's summer time; the greater id is the later of one moment.
        statuses: [
          { from: Date.parse("2024-07-01T09:00:00.500Z") * 1000, status: "inpatient", label: "Internada'o" },
          { from: Date.parse("2024-07-01T09:00:00.500Z") * 1000, status: "unknown", label: "out" },
        ],
      },
      expect.objectContaining({
        sourceId: "18446744073709551615",
        name: "Ωmega",
        birthDate: "",
        gender: "N",
        status: { status: "unknown", label: "odd" },
        ward: "",
        deleted: true,
      }),
    ]);
  });

  test("takes notes by its conditions; one without a moment is told and not guessed", () => {
    expect([...target.notes.keys()]).toEqual(["9007199254740992", "9007199254740993"]);
    expect(target.notes.get("9007199254740992")).toMatchObject({
      content: "back\\slash 'quote' 🫀",
      eventAt: Date.parse("2024-01-15T23:30:00Z") * 1000 + 1,
    });
    expect(target.notes.get("9007199254740993")?.content).toHaveLength(3_000_000);
    expect(target.notes.get("9007199254740993")?.eventAt).toBe(Date.parse("2024-07-15T22:30:00Z") * 1000);
    expect([...target.problems.values()]).toEqual([
      {
        ref: "9007199254740996",
        code: "SOURCE_ANSWER",
        reason: "The note has no moment that can be read; it is left out.",
      },
    ]);
  });

  test("keeps whatever names it holds from becoming SQL, and asks nothing but SELECT", async () => {
    const [rows] = await owner.query(
      "SELECT argument FROM mysql.general_log WHERE user_host LIKE 'reader%' AND command_type = 'Query'",
    );
    const statements = (rows as { argument: Buffer | string }[]).map(({ argument }) => argument.toString());
    expect(statements.length).toBeGreaterThan(10);
    expect(statements).toContain("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
    expect(
      statements.filter(
        (statement) => !/^(SELECT|SET SESSION|START TRANSACTION|SHOW SESSION STATUS|SET NAMES)\b/.test(statement),
      ),
    ).toEqual([]);
    const [people] = await owner.query("SELECT count(*) AS count FROM people");
    expect(people).toEqual([{ count: 2 }]);
  });

  test("finds what changed and what is gone", async () => {
    await owner.query("UPDATE people SET family = 'Alves', changed = now() WHERE id = 9007199254740993");
    await owner.query(`DELETE FROM ${owner.escapeId(TABLE)} WHERE id = 9007199254740992`);
    await owner.query("INSERT INTO people_before VALUES (18446744073709551615, 'Alfa', 'Ωmega', '', now())");
    target.forget();
    expect(await mysqlSource.sync(config(), "only reads", target, () => undefined, signal)).toMatchObject({
      complete: true,
      notices: expect.arrayContaining([
        "Table people_of_old is not there. Without it, names and numbers of earlier times from there are left out.",
      ]),
    });
    const [former] = target.patients.get("18446744073709551615")?.identifiers ?? [];
    expect(former).toEqual({ kind: "former-name", value: "Alfa Ωmega" });
    expect(target.patients.get("9007199254740993")?.name).toBe("Ana Alves");
    expect([...target.notes.keys()]).toEqual(["9007199254740993"]);
  });

  test("is told by the check what it cannot do with the tables", async () => {
    const wrong = {
      ...mapping,
      patients: { ...mapping.patients, name: "nickname", ward: { of: "bed", column: "title" } },
      notes: [{ ...mapping.notes[0], from: "pages" }],
    };
    const asked = mysqlConfig.parse({ url: server.url("book", "reader"), mapping: wrong });
    const { ok, findings } = await mysqlSource.check(asked, "only reads", signal);
    expect(ok).toBe(false);
    expect(findings.filter((finding) => finding.level === "problem").map((finding) => finding.text)).toEqual([
      "Table people has no column nickname. It is needed for patients.",
      'The mapping joins no table "bed". It is needed for patients.',
      "Table pages is not there. It is needed for notes (daily-note).",
    ]);
  });

  test("is refused where the password is wrong, which is not repeated", async () => {
    const { findings } = await mysqlSource.check(config(), "guessed", signal);
    expect(findings).toEqual([expect.objectContaining({ text: "The MySQL server refused user or password." })]);
    expect(JSON.stringify(findings)).not.toContain("guessed");
  });

  test("loses the server in the middle, and the next sync comes to the same", async () => {
    const fresh = recordingRecords();
    let killed: Promise<void> | undefined;
    const error = await mysqlSource
      .sync(
        config(),
        "only reads",
        fresh,
        ({ phase }) => {
          if (phase === "patients") killed ??= server.kill();
        },
        signal,
      )
      .catch((thrown: unknown) => thrown);
    await killed;
    expect(error).toMatchObject({ code: "SOURCE_UNREACHABLE" });
    await server.restart();
    fresh.forget();
    await mysqlSource.sync(config(), "only reads", fresh, () => undefined, signal);
    expect(fresh.notes).toEqual(target.notes);
    expect(fresh.patients).toEqual(target.patients);
  });
});
