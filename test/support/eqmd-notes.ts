import { EQMD_LAST, EQMD_ROLES, momentOf, type EqmdPatient, type EqmdRole, type Moment } from "./eqmd-patients.ts";
import { FAMILY_NAMES, FINDINGS, MALE_NAMES, PLANS } from "./eqmd-words.ts";
import { seededRandom, type Random } from "./seeded-random.ts";

/** One daily note, and what an independent reader must say of it. */
export interface EqmdNote {
  id: string;
  patient: EqmdPatient;
  eventAt: Moment;
  content: string;
  /** The number of who wrote it among the staff, from 1. */
  author: number;
  deleted: boolean;
  draft: boolean;
  /** Code at the time of the note; null where the note is older than the patient's record. */
  status: number | null;
  ward: number | null;
  /** At the time of the note; null where it is older than the first number, or there is none. */
  recordNumber: string | null;
  /** Whole years on the day of the note in America/Bahia. */
  age: number;
}

const EQMD_STAFF = 40;
/** Names by the number of their account, from 1. */
export function eqmdStaff(seed: number): { id: number; username: string; firstName: string; lastName: string }[] {
  return Array.from({ length: EQMD_STAFF }, (_, index) => {
    const random = seededRandom(seed, -1 - index);
    return {
      id: index + 1,
      username: `staff${index + 1}`,
      firstName: random.pick(MALE_NAMES),
      lastName: `${random.pick(FAMILY_NAMES)} ${random.pick(FAMILY_NAMES)}`,
    };
  });
}

/** How the notes are shared among the patients: skewed, some have none, the sum is exact. */
export function shareNotes(seed: number, patients: number, notes: number): number[] {
  const weights = Array.from({ length: patients }, (_, index) => {
    const random = seededRandom(seed, index * 2 + 1_000_003);
    if (index < EQMD_ROLES.length) return 1;
    return random.chance(0.1) ? 0 : random.next() ** 2 * 3;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  let given = 0;
  return weights.map((weight) => {
    reached += weight;
    const until = Math.round((notes * reached) / total);
    const share = until - given;
    given = until;
    return share;
  });
}

const SPECIAL_TIMES: Partial<Record<EqmdRole, readonly string[]>> = {
  "leap-day": [
    "2021-02-28T10:00:00-03:00",
    "2021-03-01T10:00:00-03:00",
    "2024-02-28T10:00:00-03:00",
    "2024-02-29T10:00:00-03:00",
  ],
  "over-89": [
    "2020-05-09T10:00:00-03:00",
    "2021-05-09T23:30:00-03:00",
    "2021-05-10T00:30:00-03:00",
    "2023-01-02T10:00:00-03:00",
  ],
  "birthday-eve": [
    "2022-03-14T21:00:00-03:00",
    "2022-03-14T22:30:00-03:00",
    "2022-03-14T23:59:59.999999-03:00",
    "2022-03-15T00:00:00-03:00",
  ],
  "changed-record-numbers": ["2018-06-01T10:00:00-03:00"],
  ties: ["2022-07-01T09:00:00-03:00", "2022-07-01T09:00:00-03:00", "2022-07-01T09:00:00-03:00"],
  microseconds: ["2022-07-01T09:00:00.000001-03:00", "2022-07-01T09:00:00.123456-03:00", "2022-07-01T09:00:00.1-03:00"],
  // Bahia kept summer time in 2011/12: UTC-2.
  "summer-time": [
    "2011-12-19T22:30:00-02:00",
    "2011-12-19T23:30:00-02:00",
    "2011-12-20T00:30:00-02:00",
    "2011-12-19T21:30:00-02:00",
  ],
};

const SPECIAL_TEXTS: Partial<Record<EqmdRole, readonly string[]>> = {
  formulas: [
    "=1+1",
    "+55 71 99999-0000",
    "-12,5",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "\"=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")',
  ],
  "nasty-text": [
    'Ela disse: "ai, que dor"',
    "linha 1\nlinha 2\r\nlinha 3\rfim",
    "a,b;c\td\\N",
    "مريضة 🤒 שלום \u202eabc\u202c",
    "\\.",
    "  ",
  ],
};

/** The daily notes of one patient, in no order. */
export function* eqmdNotes(seed: number, patient: EqmdPatient, count: number): Generator<EqmdNote> {
  const random = seededRandom(seed, patient.index * 2 + 1);
  const role = EQMD_ROLES[patient.index];
  const times = role === undefined ? [] : (SPECIAL_TIMES[role] ?? []);
  const texts = role === undefined ? [] : (SPECIAL_TEXTS[role] ?? []);
  for (let number = 0; number < count; number++) {
    const id = random.uuid();
    const time = times[number];
    const span = EQMD_LAST - patient.createdAt;
    const drawn = patient.createdAt + Math.floor((random.next() * span) / 60_000_000) * 60_000_000;
    const eventAt = time === undefined ? drawn : momentOf(time);
    const drawnText = writeText(random, patient);
    const long = role === "long-notes" && number < 2;
    const formerText = number < 3 ? writeFormerText(patient) : undefined;
    const special = number < Math.max(times.length, texts.length, 3) && role !== undefined;
    const status = latest(patient.statuses, eventAt);
    yield {
      id,
      patient,
      eventAt,
      content: long
        ? drawnText.repeat(Math.ceil(1_048_576 / drawnText.length))
        : (texts[number] ?? formerText ?? drawnText),
      author: 1 + random.below(EQMD_STAFF),
      deleted: random.chance(0.02) && !special,
      draft: random.chance(0.01) && !special,
      status: status?.status ?? null,
      ward: status?.ward ?? null,
      recordNumber: latest(patient.recordNumbers, eventAt)?.recordNumber ?? null,
      age: ageOn(patient.birthday, eventAt),
    };
  }
}

function latest<Entry extends { from: Moment }>(entries: readonly Entry[], at: Moment): Entry | undefined {
  return entries.findLast((entry) => entry.from <= at);
}

/** By hand, so that it agrees with the product by being right and not by being the same. */
function ageOn(birthday: string, at: Moment): number {
  const summer = at >= momentOf("2011-10-16T03:00:00Z") && at < momentOf("2012-02-26T02:00:00Z");
  const local = new Date(Math.floor(at / 1000) - (summer ? 2 : 3) * 3_600_000).toISOString();
  const years = Number(local.slice(0, 4)) - Number(birthday.slice(0, 4));
  return local.slice(5, 10) < birthday.slice(5) ? years - 1 : years;
}

/** What a note bears of a patient who was known otherwise before. */
function writeFormerText({ former }: EqmdPatient): string | undefined {
  if (former === null) return undefined;
  const { name, phone, address, city, zipCode, fiscalNumber, healthcardNumber, idNumber } = former;
  return [
    `Evolução de ${name}, 2º DIH. Sra. ${name.split(" ").at(-1)} refere melhora da dor.`,
    `Contato da família: ${phone}. CPF ${fiscalNumber}, RG ${idNumber}, CNS ${healthcardNumber}.`,
    `Reside em ${address}, ${city}, CEP ${zipCode}. ${PLANS[0]}`,
  ].join("\n");
}

function writeText(random: Random, patient: EqmdPatient): string {
  const lines: string[] = [];
  if (random.chance(0.3)) lines.push(`Evolução de ${patient.name}, ${random.pick(["1º", "2º", "3º", "7º"])} DIH.`);
  if (random.chance(0.1))
    lines.push(
      `Contato da família: ${patient.phone}. CPF ${patient.fiscalNumber}, nasc. ${patient.birthday.split("-").toReversed().join("/")}.`,
    );
  const number = patient.recordNumbers[0]?.recordNumber;
  if (number !== undefined && random.chance(0.1))
    lines.push(`Prontuário ${number}; reside em ${patient.address}, ${patient.city}.`);
  for (let left = 4 + random.below(7); left > 0; left--) lines.push(random.pick(FINDINGS));
  lines.push(random.pick(PLANS));
  if (random.chance(0.5))
    lines.push(`Dr. ${random.pick(MALE_NAMES)} ${random.pick(FAMILY_NAMES)} - CRM ${random.digits(5)}`);
  return lines.join(random.chance(0.5) ? "\n" : " ");
}
