import type { IndexedExam } from "../../src/main/sources/records-source.ts";
import { momentOf } from "./eqmd-patients.ts";
import { seededRandom, type Random } from "./seeded-random.ts";

/** The columns of `medical_examinations_fact` that are exported, moments in microseconds. */
export type PlatformExam = IndexedExam;

const FAMILY = ["王", "李", "张", "刘", "陈", "杨", "欧阳", "司马", "Smith", "O'Neil"] as const;
const GIVEN = ["伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "Anne-Marie"] as const;
const KINDS = [
  ["CT", "Chest CT", "CT Room 1", "GE Revolution", "CT"],
  ["MRI", "Brain MRI", "MRI Room 2", "Siemens Vida 3T", "MRI"],
  ["X-ray", "胸部正位", "DR Room", "Philips DigitalDiagnost", "DR"],
  ["Ultrasound", "腹部超声", "US Room 3", "Mindray Resona 7", "US"],
] as const;
const DESCRIPTIONS = [
  "Routine follow-up, compare with prior.",
  'Report says "no change", sent by fax',
  '=HYPERLINK("http://x")',
  "-5 mm nodule, left upper lobe",
  "第一行\n第二行",
  "100% _done_ (50%)",
  "",
] as const;

const DAY = 86_400_000_000;
/** Check-ins lie in two years of China's standard time from here on. */
const PLATFORM_FIRST = momentOf("2023-11-01T00:00:00+08:00");
const DAYS = 730;

/** The exams of one platform, the same for the same seed, in the order of their ids. */
export function* platformExams(seed: number, count: number): Generator<PlatformExam> {
  for (let number = 0; number < count; number++) yield drawExam(seededRandom(seed, number), number);
}

function drawExam(random: Random, number: number): PlatformExam {
  const [source, item, room, equipment, type] = random.pick(KINDS);
  const patient = random.below(4000);
  const who = seededRandom(77, patient);
  const birth = `${1930 + who.below(90)}-${String(1 + who.below(12)).padStart(2, "0")}-${String(1 + who.below(28)).padStart(2, "0")}`;
  // Many at the same minute: the server's order has no tiebreak.
  const ordered = PLATFORM_FIRST + random.below(DAYS) * DAY + random.below(600) * 60_000_000;
  const status = random.pick(["completed", "completed", "completed", "pending", "cancelled", "已完成"]);
  const arrived = status === "completed" || random.chance(0.5);
  const lastMinute =
    number % 97 === 0 ? DAY - 60_000_000 - ((ordered - PLATFORM_FIRST) % DAY) : random.below(180) * 60_000_000;
  const checkIn = arrived ? ordered + lastMinute + (number % 11 === 0 ? 123_456 : 0) : null;
  return {
    exam_id: `EX${String(number + 1).padStart(8, "0")}`,
    medical_record_no: random.chance(0.03) ? null : `MR${String(patient).padStart(6, "0")}`,
    application_order_no: random.chance(0.05) ? null : `AP${random.digits(9)}`,
    patient_name: `${who.pick(FAMILY)}${who.pick(GIVEN)}`,
    patient_gender: random.chance(0.02) ? null : who.pick(["M", "F", "F", "M", "U"]),
    patient_birth_date: random.pick([
      birth,
      birth,
      birth,
      birth,
      birth.replaceAll("-", "/"),
      birth.replaceAll("-", ""),
      "",
      "不详",
    ]),
    patient_age: random.chance(0.03) ? null : 2024 - Number(birth.slice(0, 4)),
    exam_status: status,
    exam_source: source,
    exam_item: item,
    exam_description: random.pick(DESCRIPTIONS),
    exam_room: random.chance(0.1) ? null : room,
    exam_equipment: equipment,
    equipment_type: type,
    order_datetime: ordered,
    check_in_datetime: checkIn,
    report_certification_datetime:
      status === "completed" && checkIn !== null ? checkIn + random.below(2880) * 60_000_000 : null,
    certified_physician: status === "completed" ? `Dr ${who.pick(FAMILY)}` : null,
  };
}
