import type { ExamRow } from "../../../../contract/calls/records.ts";
import { EXAM_COLUMNS, type ExamColumn, type ExamSort } from "../../../../contract/records.ts";
import type { Labels } from "../../../labels/en/index.ts";
import type { Format } from "../../../parts/format.ts";
import { Name } from "../../../parts/name.tsx";
import type { Column, Sort } from "../../../parts/virtual-table/columns.ts";

/** In the order in which a person reads them, with their widths; the others follow, hidden. */
const SHOWN: Partial<Record<ExamColumn, number>> = {
  order_datetime: 176,
  patient_name: 210,
  medical_record_no: 128,
  exam_source: 90,
  exam_description: 240,
  exam_status: 120,
  exam_room: 120,
  exam_equipment: 140,
  check_in_datetime: 176,
  patient_age: 64,
};
const HIDDEN_WIDTH = 150;

/** The orders that the study list has, by column. */
const SORTS: Record<ExamSort, Sort> = {
  order_datetime_desc: { column: "order_datetime", descending: true },
  order_datetime_asc: { column: "order_datetime", descending: false },
  patient_name_asc: { column: "patient_name", descending: false },
};

/** The order that a heading asks for. Names have one direction alone. */
export function toExamSort(sort: Sort | undefined): ExamSort {
  if (sort?.column === "patient_name") return "patient_name_asc";
  return sort?.column === "order_datetime" && !sort.descending ? "order_datetime_asc" : "order_datetime_desc";
}

export function toTableSort(sort: ExamSort): Sort {
  return SORTS[sort];
}

export function examColumns({ browseRecords, records }: Labels, format: Format): Column<ExamRow>[] {
  const named = Object.keys(SHOWN) as ExamColumn[];
  const others = EXAM_COLUMNS.filter((column) => SHOWN[column] === undefined);
  const sortable = new Set(Object.values(SORTS).map(({ column }) => column));
  return [
    ...[...named, ...others].map((column): Column<ExamRow> => ({
      id: column,
      label: records.examColumns[column],
      width: SHOWN[column] ?? HIDDEN_WIDTH,
      sortable: sortable.has(column),
      fixed: column === "order_datetime",
      hidden: SHOWN[column] === undefined,
      ...(column === "patient_age" ? { align: "end" } : {}),
      cell: ({ values }) =>
        column === "patient_name" ? (
          <Name value={values[column] ?? ""} />
        ) : (
          sayExamValue(column, values[column], format)
        ),
    })),
    { id: "source", label: browseRecords.columns.source, width: 140, hidden: true, cell: (row) => row.source },
  ];
}

/** A value as people read it; "" where there is none. */
export function sayExamValue(column: ExamColumn, value: string | null, format: Format): string {
  if (value === null) return "";
  if (column.endsWith("_datetime")) return format.wallTime(value);
  return column === "patient_birth_date" ? format.date(value) : value;
}
