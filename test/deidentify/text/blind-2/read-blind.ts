import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { ScrubKind } from "../../../../src/contract/calls/records.ts";
import type { HouseWords, KnownPatient } from "../../../../src/main/deidentify/text/scrubber.ts";
import type { Mark, MarkedNote } from "../corpus/read-corpus.ts";

const strings = z.array(z.string());
const catalogFile = z.object({
  houses: z.record(z.string(), z.object({ staff: strings, wards: strings, places: strings })),
  patients: z.record(
    z.string(),
    z.object({
      names: strings,
      formerNames: strings,
      numbers: strings,
      phones: strings,
      address: z.string(),
      birthDate: z.string(),
    }),
  ),
});
type CatalogPatient = z.infer<typeof catalogFile>["patients"][string];

/** What the author of these notes calls a kind, and as what the scrubber counts it. */
const KINDS: Readonly<Record<string, ScrubKind>> = {
  name: "patient-name",
  short: "patient-name",
  typo: "patient-name",
  relative: "person-name",
  staff: "staff-name",
  place: "place",
  address: "address",
  phone: "phone",
  number: "identifier",
  email: "email",
  url: "url",
  birth: "birth-date",
  date: "date",
  age: "age",
};
const NOTE = /^=== (\S+) (\S+)\n/m;
const MARK = /\[\[(?:([a-z]+)([!?])|~)([^\]]*)\]\]/g;

/** A mark with the author's own word for its kind: short forms and typing errors are counted apart. */
export interface BlindMark extends Mark {
  written: string;
}
export interface BlindNote extends MarkedNote {
  marks: BlindMark[];
}

/** The notes of a folder of this form, told in the README of this one. */
export function readBlind(folder: string = import.meta.dirname): BlindNote[] {
  const catalog = catalogFile.parse(JSON.parse(readFileSync(join(folder, "catalog.json"), "utf8")));
  return readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .sort()
    .flatMap((name) => {
      const language = name.slice(0, 2);
      const [, ...parts] = readFileSync(join(folder, name), "utf8").split(NOTE);
      return Array.from({ length: parts.length / 3 }, (_, index) => {
        const [id = "", patient = "", marked = ""] = parts.slice(index * 3, index * 3 + 3);
        const known = catalog.patients[patient];
        const house: HouseWords | undefined = catalog.houses[language];
        if (known === undefined || house === undefined) throw new Error(`${id}: the catalog has no ${patient}`);
        return { id, language, house, patient: toKnownPatient(known), ...readMarks(id, marked.trim()) };
      });
    });
}

function toKnownPatient(known: CatalogPatient): KnownPatient {
  const [record = "", ...numbers] = known.numbers;
  return {
    names: [...known.names, ...known.formerNames],
    birthDate: known.birthDate,
    recordNumbers: [record],
    identifiers: [
      ...numbers.map((value) => ({ kind: "national-id" as const, value })),
      ...known.phones.map((value) => ({ kind: "phone" as const, value })),
      { kind: "address" as const, value: known.address },
    ],
  };
}

function readMarks(id: string, marked: string): Pick<BlindNote, "text" | "marks" | "uncounted"> {
  const marks: BlindMark[] = [];
  const uncounted: { start: number; end: number }[] = [];
  let text = "";
  let from = 0;
  for (const { 0: whole, 1: written, 2: sign, 3: value = "", index } of marked.matchAll(MARK)) {
    text += marked.slice(from, index);
    const place = { start: text.length, end: text.length + value.length };
    text += value;
    from = index + whole.length;
    if (written === undefined) {
      uncounted.push(place);
      continue;
    }
    const kind = KINDS[written];
    if (kind === undefined) throw new Error(`${id} has a mark of no kind: ${written}`);
    marks.push({ ...place, kind, known: sign === "!", written });
  }
  text += marked.slice(from);
  if (text.includes("[[") || text.includes("]]")) throw new Error(`${id} has a mark that is not closed`);
  return { text, marks, uncounted };
}
