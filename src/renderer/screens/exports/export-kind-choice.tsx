import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { chooseExportKind, type ExportKind } from "../../selection.ts";
import classes from "./exports.module.css";

const KINDS = [
  "imaging",
  "notes",
  "studies",
  "fhir",
  "view",
  "observations",
  "report",
  "quality",
] as const satisfies readonly ExportKind[];

/** Images, notes, the study list, or FHIR and what is made of it: what was chosen for one is kept while another is looked at. */
export function ExportKindChoice({ kind }: { kind: ExportKind }): ReactNode {
  const { resourceExports, tables } = useLabels();
  const words = { ...tables.kind, ...resourceExports.kinds };
  return (
    <SegmentedControl
      aria-label={tables.kind.label}
      size="xs"
      classNames={{ root: classes.kindChoice }}
      value={kind}
      data={KINDS.map((value) => ({ value, label: words[value] }))}
      onChange={(chosen) => chooseExportKind(chosen)}
    />
  );
}
