import type { ScrubKind } from "../../../contract/calls/records.ts";
import type { ExamColumn } from "../../../contract/records.ts";
import type { StudiesRecipe } from "../../../contract/table-recipe.ts";
import type { Catalog } from "../../catalog/database.ts";
import { digestOfStudies } from "../../catalog/digest-of-studies.ts";
import { listChanged, readExams, type ExamRecord } from "../../catalog/exams.ts";
import { createPeopleOfExams } from "../../catalog/people-of-exams.ts";
import { wordsOfHouse } from "../../catalog/record-words.ts";
import type { ScrubbedText } from "../../deidentify/text/scrubber.ts";
import type { ChunkNotes, Row, RowReader, TableChunk } from "../table/table.ts";
import { createExamExporter, type ExportExam } from "./export-exam.ts";
import type { StudiesChunk } from "./plan-exams.ts";

/** What workers need of a recipe. */
export interface ExamRowsSettings {
  columns: StudiesRecipe["columns"];
  policy: StudiesRecipe["policy"];
  /** As it arrives in a worker: the secret is bytes. */
  key: { name: string; secret: Uint8Array } | undefined;
}

/** A row with what it was made of, for a review. */
export interface MadeExam {
  row: Row;
  exam: ExamRecord;
  scrubbed: ReadonlyMap<ExamColumn, ScrubbedText>;
}

/** Exams read at once. */
const WINDOW = 200;

/** Reads the exams of chunks through a policy. */
export class ExamRows implements RowReader {
  readonly #catalog: Catalog;
  readonly #exportExam: ExportExam;
  #notes: ChunkNotes = nothing();

  constructor(catalog: Catalog, { columns, policy, key }: ExamRowsSettings) {
    this.#catalog = catalog;
    this.#exportExam = createExamExporter(
      policy,
      columns,
      key === undefined ? undefined : { name: key.name, secret: Buffer.from(key.secret) },
      () => wordsOfHouse(catalog),
    );
  }

  *rows(chunk: TableChunk): Generator<Row> {
    for (const { row } of this.made(chunk)) yield row;
  }

  /** As `rows`, each with what it was made of. @param skip rows that are passed over @throws SOURCE_ANSWER */
  *made(chunk: TableChunk, skip = 0): Generator<MadeExam> {
    const notes = nothing();
    this.#notes = notes;
    const { rows, newPatients, studies } = chunk.data as StudiesChunk;
    if (digestOfStudies(this.#catalog, rows) !== studies) throw listChanged();
    notes.patients = newPatients;
    const personOf = createPeopleOfExams(this.#catalog);
    for (let start = skip; start < rows.length; start += WINDOW) {
      const wanted = rows.slice(start, start + WINDOW);
      const exams = readExams(this.#catalog, wanted);
      for (const exam of exams) {
        const made = this.#exportExam(exam, personOf);
        const kinds = [...made.scrubbed.values()].flatMap(({ replaced }) => replaced.map(({ kind }) => kind));
        if (kinds.length > 0) notes.changed++;
        for (const kind of kinds) add(notes, kind);
        yield { ...made, exam };
      }
    }
  }

  notes(): ChunkNotes {
    return this.#notes;
  }

  close(): void {
    // The catalog is the caller's.
  }
}

function nothing(): ChunkNotes {
  return { patients: 0, changed: 0, replacements: {} };
}

function add({ replacements }: ChunkNotes, kind: ScrubKind): void {
  replacements[kind] = (replacements[kind] ?? 0) + 1;
}
