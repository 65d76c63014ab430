import type { Header } from "../header.ts";
import { SECTOR_DEPTH_CM, sectorOf } from "../phantoms/ultrasound.ts";
import type { UsSeriesPlan } from "../plan.ts";

export const US_MULTIFRAME_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.3.1";

const FRAME_TIME_MS = 40;

/** Multi-frame C.7.6.6, Cine C.7.6.5, US Region Calibration C.8.5.5 and US Image C.8.5.6. */
export function usModule(plan: UsSeriesPlan, rows: number, columns: number): Header {
  const sector = sectorOf(columns, rows);
  const delta = SECTOR_DEPTH_CM / sector.outerRadius;
  const halfWidth = Math.ceil(Math.sin(sector.halfAngle) * sector.outerRadius);
  return {
    ImageType: ["ORIGINAL", "PRIMARY", plan.view === "heart" ? "" : "ABDOMINAL", "0001"],
    NumberOfFrames: plan.frames,
    FrameIncrementPointer: 0x00181063,
    FrameTime: FRAME_TIME_MS,
    CineRate: 25,
    RecommendedDisplayFrameRate: 25,
    StartTrim: 1,
    StopTrim: plan.frames,
    EffectiveDuration: (plan.frames * FRAME_TIME_MS) / 1000,
    HeartRate: plan.view === "heart" ? 63 : undefined,
    TransducerData: ["S5-1", "2.5 MHz", "SECTOR"],
    TransducerType: plan.view === "heart" ? "SECTOR_PHASED" : "CURVED LINEAR",
    MechanicalIndex: 1.1,
    BoneThermalIndex: 0.9,
    SoftTissueThermalIndex: 0.6,
    DepthOfScanField: SECTOR_DEPTH_CM * 10,
    ProcessingFunction: "HARMONIC",
    UltrasoundColorDataPresent: 0,
    BurnedInAnnotation: plan.regions ? "NO" : undefined,
    SequenceOfUltrasoundRegions: plan.regions
      ? [
          {
            RegionSpatialFormat: 1,
            RegionDataType: 1,
            RegionFlags: 2,
            RegionLocationMinX0: Math.max(0, sector.apexX - halfWidth),
            RegionLocationMinY0: sector.apexY,
            RegionLocationMaxX1: Math.min(columns - 1, sector.apexX + halfWidth),
            RegionLocationMaxY1: Math.min(rows - 1, Math.ceil(sector.apexY + sector.outerRadius)),
            ReferencePixelX0: sector.apexX - Math.max(0, sector.apexX - halfWidth),
            ReferencePixelY0: 0,
            PhysicalUnitsXDirection: 3,
            PhysicalUnitsYDirection: 3,
            ReferencePixelPhysicalValueX: 0,
            ReferencePixelPhysicalValueY: 0,
            PhysicalDeltaX: delta,
            PhysicalDeltaY: delta,
            TransducerFrequency: 2500,
          },
        ]
      : undefined,
  };
}
