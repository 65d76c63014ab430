import type { Header } from "../header.ts";
import type { MrSeriesPlan } from "../plan.ts";

export const MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";

const TECHNIQUES = {
  t1: { RepetitionTime: 520, EchoTime: 12, EchoTrainLength: 1, FlipAngle: 90, SequenceName: "*se2d1" },
  t2: { RepetitionTime: 4200, EchoTime: 98, EchoTrainLength: 15, FlipAngle: 150, SequenceName: "*tse2d1_15" },
  flair: { RepetitionTime: 9000, EchoTime: 112, EchoTrainLength: 21, FlipAngle: 150, SequenceName: "*tir2d1_21" },
} as const;

/** MR Image C.8.3.1, VOI LUT C.11.2, and private elements that PS3.15 Table E.3.10-1 knows as safe beside one that it does not. */
export function mrModule(plan: MrSeriesPlan, matrix: number, operator: string): Header {
  const inversion = plan.weighting === "flair";
  return {
    ImageType: ["ORIGINAL", "PRIMARY", "OTHER"],
    ScanningSequence: inversion ? ["SE", "IR"] : "SE",
    SequenceVariant: plan.weighting === "t1" ? "SP" : ["SK", "SP"],
    ScanOptions: "SP",
    MRAcquisitionType: "2D",
    AngioFlag: "N",
    ...TECHNIQUES[plan.weighting],
    InversionTime: inversion ? 2500 : undefined,
    NumberOfAverages: 1,
    ImagingFrequency: 63.682,
    ImagedNucleus: "1H",
    EchoNumbers: 1,
    MagneticFieldStrength: 1.5,
    NumberOfPhaseEncodingSteps: matrix,
    PercentSampling: 100,
    PercentPhaseFieldOfView: 100,
    PixelBandwidth: 150,
    ReceiveCoilName: plan.anatomy === "head" ? "Head_20" : "Knee_15",
    TransmitCoilName: "Body",
    AcquisitionMatrix: [0, matrix, matrix, 0],
    InPlanePhaseEncodingDirection: "ROW",
    VariableFlipAngleFlag: "N",
    SAR: plan.weighting === "t1" ? 0.42 : 0.91,
    dBdt: 0,
    // Fat fills a knee and is the brightest there is in T1.
    WindowCenter: plan.anatomy === "knee" ? 900 : 750,
    WindowWidth: plan.anatomy === "knee" ? 1900 : 1600,
    "20010010 LO": "Philips Imaging DD 001",
    "20011001 FL": 2.17,
    "20011003 FL": 0,
    "20050010 LO": "SATCHEL IMAGINARY MR",
    "20051001 LO": `shim by ${operator.split("=")[0]?.split("^")[0] ?? ""}`,
    "20051002 FD": [0.125, -0.5],
  };
}
