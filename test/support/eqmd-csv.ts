import { createWriteStream } from "node:fs";
import { once } from "node:events";
import type { EqmdNote } from "./eqmd-notes.ts";
import { writeMoment } from "./eqmd-patients.ts";

export const EQMD_STATUS_LABELS: Record<number, string> = {
  1: "Ambulatorial",
  2: "Internado",
  3: "Emergência",
  4: "Alta",
  5: "Transferido",
  6: "Óbito",
};

/** As Python's csv module writes a cell: quoted only where it must be. */
function pythonCell(value: string, delimiter = ","): string {
  return /["\r\n]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
}

export function pythonRow(cells: readonly string[], delimiter = ","): string {
  return `${cells.map((cell) => pythonCell(cell, delimiter)).join(delimiter)}\r\n`;
}

export const EQMD_CSV_HEADER =
  "patient_id,patient_record_number,patient_gender,patient_age_at_note,patient_status,note_id,note_event_datetime,note_content\r\n";

/** The row of a note as `export_patient_data` writes it: status and record number of now, moments in UTC. */
export function eqmdCsvRow(note: EqmdNote): string {
  const { patient } = note;
  return pythonRow([
    patient.id,
    patient.recordNumbers.at(-1)?.recordNumber ?? "",
    patient.gender,
    String(note.age),
    EQMD_STATUS_LABELS[patient.statuses.at(-1)?.status ?? 1] ?? "",
    note.id,
    writeMoment(note.eventAt).replace(".000000", ""),
    note.content,
  ]);
}

/** The file of `export_patient_data`: neither drafts nor deleted notes, but those of deleted patients. @returns rows */
export async function writeEqmdCsv(path: string, notes: Iterable<EqmdNote>): Promise<number> {
  const file = createWriteStream(path);
  file.write(EQMD_CSV_HEADER);
  let rows = 0;
  for (const note of notes) {
    if (note.deleted || note.draft) continue;
    rows++;
    if (!file.write(eqmdCsvRow(note))) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
  return rows;
}
