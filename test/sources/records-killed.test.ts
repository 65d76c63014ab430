import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCatalog } from "../../src/main/catalog/database.ts";
import { listProblems } from "../../src/main/catalog/problems.ts";
import { addSource } from "../../src/main/catalog/sources.ts";
import { writeEqmdCsv } from "../support/eqmd-csv.ts";
import { eqmdNotes, shareNotes } from "../support/eqmd-notes.ts";
import { eqmdPatient } from "../support/eqmd-patients.ts";
import { platformExams } from "../support/studies-platform-exams.ts";
import { startPlatformServer } from "../support/studies-platform-server.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { CHILD_KEY } from "./records-child-key.ts";

const folder = temporaryDirectory("records-killed");

function newFile(name: string, kind: string, config: unknown): string {
  const file = join(folder, `${name}.db`);
  const catalog = openCatalog(file, CHILD_KEY);
  addSource(catalog, { kind, name: "source", config });
  catalog.close();
  return file;
}

/** @param until records after which the process is killed; 0: it may end */
async function syncInChild(file: string, kind: string, config: unknown, until: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "records-child.ts"), file, kind, JSON.stringify(config), String(until)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(child, "close");
  if (until > 0) {
    await once(child.stdout, "data");
    child.kill("SIGKILL");
  }
  const [code, signal] = (await ended) as [number | null, string | null];
  expect(until > 0 ? signal : code).toBe(until > 0 ? "SIGKILL" : 0);
}

/** All that a sync writes, without the numbers of rows. */
function dump(file: string): Record<string, unknown[]> {
  const catalog = openCatalog(file, CHILD_KEY);
  try {
    return {
      notes: catalog.all(
        `SELECT note.source_id, record_patient.source_id AS patient, event_at, age, note.record_number, note_setting.status_label, content
         FROM note JOIN note_text ON note_text.id = note.id JOIN record_patient ON record_patient.id = note.patient
         JOIN note_setting ON note_setting.id = note.setting ORDER BY note.source_id`,
      ),
      patients: catalog.all(
        "SELECT source_id, gender, status, record_number, known, stale FROM record_patient ORDER BY source_id",
      ),
      exams: catalog.all(
        "SELECT exam_id, patient_name, order_datetime, check_in_datetime, search FROM exam ORDER BY exam_id",
      ),
      problems: listProblems(catalog, 1),
    };
  } finally {
    catalog.close();
  }
}

describe("A sync that is killed (kill -9) and run again leaves the catalog as one that was not", () => {
  it("of a CSV file", async () => {
    const path = join(folder, "notes.csv");
    const shares = shareNotes(4, 40, 1000);
    await writeEqmdCsv(
      path,
      (function* () {
        for (const [index, share] of shares.entries()) yield* eqmdNotes(4, eqmdPatient(4, index), share);
      })(),
    );
    const config = { path, mapping: "eqmd" };
    const killed = newFile("killed-csv", "csv", config);
    for (const until of [300, 700]) await syncInChild(killed, "csv", config, until);
    const half = dump(killed);
    await syncInChild(killed, "csv", config, 0);
    const whole = newFile("whole-csv", "csv", config);
    await syncInChild(whole, "csv", config, 0);
    expect(half["notes"]?.length).toBeLessThan(dump(whole)["notes"]?.length ?? 0);
    expect(half["notes"]?.length).toBeGreaterThan(0);
    expect(dump(killed)).toEqual(dump(whole));
  });

  it("of a studies platform", async () => {
    const server = await startPlatformServer(platformExams(8, 700));
    try {
      const config = { url: server.url, requestsPerSecond: 1000 };
      const killed = newFile("killed-api", "studies-api", config);
      await syncInChild(killed, "studies-api", config, 450);
      const half = dump(killed);
      await syncInChild(killed, "studies-api", config, 0);
      const whole = newFile("whole-api", "studies-api", config);
      await syncInChild(whole, "studies-api", config, 0);
      expect(half["exams"]?.length).toBeLessThan(700);
      expect(dump(whole)["exams"]).toHaveLength(700);
      expect(dump(killed)).toEqual(dump(whole));
    } finally {
      await server.close();
    }
  });
});
