import { CITIES, FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES, PARTICLES, STREETS, WARDS } from "./eqmd-words.ts";
import { seededRandom, type Random } from "./seeded-random.ts";

/** Microseconds since 1970, UTC. */
export type Moment = number;

/** Where the database shows what a patient's status was: everywhere, in events and admissions, in admissions alone, or nowhere. */
export type EqmdEvidence = "history" | "events" | "admissions" | "none";

/** What is invented of one patient: the truth that a reader of the database should find. */
export interface EqmdPatient {
  index: number;
  id: string;
  name: string;
  /** ISO date. */
  birthday: string;
  gender: "M" | "F" | "O" | "N";
  healthcardNumber: string;
  idNumber: string;
  fiscalNumber: string;
  phone: string;
  address: string;
  city: string;
  state: string;
  zipCode: string;
  bed: string;
  createdAt: Moment;
  /** Oldest first; the last one holds now. `ward`: its number in WARDS. */
  statuses: { from: Moment; status: 1 | 2 | 3 | 4 | 5 | 6; ward: number | null }[];
  evidence: EqmdEvidence;
  /** Oldest first; the last one holds now. Empty where there never was one. */
  recordNumbers: { from: Moment; recordNumber: string }[];
  /** What the history has until a moment in place of what holds now; null where nothing ever changed. */
  former: EqmdFormer | null;
  deleted: boolean;
}

export interface EqmdFormer extends Pick<
  EqmdPatient,
  "name" | "healthcardNumber" | "idNumber" | "fiscalNumber" | "phone" | "address" | "city" | "zipCode"
> {
  until: Moment;
}

/** The first patients are there for one purpose each; all others are drawn. */
export const EQMD_ROLES = [
  "leap-day",
  "over-89",
  "birthday-eve",
  "deleted",
  "no-record-number",
  "changed-record-numbers",
  "ties",
  "microseconds",
  "long-notes",
  "formulas",
  "no-history",
  "nasty-text",
  "summer-time",
  "changed-name",
] as const;
export type EqmdRole = (typeof EQMD_ROLES)[number];

export function momentOf(text: string): Moment {
  const [whole = "", fraction = ""] = text.replace(/(Z|[+-]\d\d:\d\d)$/, "").split(".");
  const zone = /(Z|[+-]\d\d:\d\d)$/.exec(text)?.[0] ?? "Z";
  return Date.parse(whole + zone) * 1000 + Number(fraction.padEnd(6, "0"));
}

/** As PostgreSQL reads it: UTC, six digits. */
export function writeMoment(moment: Moment): string {
  const text = new Date(Math.floor(moment / 1000)).toISOString();
  return `${text.slice(0, -1)}${String(moment % 1000).padStart(3, "0")}+00:00`;
}

const DAY = 86_400_000_000;
const EQMD_FIRST = momentOf("2019-01-01T03:00:00Z");
export const EQMD_LAST = momentOf("2025-06-30T03:00:00Z");

export function eqmdPatient(seed: number, index: number): EqmdPatient {
  const random = seededRandom(seed, index * 2);
  const role = EQMD_ROLES[index];
  const gender = random.pick(["F", "M", "F", "M", "F", "M", "O", "N"] as const);
  const name = role === "nasty-text" ? "Inês D'Ávila Sant'Ana-Conceição" : drawName(random, gender);
  const createdAt = role === "summer-time" ? momentOf("2011-10-01T12:00:00Z") : EQMD_FIRST + random.below(900) * DAY;
  const [city, state] = random.pick(CITIES);
  return {
    index,
    id: random.uuid(),
    name,
    birthday: drawBirthday(random, role),
    gender,
    healthcardNumber: random.digits(15),
    idNumber: `${random.digits(8)}-${random.digits(2)}`,
    fiscalNumber: `${random.digits(3)}.${random.digits(3)}.${random.digits(3)}-${random.digits(2)}`,
    phone: `(71) 9${random.digits(4)}-${random.digits(4)}`,
    address: `${random.pick(STREETS)}, ${1 + random.below(900)}`,
    city,
    state,
    zipCode: `40${random.digits(3)}-${random.digits(3)}`,
    bed: random.chance(0.5) ? `${1 + random.below(30)}${random.pick(["A", "B"])}` : "",
    createdAt,
    statuses: drawStatuses(random, createdAt),
    evidence: drawEvidence(random, role),
    recordNumbers: drawRecordNumbers(random, role, createdAt),
    former: role === "changed-name" ? drawFormer(seed, index, createdAt) : null,
    deleted: role === "deleted" || (role === undefined && random.chance(0.02)),
  };
}

function drawName(random: Random, gender: EqmdPatient["gender"]): string {
  const given = random.pick(gender === "M" ? MALE_NAMES : FEMALE_NAMES);
  const second = random.chance(0.4) ? ` ${random.pick(gender === "M" ? MALE_NAMES : FEMALE_NAMES)}` : "";
  const particle = random.pick(PARTICLES);
  return `${given}${second} ${random.pick(FAMILY_NAMES)} ${particle === "" ? "" : `${particle} `}${random.pick(FAMILY_NAMES)}`;
}

/** A maiden name, and everything else by which the patient was known then. No word of it is another patient's. */
function drawFormer(seed: number, index: number, createdAt: Moment): EqmdFormer {
  const random = seededRandom(seed, index + 9_000_000);
  return {
    until: createdAt + 400 * DAY + 3_600_000_000,
    name: "Marilza Quintanilha Bragatto",
    healthcardNumber: random.digits(15),
    idNumber: `${random.digits(8)}-${random.digits(2)}`,
    fiscalNumber: `${random.digits(3)}.${random.digits(3)}.${random.digits(3)}-${random.digits(2)}`,
    phone: `(75) 9${random.digits(4)}-${random.digits(4)}`,
    address: `Rua Ipirabuçu, ${1 + random.below(900)}`,
    city: "Muritinga do Sul",
    zipCode: `41${random.digits(3)}-${random.digits(3)}`,
  };
}

function drawBirthday(random: Random, role: EqmdRole | undefined): string {
  if (role === "leap-day") return "1960-02-29";
  if (role === "over-89") return "1931-05-10";
  if (role === "birthday-eve") return "1980-03-15";
  if (role === "summer-time") return "1970-12-20";
  if (random.chance(0.01)) return `19${random.pick(["40", "64", "88", "96"])}-02-29`;
  const year = 1928 + random.below(90);
  return `${year}-${String(1 + random.below(12)).padStart(2, "0")}-${String(1 + random.below(28)).padStart(2, "0")}`;
}

function drawEvidence(random: Random, role: EqmdRole | undefined): EqmdEvidence {
  if (role !== undefined) return role === "no-history" ? "none" : "history";
  const drawn = random.next();
  return drawn < 0.7 ? "history" : drawn < 0.85 ? "events" : drawn < 0.95 ? "admissions" : "none";
}

/** Discharge sets status 1, as `discharge_patient()` does; 4 and 5 come from the edit form, seldom. */
function drawStatuses(random: Random, createdAt: Moment): EqmdPatient["statuses"] {
  const statuses: EqmdPatient["statuses"] = [{ from: createdAt, status: 1, ward: null }];
  let at = createdAt;
  for (let stay = random.below(4); stay > 0; stay--) {
    at += (20 + random.below(300)) * DAY + random.below(DAY);
    if (at > EQMD_LAST) break;
    const ward = random.below(WARDS.length);
    if (random.chance(0.3)) {
      statuses.push({ from: at, status: 3, ward });
      at += random.below(DAY);
    }
    statuses.push({ from: at, status: 2, ward });
    if (random.chance(0.2)) {
      at += (1 + random.below(4)) * DAY;
      statuses.push({ from: at, status: 2, ward: random.below(WARDS.length) });
    }
    at += (1 + random.below(20)) * DAY + random.below(DAY);
    const end = random.next();
    if (end < 0.05) return [...statuses, { from: at, status: 6, ward: null }];
    if (end < 0.9 || at < EQMD_LAST - 200 * DAY)
      statuses.push({ from: at, status: end < 0.1 ? 5 : end < 0.2 ? 4 : 1, ward: null });
  }
  return statuses;
}

function drawRecordNumbers(
  random: Random,
  role: EqmdRole | undefined,
  createdAt: Moment,
): EqmdPatient["recordNumbers"] {
  if (role === "no-record-number" || (role === undefined && random.chance(0.03))) return [];
  const numbers = [{ from: createdAt, recordNumber: random.digits(7) }];
  const changes = role === "changed-record-numbers" ? 3 : random.chance(0.1) ? 1 : 0;
  for (let change = 1; change <= changes; change++)
    numbers.push({ from: createdAt + change * (200 + random.below(100)) * DAY, recordNumber: random.digits(7) });
  return numbers;
}
