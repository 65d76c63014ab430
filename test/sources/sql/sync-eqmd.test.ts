import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postgresConfig } from "../../../src/main/sources/sql/server-config.ts";
import { postgresSource } from "../../../src/main/sources/sql/sql-sources.ts";
import { createEqmd, type EqmdTruth } from "../../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { recordingRecords, type RecordingRecords } from "../recording-records.ts";

let server: PostgresServer;
let truth: EqmdTruth;
beforeAll(async () => {
  server = await startPostgres({ settings: { log_statement: "all", log_line_prefix: "%u|" } });
  truth = await createEqmd(server, { patients: 300, notes: 6_000 });
  await server.createReader(truth.database, "reader", "only reads");
});
afterAll(() => server.stop());

async function sync(target: RecordingRecords) {
  const config = postgresConfig.parse({ url: server.url(truth.database, "reader"), mapping: "eqmd" });
  return await postgresSource.sync(config, "only reads", target, () => undefined, new AbortController().signal);
}

describe("EQMD's database", () => {
  const target = recordingRecords();
  beforeAll(async () => {
    const report = await sync(target);
    expect(report).toMatchObject({ complete: true, problems: 0 });
  });

  test("gives every patient and every note that is neither deleted nor a draft", () => {
    expect(target.patients.size).toBe(truth.patients);
    expect(target.notes.size).toBe(truth.exportable + truth.ofDeletedPatients + truth.otherNotes);
    for (const note of truth.eachNote()) {
      const found = target.notes.get(note.id);
      if (note.deleted || note.draft) expect(found).toBeUndefined();
      else
        expect(found).toEqual({
          sourceId: note.id,
          patientId: note.patient.id,
          kind: "daily-note",
          eventAt: note.eventAt,
          content: note.content,
        });
    }
  });

  test("tells of each patient all that a scrubber looks for, and who is deleted", () => {
    for (const patient of truth.eachPatient()) {
      const found = target.patients.get(patient.id);
      expect(found).toMatchObject({
        name: patient.name,
        birthDate: patient.birthday,
        gender: patient.gender,
        deleted: patient.deleted,
        recordNumber: patient.recordNumbers.at(-1)?.recordNumber ?? "",
      });
      expect(found?.identifiers).toEqual(
        expect.arrayContaining([
          { kind: "healthcard", value: patient.healthcardNumber },
          { kind: "national-id", value: patient.idNumber },
          { kind: "fiscal-number", value: patient.fiscalNumber },
          { kind: "phone", value: patient.phone },
          { kind: "address", value: patient.address },
          { kind: "city", value: patient.city },
          { kind: "zip-code", value: patient.zipCode },
        ]),
      );
    }
  });

  test("tells by what name, numbers, phone and address a patient was known before, each once", () => {
    const changed = [...truth.eachPatient()].filter(({ former }) => former !== null);
    expect(changed).toHaveLength(1);
    for (const patient of truth.eachPatient()) {
      const { former } = patient;
      const found = target.patients.get(patient.id)?.identifiers ?? [];
      const written = found.map(({ kind, value }) => `${kind} ${value}`);
      expect(new Set(written).size).toBe(written.length);
      const numbers = written.filter((text) => !text.startsWith("record-number"));
      if (former === null) expect(numbers).toHaveLength(8);
      else
        expect(numbers.slice(8).sort()).toEqual([
          `address ${former.address}`,
          `city ${former.city}`,
          `fiscal-number ${former.fiscalNumber}`,
          `former-name ${former.name}`,
          `healthcard ${former.healthcardNumber}`,
          `national-id ${former.idNumber}`,
          `phone ${former.phone}`,
          `zip-code ${former.zipCode}`,
        ]);
    }
  });

  test("tells every status since when it held, by history or by the chain of changes", () => {
    for (const patient of truth.eachPatient()) {
      const found = target.patients.get(patient.id);
      const wardOf = (ward: number | null): string => (ward === null ? "" : (truth.wards[ward]?.name ?? "?"));
      if (patient.evidence === "history")
        expect(found?.statuses).toEqual(
          patient.statuses
            .map(({ from, status, ward }) => ({ from, ...STATUSES[status], ward: wardOf(ward) }))
            // Another stay in the same bed is no change.
            .filter(
              (entry, index, all) =>
                index === 0 || !isDeepStrictEqual({ ...entry, from: 0 }, { ...all[index - 1], from: 0 }),
            ),
        );
      if (patient.evidence === "events" && patient.statuses.length > 1)
        expect(changesOf(found?.statuses.map(({ label }) => label))).toEqual(
          changesOf(patient.statuses.map(({ status }) => STATUSES[status].label)),
        );
      // The patient's own history says of those who never had one that they had none.
      expect(found?.recordNumbers.filter((entry) => entry.recordNumber !== "")).toEqual(patient.recordNumbers);
    }
  });

  test("names staff by the foreign key of their events, wards with their abbreviations, and places", () => {
    const texts = (kind: string) => target.words.filter((word) => word.kind === kind).map((word) => word.text);
    expect(texts("staff")).toEqual(
      expect.arrayContaining(truth.staff.flatMap((one) => [`${one.firstName} ${one.lastName}`, one.username])),
    );
    expect(texts("ward").sort()).toEqual(truth.wards.flatMap((ward) => [ward.name, ward.abbreviation]).sort());
    const [first] = truth.wards;
    expect(target.words).toContainEqual({ kind: "ward", text: first?.abbreviation, standsFor: first?.name });
    expect(texts("place")).not.toHaveLength(0);
  });

  test("is asked nothing but SELECT, in one read-only transaction", async () => {
    const statements = (await server.log())
      .split("\n")
      .flatMap((line) => /^reader\|LOG: {2}(?:execute [^:]*|statement): (.*)$/.exec(line)?.[1] ?? []);
    expect(statements).toContain("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY, NOT DEFERRABLE");
    expect(statements.length).toBeGreaterThan(50);
    expect(statements.filter((statement) => !/^(SELECT|BEGIN|SET LOCAL)\b/.test(statement.trim() || "SELECT"))).toEqual(
      [],
    );
  });
});

const STATUSES = {
  1: { status: "outpatient", label: "Ambulatorial" },
  2: { status: "inpatient", label: "Internado" },
  3: { status: "emergency", label: "Emergência" },
  4: { status: "discharged", label: "Alta" },
  5: { status: "transferred", label: "Transferido" },
  6: { status: "deceased", label: "Óbito" },
} as const;

function changesOf(labels: readonly string[] | undefined): string[] {
  return (labels ?? []).filter((label, index, all) => label !== all[index - 1]);
}
