import type { ReactNode } from "react";
import { useExportKind } from "../../selection.ts";
import { NewImagingExport } from "./new-imaging-export.tsx";
import { NewNotesExport } from "./tables/new-notes-export.tsx";
import { NewStudiesExport } from "./tables/new-studies-export.tsx";

/** A new export, of what was picked last: images, notes or the study list. */
export function NewExport(): ReactNode {
  const kind = useExportKind();
  if (kind === "notes") return <NewNotesExport />;
  return kind === "studies" ? <NewStudiesExport /> : <NewImagingExport />;
}
