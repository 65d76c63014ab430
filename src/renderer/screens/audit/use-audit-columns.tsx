import { useMemo } from "react";
import type { AuditRow } from "../../../contract/calls/audit.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import type { Column } from "../../parts/virtual-table/columns.ts";

/** The columns of the audit table. */
export function useAuditColumns(): readonly Column<AuditRow>[] {
  const { columns } = useLabels().audit;
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "sequence",
        label: columns.sequence,
        width: 64,
        align: "end",
        fixed: true,
        cell: (row) => format.count(row.sequence),
      },
      { id: "at", label: columns.at, width: 176, cell: (row) => format.dateTime(row.at) },
      { id: "user", label: columns.user, width: 104, cell: (row) => row.user },
      { id: "action", label: columns.action, width: 136, cell: (row) => row.action },
      { id: "result", label: columns.result, width: 112, cell: (row) => row.result },
      { id: "subjects", label: columns.subjects, width: 160, cell: (row) => row.subjects.join(", ") },
      { id: "policy", label: columns.policy, width: 192, cell: (row) => row.policy },
      { id: "destination", label: columns.destination, width: 200, cell: (row) => row.destination },
    ],
    [columns, format],
  );
}
