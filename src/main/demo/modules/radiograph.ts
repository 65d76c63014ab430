import type { Header } from "../header.ts";
import { FILM_WIDTH } from "../phantoms/radiograph.ts";
import type { RadiographSeriesPlan } from "../plan.ts";
import { code } from "./context.ts";

export const CR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.1";
export const DX_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.1.1";

const REGIONS = {
  chest: {
    anatomy: code("51185008", "SCT", "Chest"),
    view: code("399348003", "SCT", "antero-posterior"),
    position: "PA",
    kvp: 125,
  },
  hand: {
    anatomy: code("85562004", "SCT", "Hand"),
    view: code("272479007", "SCT", "postero-anterior"),
    position: "PA",
    kvp: 52,
  },
  knee: {
    anatomy: code("72696002", "SCT", "Knee"),
    view: code("399348003", "SCT", "antero-posterior"),
    position: "AP",
    kvp: 66,
  },
} as const;

function technique(plan: RadiographSeriesPlan): Header {
  const region = REGIONS[plan.view];
  return {
    KVP: region.kvp,
    DistanceSourceToDetector: plan.view === "chest" ? 1800 : 1150,
    DistanceSourceToPatient: plan.view === "chest" ? 1700 : 1100,
    ExposureTime: plan.view === "chest" ? 8 : 25,
    XRayTubeCurrent: 250,
    Exposure: plan.view === "chest" ? 2 : 6,
    ExposureInuAs: plan.view === "chest" ? 2000 : 6250,
    FocalSpots: 0.6,
    FilterType: "NONE",
    WindowCenter: 2048,
    WindowWidth: 3900,
    WindowCenterWidthExplanation: "STANDARD",
    BurnedInAnnotation: "NO",
    ViewPosition: region.position,
    PatientOrientation: plan.view === "hand" ? ["R", "P"] : ["L", "F"],
  };
}

/** CR Series C.8.1.1 and CR Image C.8.1.2, or the DX modules C.8.11.1 to C.8.11.5. */
export function radiographModule(plan: RadiographSeriesPlan, columns: number, operator: string): Header {
  const spacing = FILM_WIDTH[plan.view] / columns;
  const region = REGIONS[plan.view];
  const laterality = plan.view === "chest" ? "U" : "L";
  if (plan.modality === "CR")
    return {
      ...technique(plan),
      ImageType: ["ORIGINAL", "PRIMARY"],
      ImagerPixelSpacing: [spacing, spacing],
      PixelSpacing: [spacing, spacing],
      PlateID: "PLATE 0427",
      PlateType: "STORAGE PHOSPHOR",
      PhosphorType: "BAFBR",
      CassetteOrientation: "PORTRAIT",
      CassetteSize: "35CMX43CM",
      ExposuresOnPlate: 1312,
      RelativeXRayExposure: 410,
      Sensitivity: 400,
      AcquisitionDeviceProcessingDescription: `processed by ${operator.split("=")[0]?.split("^")[0] ?? ""}`,
      AcquisitionDeviceProcessingCode: "MUSICA 3",
      Laterality: plan.view === "chest" ? undefined : "L",
    };
  return {
    ...technique(plan),
    ImageType: ["ORIGINAL", "PRIMARY", ""],
    PresentationIntentType: "FOR PRESENTATION",
    PixelIntensityRelationship: "LOG",
    PixelIntensityRelationshipSign: -1,
    RescaleIntercept: 0,
    RescaleSlope: 1,
    RescaleType: "US",
    PresentationLUTShape: "IDENTITY",
    ImageLaterality: laterality,
    AnatomicRegionSequence: region.anatomy,
    ViewCodeSequence: [{ ...region.view[0], ViewModifierCodeSequence: [] }],
    PatientOrientationCodeSequence: code("10904000", "SCT", "erect"),
    AcquisitionContextSequence: [],
    PositionerType: "COLUMN",
    Grid: plan.view === "chest" ? "PARALLEL" : "NONE",
    ImageAndFluoroscopyAreaDoseProduct: 0.84,
    DetectorType: "SCINTILLATOR",
    DetectorConfiguration: "AREA",
    DetectorID: "FP43-0081",
    DetectorDescription: "Cesium iodide, amorphous silicon",
    DateOfLastDetectorCalibration: "20230103",
    TimeOfLastDetectorCalibration: "063000",
    DetectorActiveShape: "RECTANGLE",
    FieldOfViewShape: "RECTANGLE",
    FieldOfViewOrigin: [0, 0],
    FieldOfViewRotation: 0,
    FieldOfViewHorizontalFlip: "NO",
    ImagerPixelSpacing: [spacing, spacing],
    DerivationDescription: "Gain and offset corrected",
    AcquisitionDeviceProcessingDescription: `processed by ${operator.split("=")[0]?.split("^")[0] ?? ""}`,
  };
}
