import type { NoteRow } from "../../../../contract/calls/records.ts";
import type { Labels } from "../../../labels/en/index.ts";
import type { Format } from "../../../parts/format.ts";
import { Name } from "../../../parts/name.tsx";
import type { Column } from "../../../parts/virtual-table/columns.ts";

export function noteColumns({ browseRecords, records }: Labels, format: Format): Column<NoteRow>[] {
  const { columns } = browseRecords;
  return [
    {
      id: "eventTime",
      label: columns.eventTime,
      width: 176,
      sortable: true,
      fixed: true,
      cell: (row) => format.wallTime(row.eventTime),
    },
    {
      id: "patientName",
      label: columns.patient,
      width: 210,
      sortable: true,
      cell: (row) => <Name value={row.patientName} />,
    },
    { id: "recordNumber", label: columns.recordNumber, width: 128, sortable: true, cell: (row) => row.recordNumber },
    { id: "beginning", label: columns.beginning, width: 380, cell: (row) => row.beginning },
    { id: "status", label: columns.status, width: 128, sortable: true, cell: (row) => records.statuses[row.status] },
    { id: "ward", label: columns.ward, width: 150, sortable: true, cell: (row) => row.ward },
    { id: "age", label: columns.age, width: 64, align: "end", cell: (row) => sayAge(row.age, format) },
    { id: "gender", label: columns.gender, width: 104, hidden: true, cell: (row) => records.genders[row.gender] },
    {
      id: "kind",
      label: columns.kind,
      width: 140,
      sortable: true,
      hidden: true,
      cell: (row) => records.noteKinds[row.kind],
    },
    {
      id: "length",
      label: columns.length,
      width: 104,
      align: "end",
      sortable: true,
      hidden: true,
      cell: (row) => format.count(row.length),
    },
    { id: "source", label: columns.source, width: 140, hidden: true, cell: (row) => row.source },
  ];
}

function sayAge(age: number | null, format: Format): string {
  return age === null ? "" : format.count(age);
}
