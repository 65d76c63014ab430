/**
 * The catalog with 1,000,000 notes of 700 characters: what a sync costs, what it holds in memory, how long one turn of the main thread
 * is held while a list is asked for, in processor time. `node bench/records/catalog.ts [NOTES]`; a table of its own, since nothing is compared with it.
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCatalog, type Catalog } from "../../src/main/catalog/database.ts";
import { iterateNotes, planNotes } from "../../src/main/catalog/notes.ts";
import { countingNotes } from "../../src/main/catalog/notes-facets.ts";
import { listingNotes } from "../../src/main/catalog/notes-list.ts";
import { getRecordPatient } from "../../src/main/catalog/record-patients.ts";
import { recordsTarget } from "../../src/main/catalog/records-sync.ts";
import { addSource } from "../../src/main/catalog/sources.ts";

const NOTES = Number(process.argv[2] ?? 1_000_000);
const NOTES_OF_A_PATIENT = 40;
const LENGTH = 700;

let state = 12_345;
function random(): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
  return state / 0x7fffffff;
}

function id(number: number): string {
  const scattered = (Math.imul(number + 1, 2_654_435_761) >>> 0).toString(16).padStart(8, "0");
  return `${scattered}-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

const words = Array.from({ length: 30_000 }, (_, number) => `palavra${number.toString(36)}`);
function text(): string {
  let made = "";
  while (made.length < LENGTH) made += `${words[Math.floor(words.length * random() ** 3)]} `;
  return made;
}

/** Processor time of this thread in milliseconds: what else the machine does is not measured. */
function processor(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Runs steps to their end and says how long they and the longest of them took. */
function timed<Result>(what: string, steps: Generator<unknown, Result>): Result {
  const start = processor();
  let longest = 0;
  let before = start;
  for (;;) {
    const step = steps.next();
    const now = processor();
    longest = Math.max(longest, now - before);
    before = now;
    if (step.done !== true) continue;
    tell(what, `${Math.round(before - start)} ms, longest turn ${longest.toFixed(1)} ms`);
    return step.value;
  }
}

function tell(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(44)}${figure}\n`);
}

function* syncing(catalog: Catalog): Generator<void> {
  const source = addSource(catalog, {
    kind: "postgres",
    name: "Bench",
    config: { timeZone: "America/Bahia", issuer: "" },
  });
  const target = recordsTarget(catalog, source.id);
  const start = 1.5e15;
  for (let patient = 0; patient < NOTES / NOTES_OF_A_PATIENT; patient++) {
    target.putPatient({
      sourceId: id(patient),
      name: `Maria ${patient}`,
      birthDate: "1960-01-01",
      gender: "F",
      status: { status: "inpatient", label: "Internado" },
      recordNumber: `R${patient}`,
      ward: "UTI",
      deleted: false,
      identifiers: [],
      recordNumbers: [{ recordNumber: `R${patient}`, from: start }],
      statuses: [0, 1, 2].map((step) => ({
        status: "inpatient",
        label: "Internado",
        from: start + step * 3e13,
        ward: `Ward ${(patient + step) % 20}`,
      })),
    });
    yield;
  }
  for (let note = 0; note < NOTES; note++) {
    target.putNote({
      sourceId: id(10_000_000 + note),
      patientId: id(Math.floor(note / NOTES_OF_A_PATIENT)),
      kind: "daily-note",
      eventAt: start + Math.floor(random() * 2e14),
      content: text(),
    });
    yield;
  }
  yield* target.finishing(true);
}

const folder = mkdtempSync(join(tmpdir(), "satchel-bench-"));
try {
  const path = join(folder, "catalog.sqlite");
  const key = randomBytes(32);
  const catalog = openCatalog(path, key);
  const resident = (): string => `${Math.round(process.memoryUsage().rss / 1e6)} MB resident`;
  timed(`sync of ${NOTES} notes`, syncing(catalog));
  tell("after it", `${Math.round(statSync(path).size / 1e6)} MB on disk, ${resident()}`);
  const list = (filter: Parameters<typeof listingNotes>[1], window: Partial<Parameters<typeof listingNotes>[2]> = {}) =>
    listingNotes(catalog, filter, { limit: 100, offset: 0, ...window });
  timed("first list", list({}));
  timed("the same again", list({}));
  timed("in the middle", list({}, { offset: NOTES / 2 }));
  timed("by patient", list({}, { sort: { column: "patientName", descending: false } }));
  timed("by record number", list({}, { sort: { column: "recordNumber", descending: false } }));
  timed("facets", countingNotes(catalog, {}));
  timed("list of a ward and a year", list({ wards: ["Ward 3"], from: "2018-01-01", to: "2018-12-31" }));
  timed("list of two words", list({ text: "palavra1 palavra2" }));
  timed("facets of two words", countingNotes(catalog, { text: "palavra1 palavra2" }));
  tell("after them", resident());
  catalog.close();
  const reader = openCatalog(path, key, { readOnly: true });
  const plan = [
    ...timed(
      "plan of everything",
      (function* () {
        const patients: number[] = [];
        for (const { patient } of planNotes(reader, {})) {
          patients.push(patient);
          yield;
        }
        return patients;
      })(),
    ),
  ];
  const start = processor();
  let characters = 0;
  for (const patient of plan)
    for (const note of iterateNotes(reader, {}, getRecordPatient(reader, patient))) characters += note.content.length;
  tell(
    "reading every note, one thread",
    `${Math.round(processor() - start)} ms, ${Math.round(characters / 1e6)} MB of text`,
  );
  reader.close();
} finally {
  rmSync(folder, { recursive: true });
}
