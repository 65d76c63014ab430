import type { Labels } from "../../labels/en/index.ts";
import type { Column } from "../../parts/virtual-table/columns.ts";
import type { ElementRow } from "./filter-elements.ts";
import styles from "./browse.module.css";

export function tagColumns(labels: Labels["browse"]["tags"]): Column<ElementRow>[] {
  return [
    { id: "tag", label: labels.tag, width: 104, cell: (row) => row.tag },
    {
      id: "name",
      label: labels.name,
      width: 170,
      cell: (row) => (
        <span className={styles.tagName} title={row.name} style={{ paddingInlineStart: row.depth * 12 }}>
          {row.name}
        </span>
      ),
    },
    { id: "value", label: labels.value, width: 260, cell: (row) => row.value },
    { id: "vr", label: labels.vr, width: 48, cell: (row) => row.vr },
  ];
}
