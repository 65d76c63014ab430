import { SatchelError } from "../../../contract/errors.ts";
import type { ScrubCounts } from "../../../contract/calls/records.ts";
import type { NotesFilter } from "../../../contract/records.ts";
import type { NotesRecipe } from "../../../contract/table-recipe.ts";
import type { Catalog } from "../../catalog/database.ts";
import { wordsOfHouse } from "../../catalog/record-words.ts";
import { iterateNotes, type NoteRecord } from "../../catalog/notes.ts";
import { iterateNotesAsBytes } from "../../catalog/notes-as-bytes.ts";
import { getRecordPatient, type PatientRecord } from "../../catalog/record-patients.ts";
import type { BlockText } from "../../text-block.ts";
import type { ProjectKey } from "../../deidentify/pseudonym.ts";
import type { ScrubbedText } from "../../deidentify/text/scrubber.ts";
import type { ChunkNotes, Row, RowReader, TableChunk, WrittenRow } from "../table/table.ts";
import { NoteExporter } from "./export-note.ts";
import type { NotesChunk } from "./plan-notes.ts";

/** What workers need of a recipe. */
export interface NoteRowsSettings {
  selection: NotesRecipe["selection"];
  policy: NotesRecipe["policy"];
  /** As it arrives in a worker: the secret is bytes. */
  key: { name: string; secret: Uint8Array } | undefined;
}

/** A row with what it was made of, for a review. */
export interface MadeNote {
  row: Row;
  note: NoteRecord;
  patient: PatientRecord;
  scrubbed: ScrubbedText | null;
}

/** Reads the notes of chunks through a policy. */
export class NoteRows implements RowReader {
  readonly #catalog: Catalog;
  readonly #settings: NoteRowsSettings;
  readonly #exporter: NoteExporter;
  readonly #asBytes: boolean;
  #notes: ChunkNotes = nothing();

  /** @param takesBytes kept texts may be the bytes that the catalog holds, which takes less than half the time */
  constructor(catalog: Catalog, settings: NoteRowsSettings, takesBytes = false) {
    this.#catalog = catalog;
    this.#asBytes = takesBytes && settings.policy.text === "keep";
    this.#settings = settings;
    this.#exporter = new NoteExporter(settings.policy, keyOf(settings.key), () => wordsOfHouse(catalog));
  }

  *rows(chunk: TableChunk): Generator<WrittenRow> {
    if (!this.#asBytes) {
      for (const { row } of this.made(chunk)) yield row;
      return;
    }
    this.#notes = nothing();
    const rows = (patients: readonly PatientRecord[]) => this.#exporter.keeping<BlockText>(patients);
    yield* this.#through(chunk, 0, iterateNotesAsBytes, rows);
  }

  /** As `rows`, each with what it was made of. @param skip rows that are passed over without being made @throws SOURCE_ANSWER */
  *made(chunk: TableChunk, skip = 0): Generator<MadeNote> {
    const notes = nothing();
    this.#notes = notes;
    yield* this.#through(chunk, skip, iterateNotes, (patients) => {
      const exportNote = this.#exporter.forPatient(patients);
      return (note, patient) => {
        const { row, scrubbed } = exportNote(note, patient);
        if (scrubbed !== null && scrubbed.replaced.length > 0) {
          notes.changed++;
          for (const { kind } of scrubbed.replaced) count(notes.replacements, kind);
        }
        return { row, scrubbed, note, patient };
      };
    });
  }

  /** The notes of a chunk in the order of the table, through what `open` makes for each of its people. */
  *#through<Text, Made>(
    chunk: TableChunk,
    skip: number,
    read: (catalog: Catalog, filter: NotesFilter, patient: PatientRecord) => Iterable<NoteRecord<Text>>,
    open: (patients: readonly PatientRecord[]) => (note: NoteRecord<Text>, patient: PatientRecord) => Made,
  ): Generator<Made> {
    const notes = this.#notes;
    let rows = 0;
    for (const group of (chunk.data as NotesChunk).patients) {
      notes.patients++;
      const patients = group.map((row) => getRecordPatient(this.#catalog, row));
      const make = open(patients);
      const streams = patients.map((patient) => read(this.#catalog, this.#settings.selection, patient));
      for (const note of this.#inOrder(streams, patients))
        if (rows++ >= skip) yield make(note, ownerOf(note, patients));
    }
    if (rows !== chunk.rows)
      throw new SatchelError(
        "SOURCE_ANSWER",
        "The catalog no longer holds the notes that were planned.",
        "Start again.",
      );
  }

  notes(): ChunkNotes {
    return this.#notes;
  }

  close(): void {
    // The catalog is the caller's.
  }

  /** By moment, and by the exported id where several notes have one moment: those few are held. */
  *#inOrder<Text>(
    streams: readonly Iterable<NoteRecord<Text>>[],
    patients: readonly PatientRecord[],
  ): Generator<NoteRecord<Text>> {
    const idOf = (note: NoteRecord<Text>): string =>
      this.#exporter.ids.note({ issuer: ownerOf(note, patients).issuer, id: note.sourceId });
    const sorted = (tied: readonly NoteRecord<Text>[]): NoteRecord<Text>[] =>
      tied
        .map((note) => ({ note, id: idOf(note) }))
        .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
        .map(({ note }) => note);
    let last: NoteRecord<Text> | undefined;
    // Made only where there are some: most notes have a moment of their own.
    let tied: NoteRecord<Text>[] | undefined;
    for (const next of merge(streams)) {
      if (last?.eventAt === next.eventAt) (tied ??= [last]).push(next);
      else if (tied !== undefined) {
        yield* sorted(tied);
        tied = undefined;
      } else if (last !== undefined) yield last;
      last = next;
    }
    if (tied !== undefined) yield* sorted(tied);
    else if (last !== undefined) yield last;
  }
}

/** Of the rows that leave as one patient, the one that a note belongs to. */
function ownerOf(note: NoteRecord<unknown>, patients: readonly PatientRecord[]): PatientRecord {
  return patients.length === 1 ? patients[0]! : patients.find(({ row }) => row === note.patient)!;
}

/** Streams that are each ordered by moment as one. */
function merge<Text>(streams: readonly Iterable<NoteRecord<Text>>[]): Iterable<NoteRecord<Text>> {
  return streams.length === 1 ? streams[0]! : mergeSeveral(streams);
}

function* mergeSeveral<Text>(streams: readonly Iterable<NoteRecord<Text>>[]): Generator<NoteRecord<Text>> {
  const iterators = streams.map((stream) => stream[Symbol.iterator]());
  try {
    const heads = iterators.map((iterator) => iterator.next());
    for (;;) {
      let first: { note: NoteRecord<Text>; stream: number } | undefined;
      for (const [stream, head] of heads.entries())
        if (head.done !== true && (first === undefined || head.value.eventAt < first.note.eventAt))
          first = { note: head.value, stream };
      if (first === undefined) return;
      yield first.note;
      heads[first.stream] = iterators[first.stream]!.next();
    }
  } finally {
    // A reader that stops early must not leave a statement open.
    for (const iterator of iterators) iterator.return?.();
  }
}

function nothing(): ChunkNotes {
  return { patients: 0, changed: 0, replacements: {} };
}

function count(counts: ScrubCounts, kind: keyof ScrubCounts): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}

function keyOf(key: NoteRowsSettings["key"]): ProjectKey | undefined {
  return key === undefined ? undefined : { name: key.name, secret: Buffer.from(key.secret) };
}
