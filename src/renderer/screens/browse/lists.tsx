import { useMemo, type ReactNode } from "react";
import type { PatientRow, StudyRow } from "../../../contract/calls/find.ts";
import { PATIENT_COLUMNS, STUDY_COLUMNS, type SearchFilter } from "../../../contract/search.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { isPatientPicked, isStudyPicked, keyOfPatient, withPatients, withStudies } from "../../selection.ts";
import type { Sort } from "../../parts/virtual-table/columns.ts";
import type { RememberedTable } from "../../parts/virtual-table/use-table-layout.ts";
import { useWindows, type Windows } from "../../parts/virtual-table/use-windows.ts";
import { changeBrowse, useBrowse } from "./browse-state.ts";
import { patientColumns, studyColumns } from "./columns.tsx";
import { PickingTable } from "./picking-table.tsx";
import type { PickingOf } from "./use-picking.ts";

const PATIENTS: PickingOf<PatientRow> = { kind: "patients", isPicked: isPatientPicked, withRows: withPatients };
const STUDIES: PickingOf<StudyRow> = { kind: "studies", isPicked: isStudyPicked, withRows: withStudies };

const close = (): void => changeBrowse({ opened: undefined });

/** The stored order, where its column can still be sorted by. */
function sortOf<C extends string>(
  sort: Sort | undefined,
  columns: readonly C[],
  otherwise: C,
  descending: boolean,
): { column: C; descending: boolean } {
  const column = columns.find((one) => one === sort?.column);
  return column === undefined || sort === undefined
    ? { column: otherwise, descending }
    : { column, descending: sort.descending };
}

/** Patients by name, unless a person sorted them otherwise. */
export function usePatients(filter: SearchFilter, table: RememberedTable): Windows<PatientRow> & { sort: Sort } {
  const sort = sortOf(table.sort, PATIENT_COLUMNS, "name", false);
  const question = { ...filter, sort };
  const windows = useWindows(["find.patients", question], (client, window, signal) =>
    client["find.patients"]({ ...question, ...window }, signal),
  );
  return { ...windows, sort };
}

/** Studies, newest first, unless a person sorted them otherwise. */
export function useStudies(filter: SearchFilter, table: RememberedTable): Windows<StudyRow> & { sort: Sort } {
  const sort = sortOf(table.sort, STUDY_COLUMNS, "studyDate", true);
  const question = { ...filter, sort };
  const windows = useWindows(["find.studies", question], (client, window, signal) =>
    client["find.studies"]({ ...question, ...window }, signal),
  );
  return { ...windows, sort };
}

export function PatientList({
  filter,
  table,
  windows,
}: {
  filter: SearchFilter;
  table: RememberedTable;
  windows: Windows<PatientRow> & { sort: Sort };
}): ReactNode {
  const labels = useLabels().browse;
  const format = useFormat();
  const { opened } = useBrowse();
  const columns = useMemo(() => patientColumns(labels, format), [labels, format]);
  const openKey = opened?.kind === "patient" ? keyOfPatient(opened.patient) : undefined;
  return (
    <PickingTable
      label={labels.tabs.patients}
      of={PATIENTS}
      filter={filter}
      columns={columns}
      table={table}
      sort={windows.sort}
      windows={windows}
      isOpen={openKey === undefined ? undefined : (row) => keyOfPatient(row) === openKey}
      onOpen={({ patientId, issuer }) => changeBrowse({ opened: { kind: "patient", patient: { patientId, issuer } } })}
      onClose={close}
    />
  );
}

export function StudyList({
  filter,
  table,
  windows,
}: {
  filter: SearchFilter;
  table: RememberedTable;
  windows: Windows<StudyRow> & { sort: Sort };
}): ReactNode {
  const labels = useLabels().browse;
  const format = useFormat();
  const { opened } = useBrowse();
  const columns = useMemo(() => studyColumns(labels, format, table.rowHeight - 4), [labels, format, table.rowHeight]);
  const open = opened?.kind === "study" ? opened.study : undefined;
  return (
    <PickingTable
      label={labels.tabs.studies}
      of={STUDIES}
      filter={filter}
      columns={columns}
      table={table}
      sort={windows.sort}
      windows={windows}
      isOpen={
        open === undefined
          ? undefined
          : (row) => row.studyInstanceUid === open.studyInstanceUid && keyOfPatient(row) === keyOfPatient(open)
      }
      onOpen={({ studyInstanceUid, patientId, issuer }) =>
        changeBrowse({ opened: { kind: "study", study: { studyInstanceUid, patientId, issuer } } })
      }
      onClose={close}
    />
  );
}
