import type { Random } from "../random.ts";
import { NOTE_SENTENCES } from "./note-sentences.ts";
import { DOCTORS, NURSES, WARDS, type RecordPerson } from "./record-people.ts";

type Row = Readonly<Record<string, string | number | null>>;

/** What became of one patient: who they are now, what was true since when, and what was written of them. */
export interface DemoStays {
  patient: Row;
  statuses: Row[];
  recordNumbers: Row[];
  notes: Row[];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FIRST_DAY = Date.UTC(2023, 1, 6);
const STAYS = 2;
const BETWEEN_STAYS_DAYS = 220;
const FOLLOW_UP_DAYS = 14;
const EMERGENCY = { en: "the emergency room", pt: "pronto-socorro" } as const;
const CLINIC = { en: "the clinic", pt: "ambulatório" } as const;
const DAYS_BETWEEN_PATIENTS = 17;
/** Of the list of patients: one who died, and one whom the hospital deleted. */
const DIED = 6;
const DELETED = 11;

/** Two stays: from the emergency room to a ward, for some by intensive care, home, and to the clinic two weeks later. */
export function demoStays(person: RecordPerson, index: number, random: Random): DemoStays {
  const made: DemoStays = { patient: {}, statuses: [], recordNumbers: [], notes: [] };
  const start = FIRST_DAY + index * DAYS_BETWEEN_PATIENTS * DAY;
  const change = (at: number, status: string, ward: number | null): void => {
    made.statuses.push({ patient_id: person.id, since: iso(at), status, ward_id: ward });
  };
  change(start - 30 * DAY, "A", null);
  // The second stay is under a new number, as after a system was replaced.
  const numbers = [`0${400 + index}7${index % 10}`, `R-${person.id}`];
  for (let stay = 0; stay < STAYS; stay++) {
    const admitted = start + stay * BETWEEN_STAYS_DAYS * DAY + random.whole(6, 20) * 60 * MINUTE;
    const record = numbers[stay] ?? "";
    made.recordNumbers.push({ patient_id: person.id, since: iso(admitted - DAY), number: record });
    const ward = person.language === "pt" ? WARDS[1] : (WARDS[index % 2 === 0 ? 0 : 3] ?? WARDS[0]);
    change(admitted, "E", null);
    change(admitted + 180 * MINUTE, "I", ward.id);
    const intensive = random.next() < 0.4;
    if (intensive) {
      change(admitted + 2 * DAY, "I", 3);
      change(admitted + 4 * DAY, "I", ward.id);
    }
    const days = random.whole(4, 6);
    const write = (at: number, day: number, place: string, kind: Occasion["kind"] = "daily"): void => {
      made.notes.push(noteOf(person, { at, day, ward: place, record, kind }, random, made.notes.length));
    };
    write(admitted + 60 * MINUTE, 1, EMERGENCY[person.language]);
    for (let day = 1; day < days; day++) {
      const where = intensive && day >= 2 && day < 4 ? WARDS[2].name : ward.name;
      write(admitted + 200 * MINUTE + day * DAY + random.whole(0, 300) * MINUTE, day + 1, where);
    }
    const end = admitted + days * DAY + 300 * MINUTE;
    if (index === DIED && stay === STAYS - 1) {
      change(end, "X", null);
      continue;
    }
    write(end, days, ward.name, "discharge");
    change(end + 30 * MINUTE, "D", null);
    change(end + FOLLOW_UP_DAYS * DAY, "A", null);
    write(end + FOLLOW_UP_DAYS * DAY + 60 * MINUTE, 1, CLINIC[person.language]);
  }
  const { id, name, born, sex, phone, address, relative } = person;
  made.patient = {
    id,
    name,
    born,
    sex,
    phone,
    address,
    relative,
    status: String(made.statuses.at(-1)?.["status"] ?? "A"),
    record_number: numbers.at(-1) ?? "",
    ward_id: null,
    created_at: iso(start - 30 * DAY),
    deleted: index === DELETED ? 1 : 0,
  };
  return made;
}

interface Occasion {
  at: number;
  day: number;
  ward: string;
  record: string;
  kind: "daily" | "discharge";
}

function noteOf(person: RecordPerson, occasion: Occasion, random: Random, number: number): Row {
  const sentences = NOTE_SENTENCES[person.language];
  const daily = [
    `${random.pick(sentences.openings)} ${random.pick(sentences.findings)}`,
    random.pick(sentences.plans),
    random.pick(sentences.remarks),
    sentences.signature,
  ].filter((line) => line !== "");
  const text = occasion.kind === "daily" ? daily.join("\n") : `${sentences.discharge}\n${sentences.signature}`;
  const words = wordsFor(person, occasion, random);
  return {
    id: `note-${person.id}-${number + 1}`,
    patient_id: person.id,
    kind: occasion.kind,
    written_at: iso(occasion.at),
    text: text.replaceAll(/\{(\w+)\}/g, (_, name: string) => words[name] ?? ""),
  };
}

function wordsFor(person: RecordPerson, { at, day, ward, record }: Occasion, random: Random): Record<string, string> {
  const { name, sex, born, phone, address, relative, language } = person;
  const parts = name.split(" ");
  const title = language === "pt" ? (sex === "F" ? "Sra." : "Sr.") : sex === "F" ? "Mrs." : "Mr.";
  const told = (date: string): string => {
    const [year = "", month = "", dayOfMonth = ""] = date.split("-");
    return `${dayOfMonth}/${month}/${year}`;
  };
  const decimal = (value: number): string => value.toFixed(1).replace(".", language === "pt" ? "," : ".");
  return {
    name,
    given: parts[0] ?? "",
    family: parts.at(-1) ?? "",
    title,
    ward,
    record,
    phone,
    address,
    relative,
    born: told(born),
    date: told(iso(at + random.whole(1, 20) * DAY).slice(0, 10)),
    day: String(day),
    doctor: random.pick(DOCTORS[language]),
    nurse: random.pick(NURSES[language]),
    licence: String(random.whole(10_000, 99_999)),
    systolic: String(random.whole(105, 155)),
    diastolic: String(random.whole(60, 90)),
    pulse: String(random.whole(62, 104)),
    saturation: String(random.whole(93, 99)),
    temperature: decimal(random.between(36, 38.6)),
    crp: String(random.whole(3, 140)),
    creatinine: decimal(random.between(0.6, 1.9)),
    haemoglobin: decimal(random.between(9, 15)),
  };
}

function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
