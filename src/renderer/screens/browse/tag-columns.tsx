import type { elementRow } from "../../../contract/calls/find.ts";
import type { z } from "../../../contract/schema.ts";
import type { Labels } from "../../labels/en/index.ts";
import type { Column } from "../../parts/virtual-table/columns.ts";
import styles from "./browse.module.css";

export type ElementRow = z.infer<typeof elementRow>;

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

/** Elements in whose tag, name or value every word occurs, in any case; what encloses one that is found stays with it. */
export function filterElements<R extends Pick<ElementRow, "tag" | "name" | "value" | "depth">>(
  rows: readonly R[],
  text: string,
): R[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [...rows];
  const kept = new Set<R>();
  const enclosing: R[] = [];
  for (const row of rows) {
    enclosing.length = Math.min(enclosing.length, row.depth);
    enclosing[row.depth] = row;
    const searched = `${row.tag} ${row.name} ${row.value}`.toLowerCase();
    if (!words.every((word) => searched.includes(word))) continue;
    for (const outer of enclosing) if (outer !== undefined) kept.add(outer);
  }
  return rows.filter((row) => kept.has(row));
}
