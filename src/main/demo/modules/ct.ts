import type { Header } from "../header.ts";
import type { CtSeriesPlan } from "../plan.ts";
import { code } from "./context.ts";

export const CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";

/** Windows that readers of each anatomy expect; several where more than one is usual (VOI LUT C.11.2). */
const WINDOWS = {
  head: { WindowCenter: [40, 600], WindowWidth: [85, 2800], WindowCenterWidthExplanation: ["BRAIN", "BONE"] },
  thorax: { WindowCenter: [40, -550], WindowWidth: [400, 1600], WindowCenterWidthExplanation: ["MEDIASTINUM", "LUNG"] },
  abdomen: { WindowCenter: 50, WindowWidth: 380, WindowCenterWidthExplanation: "ABDOMEN" },
} as const;

/**
 * CT Image C.8.2.1, Contrast/Bolus C.7.6.4, VOI LUT C.11.2, and two private blocks: one that PS3.15 Table E.3.10-1 knows as safe
 * and one of our own that is not.
 */
export function ctModule(plan: CtSeriesPlan, number: number, patientName: string, signed: boolean): Header {
  const head = plan.anatomy === "head";
  return {
    ImageType: ["ORIGINAL", "PRIMARY", "AXIAL"],
    RescaleIntercept: signed ? 0 : -1024,
    RescaleSlope: 1,
    RescaleType: "HU",
    ...WINDOWS[plan.anatomy],
    KVP: head ? 120 : 100,
    ScanOptions: head ? "AXIAL MODE" : "HELICAL MODE",
    DataCollectionDiameter: 500,
    ReconstructionDiameter: head ? 230 : 390,
    DistanceSourceToDetector: 1085.6,
    DistanceSourceToPatient: 595,
    GantryDetectorTilt: 0,
    TableHeight: 152.5,
    RotationDirection: "CW",
    ExposureTime: head ? 1000 : 500,
    XRayTubeCurrent: head ? 260 : 180 + ((number * 7) % 40),
    Exposure: head ? 260 : 90,
    FilterType: "BODY FILTER",
    GeneratorPower: head ? 31 : 24,
    FocalSpots: 1.2,
    ConvolutionKernel: head ? "H30s" : "B40f",
    RevolutionTime: head ? 1 : 0.5,
    SingleCollimationWidth: 0.6,
    TotalCollimationWidth: 38.4,
    TableSpeed: head ? undefined : 76.8,
    TableFeedPerRotation: head ? undefined : 38.4,
    SpiralPitchFactor: head ? undefined : 1,
    ExposureModulationType: "XYZ_EC",
    CTDIvol: head ? 48.6 : 9.4,
    CTDIPhantomTypeCodeSequence: code(
      head ? "113690" : "113691",
      "DCM",
      head ? "IEC Head Dosimetry Phantom" : "IEC Body Dosimetry Phantom",
    ),
    ...(plan.contrast
      ? {
          ContrastBolusAgent: "Iodinated, invented 350",
          ContrastBolusRoute: "INTRAVENOUS",
          ContrastBolusVolume: 90,
          ContrastFlowRate: 3,
          ContrastFlowDuration: 30,
          ContrastBolusIngredient: "IODINE",
          ContrastBolusIngredientConcentration: 350,
        }
      : {}),
    "00190010 LO": "GEMS_ACQU_01",
    "00191023 DS": head ? 0 : 38.4,
    "00191027 DS": head ? 1 : 0.5,
    "00290010 LO": "SATCHEL IMAGINARY 01",
    "00291001 LO": "tube 7, warm",
    "00291002 PN": patientName,
    "00291003 SQ": [
      {
        "00290010 LO": "SATCHEL IMAGINARY 01",
        "00291004 SH": `plan-${number}`,
        "00291005 LO": patientName.split("=")[0]?.replaceAll("^", " ").trim() ?? "",
      },
    ],
    "00291006 OB": Buffer.from([number & 0xff, 0x5a, 0xa5, 0x00]),
  };
}
