import type { Random } from "../random.ts";
import { DOCTORS, RECORD_PEOPLE } from "./record-people.ts";

const EXAMS = 60;
const DAY = 24 * 60 * 60_000;
const FIRST_DAY = Date.UTC(2023, 5, 1);

/** What is examined without images that Satchel could read. */
const KINDS = [
  {
    source: "ECG",
    item: "ECG-12",
    description: "Resting ECG, 12 leads",
    room: "Room 2",
    equipment: "ECG-A",
    type: "Cardiograph",
  },
  {
    source: "EEG",
    item: "EEG-R",
    description: "EEG, routine",
    room: "Room 5",
    equipment: "EEG-1",
    type: "Encephalograph",
  },
  {
    source: "ES",
    item: "ES-G",
    description: "Gastroscopy",
    room: "Endoscopy 1",
    equipment: "SCOPE-3",
    type: "Endoscope",
  },
  { source: "PFT", item: "PFT-S", description: "Spirometry", room: "Room 8", equipment: "SPIRO-2", type: "Spirometer" },
] as const;
const STATUSES = ["Ordered", "Checked in", "Certified", "Certified", "Certified", "Cancelled"] as const;

/** Exams of the patients in the demo's records; what was only ordered has no check-in. */
export function demoExams(random: Random): Record<string, string | number | null>[] {
  return Array.from({ length: EXAMS }, (_, number) => {
    const person = random.pick(RECORD_PEOPLE);
    const kind = random.pick(KINDS);
    const status = random.pick(STATUSES);
    const ordered = FIRST_DAY + number * 9 * DAY + random.whole(7 * 60, 16 * 60) * 60_000;
    const checkedIn = status === "Ordered" || status === "Cancelled" ? null : ordered + random.whole(1, 5) * DAY;
    const certified = status === "Certified" && checkedIn !== null ? checkedIn + random.whole(2, 30) * 3_600_000 : null;
    return {
      exam_id: `EX-${String(number + 1).padStart(5, "0")}`,
      medical_record_no: person.id,
      application_order_no: `ORD-${7000 + number}`,
      patient_name: person.name,
      patient_gender: person.sex,
      patient_birth_date: person.born,
      patient_age: ageAt(person.born, new Date(checkedIn ?? ordered)),
      exam_status: status,
      exam_source: kind.source,
      exam_item: kind.item,
      exam_description: kind.description,
      exam_room: kind.room,
      exam_equipment: kind.equipment,
      equipment_type: kind.type,
      order_datetime: iso(ordered),
      check_in_datetime: checkedIn === null ? null : iso(checkedIn),
      report_certification_datetime: certified === null ? null : iso(certified),
      certified_physician: certified === null ? null : random.pick(DOCTORS[person.language]),
    };
  });
}

function ageAt(born: string, day: Date): number {
  const had = day.toISOString().slice(5, 10) >= born.slice(5);
  return day.getUTCFullYear() - Number(born.slice(0, 4)) - (had ? 0 : 1);
}

function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
