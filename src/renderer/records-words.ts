import type { ExamsFilter, NotesFilter } from "../contract/records.ts";
import type { Labels } from "./labels/en/index.ts";
import type { Format } from "./parts/format.ts";

/** So many values of a list are named; the others are counted. */
const NAMED = 4;

type Words = Pick<Labels, "exporting" | "records" | "tables">;

/** Which notes leave, as a person would say it. The kinds of notes are left to the page, which shows them to choose. */
export function sayNotes(filter: NotesFilter, words: Words, format: Format): string {
  const { what } = words.tables;
  const { records } = words;
  const { text, patients, wards, statuses, genders, sources, from, to, includeDeletedPatients } = filter;
  const parts = createParts(words, format);
  parts.text(text, what.filter.text);
  parts.list(patients, what.filter.patients);
  parts.list(wards, what.filter.wards);
  parts.list(
    statuses?.map((status) => records.statuses[status]),
    what.filter.statuses,
  );
  parts.list(
    genders?.map((gender) => records.genders[gender]),
    what.filter.genders,
  );
  parts.list(sources, words.exporting.what.filter.sources);
  parts.dates(from, to);
  if (includeDeletedPatients === true) parts.add(what.filter.deleted);
  return parts.none() ? what.everything.notes : what.matching.notes(parts.join());
}

/** Which exams leave, as a person would say it. */
export function sayExams(filter: ExamsFilter, words: Words, format: Format): string {
  const { what } = words.tables;
  const say = what.filter;
  const parts = createParts(words, format);
  parts.text(filter.q, say.q);
  parts.list(filter.examIds, say.exams);
  parts.text(filter.applicationOrderNo, say.order);
  parts.text(filter.examSource, words.exporting.what.filter.modality);
  parts.text(filter.examStatus, say.statuses);
  parts.text(filter.examItem, say.item);
  parts.list(filter.examDescription, say.description);
  parts.list(filter.examEquipment, say.equipment);
  parts.list(filter.examRoom, say.room);
  parts.list(filter.gender, say.genders);
  const [youngest, oldest] = [filter.ageFrom, filter.ageTo];
  if (youngest !== undefined && oldest !== undefined) parts.add(say.ages(String(youngest), String(oldest)));
  else if (youngest !== undefined) parts.add(say.ageFrom(String(youngest)));
  else if (oldest !== undefined) parts.add(say.ageTo(String(oldest)));
  parts.list(filter.sources, words.exporting.what.filter.sources);
  parts.dates(filter.from, filter.to);
  return parts.none() ? what.everything.studies : what.matching.studies(parts.join());
}

interface Parts {
  add: (part: string) => void;
  text: (value: string | undefined, say: (value: string) => string) => void;
  list: (values: readonly string[] | undefined, say: (list: string) => string) => void;
  dates: (from: string | undefined, to: string | undefined) => void;
  none: () => boolean;
  join: () => string;
}

function createParts({ exporting, tables }: Words, format: Format): Parts {
  const parts: string[] = [];
  const add = (part: string): void => void parts.push(part);
  const { filter } = exporting.what;
  return {
    add,
    text(value, say) {
      if (value !== undefined && value !== "") add(say(value));
    },
    list(values, say) {
      if (values === undefined || values.length === 0) return;
      const rest = values.length - NAMED;
      const named =
        rest > 0 ? tables.what.filter.many(values.slice(0, NAMED).join(", "), format.count(rest)) : format.list(values);
      add(say(named));
    },
    dates(from, to) {
      if (from !== undefined && to !== undefined) add(filter.dates(format.date(from), format.date(to)));
      else if (from !== undefined) add(filter.since(format.date(from)));
      else if (to !== undefined) add(filter.until(format.date(to)));
    },
    none: () => parts.length === 0,
    join: () => parts.join(", "),
  };
}
