import type { ResourceRow } from "../../../../contract/calls/resources.ts";
import type { Labels } from "../../../labels/en/index.ts";
import type { Format } from "../../../parts/format.ts";
import { Name } from "../../../parts/name.tsx";
import type { Column } from "../../../parts/virtual-table/columns.ts";
import { sayCode } from "./resource-facets.ts";

export function resourceColumns({ browseResources }: Labels, format: Format): Column<ResourceRow>[] {
  const { columns } = browseResources;
  return [
    { id: "day", label: columns.day, width: 120, sortable: true, fixed: true, cell: (row) => sayDay(row.day, format) },
    { id: "type", label: columns.type, width: 180, cell: (row) => row.type },
    { id: "code", label: columns.code, width: 280, cell: (row) => sayCode(row.code) },
    {
      id: "patientName",
      label: columns.patient,
      width: 200,
      cell: (row) => (row.patientName === "" ? "" : <Name value={row.patientName} />),
    },
    { id: "patientId", label: columns.patientId, width: 140, cell: (row) => row.patientId },
    { id: "source", label: columns.source, width: 140, cell: (row) => row.source },
    { id: "id", label: columns.id, width: 180, hidden: true, cell: (row) => row.id },
    {
      id: "lastUpdated",
      label: columns.lastUpdated,
      width: 170,
      hidden: true,
      cell: (row) => (row.lastUpdated === null ? "" : format.dateTime(row.lastUpdated)),
    },
    {
      id: "bytes",
      label: columns.bytes,
      width: 96,
      align: "end",
      hidden: true,
      cell: (row) => format.bytes(row.bytes),
    },
  ];
}

/** A day, or the year or month alone. */
export function sayDay(day: string, format: Format): string {
  return day.length === 10 ? format.date(day) : day;
}
