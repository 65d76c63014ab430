import type { IndexedNote } from "../records-source.ts";
import { QueryBuilder } from "./build-query.ts";
import { collectPages, countRows, readPages } from "./read-pages.ts";
import type { ResolvedNotes } from "./resolve-mapping.ts";
import type { SqlRow, SqlValue } from "./sql-session.ts";
import { changedSince, momentOf, tellProblem, textOf, type SqlSync } from "./sync-context.ts";

/** The catalog tells of each note what was true of its patient, and keeps about so many patients at hand. */
const PATIENTS_AT_ONCE = 50;
const ID_PAGE = 1_000;

/** Puts all notes of one kind. @returns how many there are, and how many were read */
export async function syncNotes(
  sync: SqlSync,
  part: ResolvedNotes,
  patients: number,
): Promise<{ total: number; read: number }> {
  const total = await countRows(sync.session, part);
  const notes = new NotesReader(sync, part, total);
  // Patient by patient where that does not mean a query for each few notes.
  if (total > patients / 2) await notes.readByPatient();
  // Notes of patients who are in no table are missed that way.
  if (notes.done !== total) {
    notes.done = 0;
    await notes.readByKey();
  }
  return { total, read: notes.done };
}

/** Puts the notes that changed, and takes out those that were deleted or made drafts. */
export async function syncChangedNotes(sync: SqlSync, part: ResolvedNotes, mark: string): Promise<void> {
  const since = sync.marks.get(mark) ?? null;
  const where = changedSince(sync, part, since);
  const gone = readPages(sync.session, { part, key: part.id, columns: () => [], where, outside: true });
  for await (const rows of gone) {
    for (const [id] of rows) sync.target.remove("note", textOf(id));
    await sync.breathe();
  }
  await new NotesReader(sync, part, null).readByKey(where);
}

class NotesReader {
  done = 0;
  readonly #sync: SqlSync;
  readonly #part: ResolvedNotes;
  readonly #total: number | null;
  readonly #readMoment: (value: SqlValue) => number | null | undefined;

  constructor(sync: SqlSync, part: ResolvedNotes, total: number | null) {
    this.#sync = sync;
    this.#part = part;
    this.#total = total;
    this.#readMoment = momentOf(sync, part, part.at);
  }

  async readByKey(where?: (builder: QueryBuilder) => string): Promise<void> {
    const pages = readPages(this.#sync.session, {
      part: this.#part,
      key: this.#part.id,
      columns: (builder) => this.#columns(builder),
      ...(where === undefined ? {} : { where }),
    });
    for await (const rows of pages) await this.#put(rows);
  }

  async readByPatient(): Promise<void> {
    const { session, mapping } = this.#sync;
    if (mapping.patients === undefined) return;
    const { patients } = mapping;
    const pages = collectPages(session, { part: patients, key: patients.id, columns: () => [], pageRows: ID_PAGE });
    for await (const page of pages)
      for (let first = 0; first < page.length; first += PATIENTS_AT_ONCE) {
        const ids = page.slice(first, first + PATIENTS_AT_ONCE).map((row) => row[0] ?? null);
        const builder = new QueryBuilder(session.dialect, this.#part);
        const columns = [builder.column(this.#part.id), ...this.#columns(builder)];
        const query = builder.select(columns, { where: builder.isOneOf(this.#part.patient, ids) });
        for await (const rows of session.read(query)) await this.#put(rows);
      }
  }

  #columns(builder: QueryBuilder): string[] {
    const { patient, at, content } = this.#part;
    const texts =
      typeof content === "object" && "sections" in content ? content.sections.map((one) => one.column) : [content];
    return [patient, at, ...texts].map((reference) => builder.column(reference));
  }

  async #put(rows: readonly SqlRow[]): Promise<void> {
    for (const row of rows) {
      const note = this.#read(row);
      if (note !== undefined) this.#sync.target.putNote(note);
      await this.#sync.breathe();
    }
    this.done += rows.length;
    this.#sync.progress({ phase: "notes", step: "Reading notes", done: this.done, total: this.#total });
  }

  #read([key, patient, at, ...texts]: SqlRow): IndexedNote | undefined {
    const id = textOf(key);
    const eventAt = this.#readMoment(at ?? null);
    const missing =
      textOf(patient) === ""
        ? "names no patient"
        : typeof eventAt === "number"
          ? undefined
          : "has no moment that can be read";
    if (missing !== undefined || typeof eventAt !== "number") {
      tellProblem(this.#sync, id, `The note ${missing ?? "cannot be read"}; it is left out.`);
      // An earlier state of it would be wrong as well.
      this.#sync.target.remove("note", id);
      return undefined;
    }
    return { sourceId: id, patientId: textOf(patient), kind: this.#part.kind, eventAt, content: this.#content(texts) };
  }

  #content(texts: readonly SqlValue[]): string {
    const { content } = this.#part;
    if (typeof content === "string" || !("sections" in content)) return textOf(texts[0]);
    return content.sections
      .map(({ heading }, index) => ({ heading, text: textOf(texts[index]) }))
      .filter(({ text }) => text.trim() !== "")
      .map(({ heading, text }) => (heading === "" ? text : `${heading}\n${text}`))
      .join("\n\n");
  }
}
