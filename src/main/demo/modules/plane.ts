import type { Header } from "../header.ts";
import type { SeriesContext } from "./context.ts";

export interface SlicePosition {
  /** Columns and rows of the picture. */
  matrix: number;
  spacing: number;
  /** Along the axis that leaves the picture, in millimetres. */
  depth: number;
  /** To the next slice. */
  step: number;
}

/** Image Plane C.7.6.2 and Frame of Reference C.7.4.1, with the Patient Position of General Series. */
export function planeModule(context: SeriesContext, plane: "axial" | "sagittal", position: SlicePosition): Header {
  const { matrix, spacing, depth, step } = position;
  const corner = (-(matrix - 1) / 2) * spacing;
  const axial = plane === "axial";
  return {
    PatientPosition: axial ? "HFS" : "FFS",
    FrameOfReferenceUID: context.frameOfReferenceUid,
    PositionReferenceIndicator: null,
    PixelSpacing: [spacing, spacing],
    ImageOrientationPatient: axial ? [1, 0, 0, 0, 1, 0] : [0, 1, 0, 0, 0, -1],
    ImagePositionPatient: axial ? [corner, corner, depth] : [depth, corner, -corner],
    SliceThickness: Math.min(5, Math.abs(step)),
    SpacingBetweenSlices: context.series.kind === "mr" ? Math.abs(step) : undefined,
    SliceLocation: depth,
    Laterality: axial ? undefined : "L",
  };
}
