/**
 * Lays a mapping over the tables that are there: what is optional and missing is left out, texts that are "every text column" become
 * columns, tables behind foreign keys get their names. What is missing and not optional is a problem.
 */
import type { CheckFinding } from "../source.ts";
import type {
  Content,
  ExamsPart,
  FormerPart,
  Mapping,
  NotesPart,
  PatientsPart,
  RecordNumberPart,
  Reference,
  Relation,
  StatusPart,
  TableName,
  WordsPart,
} from "./mapping.ts";
import { beforeReference, referencesOf, statusReference, wardReference } from "./build-query.ts";
import { tableText, type ColumnDescription, type SqlSession } from "./sql-session.ts";
import { columnName, nextFor, TableLookup, tableOf, tablesOf, type Joined } from "./table-lookup.ts";

type Sections = Exclude<Content, { every: string }>;
export type ResolvedNotes = Omit<NotesPart, "content"> & { content: Sections };
export type ResolvedWords = Extract<WordsPart, { from: TableName }>;

export interface ResolvedMapping extends Pick<
  Mapping,
  "name" | "naiveTimes" | "timeZone" | "numericTimes" | "genders" | "statuses"
> {
  patients: PatientsPart | undefined;
  notes: ResolvedNotes[];
  exams: ExamsPart | undefined;
  words: ResolvedWords[];
}

export interface Resolution {
  mapping: ResolvedMapping;
  findings: CheckFinding[];
  /** Tables that are there and that the mapping names: for the statements that grant. */
  tables: TableName[];
  /** What a user needs: "SELECT ON patients". Of tables behind a foreign key, which may hold more than names, the columns alone. */
  privileges: string[];
  /** Of tables that are read, the first that the user may also write. */
  writable: TableName | undefined;
  describe(part: Relation, reference: Reference): ColumnDescription | undefined;
}

/** @throws as the session */
export async function resolveMapping(session: SqlSession, mapping: Mapping): Promise<Resolution> {
  const tables = new TableLookup(session);
  await tables.load(tablesOf(mapping));
  const resolver = new Resolver(tables);
  const patients = mapping.patients === undefined ? undefined : resolver.patients(mapping.patients);
  const notes = mapping.notes.flatMap((part) => resolver.notes(part));
  const exams = mapping.exams === undefined ? undefined : resolver.exams(mapping.exams);
  const words: ResolvedWords[] = [];
  for (const part of mapping.words) words.push(...(await resolver.words(session, part)));
  const { name, naiveTimes, timeZone, numericTimes, genders, statuses } = mapping;
  return {
    mapping: { name, naiveTimes, timeZone, numericTimes, genders, statuses, patients, notes, exams, words },
    findings: resolver.findings,
    tables: tables.there(),
    privileges: [...new Set(tables.there().map((table) => resolver.privilege(table)))],
    writable: [...resolver.used.values()].find((table) => {
      const described = tables.get(table);
      return described?.state === "there" && described.writable;
    }),
    describe: (part, reference) => tables.column(part, reference),
  };
}

class Resolver {
  readonly findings: CheckFinding[] = [];
  readonly used = new Map<string, TableName>();
  readonly #tables: TableLookup;
  readonly #said = new Set<string>();
  /** Columns of tables behind foreign keys. */
  readonly #behind = new Map<string, string[]>();

  constructor(tables: TableLookup) {
    this.#tables = tables;
  }

  privilege(table: TableName): string {
    const columns = this.#behind.get(tableText(table));
    return `SELECT ${columns === undefined ? "" : `(${columns.join(", ")}) `}ON ${tableText(table)}`;
  }

  patients(part: PatientsPart): PatientsPart {
    this.#take(part, "patients", [
      part.id,
      ...(part.name === undefined ? [] : referencesOf(part.name)),
      ...present(part.birthDate, part.gender, part.status, part.recordNumber, part.ward),
      ...part.deleted.map((condition) => condition.column),
    ]);
    return {
      ...part,
      identifiers: this.#identifiers(part),
      former: part.former.flatMap((former) => this.#former(former)),
      created: this.#moment(part, part.created),
      changed: this.#changed(part, part.changed),
      statusHistory: part.statusHistory.map((level) =>
        level.flatMap((history) => this.#history(history, "statuses", statusReference(history.status))),
      ),
      recordNumberHistory: part.recordNumberHistory.map((level) =>
        level.flatMap((history) => this.#history(history, "record numbers", history.recordNumber)),
      ),
    };
  }

  notes(part: NotesPart): ResolvedNotes[] {
    const references: Reference[] = [part.id, part.patient, part.at];
    let content: Sections;
    if (typeof part.content === "object" && "every" in part.content) {
      content = { sections: this.#everyText(part, part.content, references) };
      if (content.sections.length === 0 && this.#tables.missing(part, references).length === 0) {
        this.#say({
          level: part.optional ? "ok" : "problem",
          text: `Table ${tableText(part.from)} has no column of text: it is left out.`,
        });
        return [];
      }
    } else content = part.content;
    const columns =
      typeof content === "object" && "sections" in content ? content.sections.map((one) => one.column) : [content];
    if (!this.#take(part, `notes (${part.kind})`, [...references, ...columns])) return [];
    return [{ ...part, content, changed: this.#changed(part, part.changed) }];
  }

  exams(part: ExamsPart): ExamsPart {
    this.#take(part, "exams", present(...Object.values(part.columns)));
    return { ...part, changed: this.#changed(part, part.changed) };
  }

  async words(session: SqlSession, part: WordsPart): Promise<ResolvedWords[]> {
    if ("from" in part)
      return this.#take(part, `names (${part.kind})`, [...part.texts.flatMap(referencesOf), ...present(part.standsFor)])
        ? [part]
        : [];
    const nobody = (why: string): ResolvedWords[] => {
      this.#say({
        level: "warning",
        text: `Names of ${part.kind} are not known: ${why} The scrubber finds them by its patterns only.`,
      });
      return [];
    };
    const { table, column } = part.behind;
    const target = await session.followForeignKey(table, column);
    if (target === undefined)
      return nobody(`${tableText(table)}.${column} has no foreign key that says in which table they are.`);
    await this.#tables.load([target.table]);
    const relation = { from: target.table, joins: [], where: [], optional: true };
    const texts = part.texts.filter((text) => this.#tables.missing(relation, referencesOf(text)).length === 0);
    if (texts.length === 0)
      return nobody(`the user may not read them in ${tableText(target.table)}, or it has no names.`);
    this.#use(relation);
    this.#behind.set(tableText(target.table), [...new Set(texts.flatMap(referencesOf).map(columnName))]);
    return [{ ...relation, kind: part.kind, texts }];
  }

  #history<Part extends StatusPart | RecordNumberPart>(part: Part, what: string, value: Reference | undefined): Part[] {
    const ward = "ward" in part ? wardReference(part.ward) : undefined;
    const references = [part.patient, part.since, ...present(part.tie, beforeReference(part.before), ward, value)];
    if (!this.#take(part, `the history of ${what}`, references)) return [];
    return [{ ...part, changed: this.#changed(part, part.changed) }];
  }

  #former(part: FormerPart): FormerPart[] {
    const name = part.name === undefined ? [] : referencesOf(part.name);
    if (!this.#take(part, "names and numbers of earlier times", [part.patient, ...name])) return [];
    return [{ ...part, identifiers: this.#identifiers(part), changed: this.#changed(part, part.changed) }];
  }

  #identifiers(part: PatientsPart | FormerPart): PatientsPart["identifiers"] {
    return part.identifiers.filter((identifier) => {
      const missing = this.#tables.missing(part, [identifier.column]);
      if (missing.length > 0)
        this.#say({
          level: "warning",
          text: `${missing.join(" ")} The scrubber will not know that of the patients (${identifier.kind}).`,
        });
      return missing.length === 0;
    });
  }

  /** @returns whether all is there; what is not is said */
  #take(part: Relation, what: string, references: readonly Reference[]): boolean {
    const conditions = part.where.map((condition) => condition.column);
    const missing = this.#tables.missing(part, [...references, ...conditions]);
    if (missing.length === 0) {
      this.#use(part);
      return true;
    }
    for (const text of missing)
      this.#say(
        part.optional
          ? { level: "warning", text: `${text} Without it, ${what} from there are left out.` }
          : { level: "problem", text: `${text} It is needed for ${what}.`, next: nextFor(text) },
      );
    return false;
  }

  #everyText(part: NotesPart, every: Extract<Content, { every: string }>, references: readonly Reference[]) {
    const table = every.of === undefined ? part.from : tableOf(part, { of: every.of, column: "" });
    const described = this.#tables.get(table);
    if (described?.state !== "there") return [];
    const taken = new Set(references.filter((one) => typeof one === "string" || one.of === every.of).map(columnName));
    return described.columns
      .filter((column) => column.kind === "text" && !taken.has(column.name) && !every.except.includes(column.name))
      .map(({ name }) => ({
        heading: name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " "),
        column: every.of === undefined ? name : { of: every.of, column: name },
      }));
  }

  #moment(part: Relation, reference: Reference | undefined): Reference | undefined {
    return reference !== undefined && this.#tables.missing(part, [reference]).length === 0 ? reference : undefined;
  }

  /** Only a column that the database itself compares as moments can tell what changed. */
  #changed(part: Relation, reference: Reference | undefined): Reference | undefined {
    if (reference === undefined || this.#tables.missing(part, []).length > 0) return undefined;
    const column = this.#tables.column(part, reference);
    if (column?.readable === true && ["moment", "utc", "naive"].includes(column.kind)) return reference;
    this.#say({
      level: "ok",
      text: `${tableText(tableOf(part, reference) ?? part.from)}.${columnName(reference)} cannot tell what changed: these rows are read whole each time.`,
    });
    return undefined;
  }

  #use(part: Joined): void {
    for (const table of [part.from, ...part.joins.map((join) => join.table)]) this.used.set(tableText(table), table);
  }

  #say(finding: CheckFinding): void {
    if (this.#said.has(finding.text)) return;
    this.#said.add(finding.text);
    this.findings.push(finding);
  }
}

function present(...references: (Reference | undefined)[]): Reference[] {
  return references.filter((reference) => reference !== undefined);
}
