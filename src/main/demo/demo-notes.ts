import { existsSync, writeFileSync } from "node:fs";
import { toPlainCsv } from "./plain-csv.ts";
import { NORTH_PATIENTS } from "./patients-north.ts";
import type { DemoPatient } from "./patients.ts";

/** How the columns of the demo's notes are read: a mapping as a user writes one. */
export const DEMO_NOTES_MAPPING = {
  version: 1,
  name: "Demo notes",
  timeZone: "Europe/London",
  holds: "notes",
  columns: {
    patientId: "patient",
    noteId: "note",
    at: "written_at",
    content: "text",
    patientName: "name",
    birthDate: "born",
    gender: "sex",
    recordNumber: "patient",
    ward: "ward",
    status: "status",
  },
  statuses: { inpatient: "inpatient", outpatient: "outpatient" },
} as const;

/** Who gave out the numbers of these patients: the same as in their images, so that both are linked. */
export const DEMO_NOTES_ISSUER = NORTH_PATIENTS[0]?.issuer ?? "";

const HEADER = ["patient", "name", "born", "sex", "ward", "status", "note", "written_at", "text"] as const;
const WARDS = ["Ward 3 North", "Day clinic"] as const;

/** Notes on the demo patients of the north site, as a hospital would hand them over: one CSV file. */
export function writeDemoNotes(file: string): void {
  if (existsSync(file)) return;
  const rows = NORTH_PATIENTS.flatMap((patient, index) =>
    textsOf(patient).map((text, day) => [
      patient.id,
      spoken(patient.name),
      patient.birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3"),
      patient.sex,
      WARDS[index % WARDS.length] ?? "",
      index % 2 === 0 ? "inpatient" : "outpatient",
      `note-${patient.key}-${day + 1}`,
      `2024-0${1 + (index % 9)}-1${day}T0${8 + (day % 2)}:30:00+00:00`,
      text,
    ]),
  );
  writeFileSync(file, toPlainCsv([HEADER, ...rows]), { mode: 0o600, flag: "wx" });
}

/** "Doe^Jane^Quinn^^" as "Jane Quinn Doe"; what stands in other scripts is left out. */
function spoken(name: string): string {
  const [family = "", given = "", middle = ""] = (name.split("=")[0] ?? "").split("^");
  return [given, middle, family].filter((part) => part !== "").join(" ");
}

function textsOf({ name, telephone, address, history, referring }: DemoPatient): string[] {
  const who = spoken(name);
  return [
    `${who} was admitted today. ${history ?? "No history of note."} Referred by ${spoken(referring)}.`,
    `Seen on the morning round. BP 128/76, SpO2 97 % on room air. ${who} walks without help; Glasgow 15.`,
    `Discharge is planned. The family can be reached at ${telephone}; home address ${address}.`,
  ];
}
