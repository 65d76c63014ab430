import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { chooseExportKind, type ExportKind } from "../../selection.ts";

const KINDS: readonly ExportKind[] = ["imaging", "notes", "studies"];

/** Images, notes or the study list: each keeps its own draft while another is looked at. */
export function ExportKindChoice({ kind }: { kind: ExportKind }): ReactNode {
  const labels = useLabels().tables.kind;
  return (
    <SegmentedControl
      aria-label={labels.label}
      size="xs"
      value={kind}
      data={KINDS.map((value) => ({ value, label: labels[value] }))}
      onChange={chooseExportKind}
    />
  );
}
