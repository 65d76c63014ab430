import type { ReactNode } from "react";
import { useExportKind } from "../../selection.ts";
import { NewImagingExport } from "./new-imaging-export.tsx";
import { NewResourcesExport } from "./resources/new-resources-export.tsx";
import { NewNotesExport } from "./tables/new-notes-export.tsx";
import { NewStudiesExport } from "./tables/new-studies-export.tsx";

/** A new export, of what was picked last: images, notes, the study list, or resources. */
export function NewExport(): ReactNode {
  const kind = useExportKind();
  if (kind === "notes") return <NewNotesExport />;
  if (kind === "studies") return <NewStudiesExport />;
  return kind === "imaging" ? <NewImagingExport /> : <NewResourcesExport kind={kind} />;
}
