import type { EqmdTruth } from "./eqmd-database.ts";
import type { EqmdNote } from "./eqmd-notes.ts";
import { writeMoment } from "./eqmd-patients.ts";
import { eventRow, EVENT_COLUMNS } from "./eqmd-rows.ts";
import type { TableLoader } from "./postgres-table-loader.ts";

const OTHER_TABLES = [
  { type: 2, table: "simplenotes_simplenote" },
  { type: 0, table: "historyandphysicals_historyandphysical" },
  { type: 8, table: "reports_report" },
  { type: 6, table: "dischargereports_dischargereport" },
] as const;

/** A text of another kind, made of a daily note. */
export async function loadOther(loader: TableLoader, truth: EqmdTruth, note: EqmdNote): Promise<void> {
  const other = OTHER_TABLES[note.author % OTHER_TABLES.length];
  if (other === undefined) return;
  truth.otherNotes++;
  const id = `${note.id.slice(0, -1)}f`;
  const day = writeMoment(note.eventAt).slice(0, 10);
  const text = note.content.slice(0, 400);
  await loader.add(
    "events_event",
    EVENT_COLUMNS,
    eventRow({
      id,
      type: other.type,
      at: note.eventAt,
      patient: note.patient.id,
      author: note.author,
      deleted: false,
      draft: false,
    }),
  );
  if (other.table === "reports_report")
    await loader.add(
      other.table,
      ["event_ptr_id", "title", "content", "document_date"],
      [id, "Relatório médico", text, day],
    );
  else if (other.table === "dischargereports_dischargereport")
    await loader.add(
      other.table,
      [
        "event_ptr_id",
        "admission_date",
        "discharge_date",
        "medical_specialty",
        "admission_history",
        "problems_and_diagnosis",
        "exams_list",
        "procedures_list",
        "inpatient_medical_history",
        "discharge_status",
        "discharge_recommendations",
      ],
      [
        id,
        day,
        day,
        "Clínica Médica",
        text,
        "Pneumonia",
        "Raio-X de tórax",
        "",
        "Evoluiu bem",
        "Melhorado",
        "Retorno em 30 dias",
      ],
    );
  else await loader.add(other.table, ["event_ptr_id", "content"], [id, text]);
}
