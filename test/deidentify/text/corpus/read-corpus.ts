import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scrubKind, type ScrubKind } from "../../../../src/contract/calls/records.ts";
import { IDENTIFIER_KINDS, type IdentifierKind } from "../../../../src/contract/records.ts";
import type { HouseWords, KnownPatient } from "../../../../src/main/deidentify/text/scrubber.ts";

/** A place in a note that has to go. */
export interface Mark {
  /** UTF-16 units of the text without marks. */
  start: number;
  end: number;
  kind: ScrubKind;
  /** Whether the catalog holds the value, in whatever spelling the note has it. */
  known: boolean;
}

export interface MarkedNote {
  id: string;
  language: string;
  house: HouseWords;
  patient: KnownPatient;
  text: string;
  marks: Mark[];
  /** Places that are neither asked for nor counted as other words. */
  uncounted?: { start: number; end: number }[];
}

/** Of the marks, one that the catalog knows is `[[patient-name|Maria]]`, one that it does not is `[[person-name?|Luciana]]`. */
const MARK = /\[\[([a-z-]+)(\??)\|([^\]]*)\]\]/g;

/**
 * Reads the notes of this folder. A file begins with what the catalog knows of the house (`staff:`, `wards:`, `places:`, entries divided
 * by `;`). A note begins with `=== ID`, then what the catalog knows of its patient (`name:`, `born:` as ISO date, `records:`,
 * `identifiers:` each as KIND VALUE), an empty line, and the text with its marks. Everything in them is invented.
 *
 * A mark holds the name without its title, the number without the word that announces it. What is not marked should stay.
 */
export function readCorpus(): MarkedNote[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".txt"))
    .sort()
    .flatMap((name) => readBatch(readFileSync(join(import.meta.dirname, name), "utf8"), name.slice(0, 2)));
}

/** The notes of one file, or of one hospital, in the form that `readCorpus` tells. */
export function readBatch(batch: string, language: string): MarkedNote[] {
  const [head = "", ...notes] = batch.split(/^=== /m);
  const fields = readFields(head);
  const house = { staff: list(fields, "staff"), wards: list(fields, "wards"), places: list(fields, "places") };
  return notes.map((note) => {
    const divide = note.indexOf("\n\n");
    const [id = "", ...known] = note.slice(0, divide).split("\n");
    return {
      id,
      language,
      house,
      patient: readPatient(id, readFields(known.join("\n"))),
      ...readMarks(id, note.slice(divide).trim()),
    };
  });
}

function readPatient(id: string, fields: Map<string, string>): KnownPatient {
  const name = fields.get("name");
  if (name === undefined) throw new Error(`${id} has no name`);
  return {
    names: [name],
    birthDate: fields.get("born") ?? "",
    recordNumbers: list(fields, "records"),
    identifiers: list(fields, "identifiers").map((entry) => {
      const divide = entry.indexOf(" ");
      const kind = entry.slice(0, divide) as IdentifierKind;
      if (!IDENTIFIER_KINDS.includes(kind)) throw new Error(`${id}: ${entry} is no kind of identifier`);
      return { kind, value: entry.slice(divide + 1) };
    }),
  };
}

function readMarks(id: string, marked: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  let text = "";
  let from = 0;
  for (const { 0: whole, 1: kind, 2: unknown, 3: value = "", index } of marked.matchAll(MARK)) {
    text += marked.slice(from, index);
    marks.push({
      start: text.length,
      end: text.length + value.length,
      kind: scrubKind.parse(kind),
      known: unknown === "",
    });
    text += value;
    from = index + whole.length;
  }
  text += marked.slice(from);
  if (text.includes("[[") || text.includes("]]")) throw new Error(`${id} has a mark that is not closed or of no kind`);
  return { text, marks };
}

function readFields(lines: string): Map<string, string> {
  return new Map(
    lines
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
  );
}

function list(fields: Map<string, string>, name: string): string[] {
  const value = fields.get(name);
  return value === undefined ? [] : value.split(";").map((entry) => entry.trim());
}
