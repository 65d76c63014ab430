import type { AbdomenFinding } from "./phantoms/abdomen.ts";
import type { HeadFinding } from "./phantoms/head.ts";
import type { KneeFinding } from "./phantoms/knee.ts";
import type { Weighting } from "./phantoms/tissue.ts";
import type { ThoraxFinding } from "./phantoms/thorax.ts";

/** How an instance is encoded. RLE is explicit little endian with encapsulated pixel data (PS3.5 A.4.2). */
export type DemoEncoding = "implicit" | "explicit" | "rle";

interface SeriesBase {
  description: string;
  bodyPart: string;
  encoding?: DemoEncoding;
}

/** A stack of slices; `from` and `to` are depths of the phantom in millimetres. */
interface StackBase extends SeriesBase {
  slices: number;
  from: number;
  to: number;
}

export type CtAnatomy =
  | { anatomy: "head"; finding: HeadFinding }
  | { anatomy: "thorax"; finding: ThoraxFinding }
  | { anatomy: "abdomen"; finding: AbdomenFinding };
export type MrAnatomy = { anatomy: "head"; finding: HeadFinding } | { anatomy: "knee"; finding: KneeFinding };

export type CtSeriesPlan = StackBase & CtAnatomy & { kind: "ct"; contrast: boolean };
export type MrSeriesPlan = StackBase & MrAnatomy & { kind: "mr"; weighting: Exclude<Weighting, "ct" | "enhanced"> };

export interface UsSeriesPlan extends SeriesBase {
  kind: "us";
  view: "heart" | "abdomen";
  frames: number;
  /** Without Sequence of Ultrasound Regions the picture bears the patient's name, as old devices do. */
  regions: boolean;
}

export interface RadiographSeriesPlan extends SeriesBase {
  kind: "radiograph";
  modality: "CR" | "DX";
  view: "chest" | "hand" | "knee";
  /** Fluid in the left pleural space, for a chest. */
  effusion?: boolean;
}

export interface ReportSeriesPlan extends SeriesBase {
  kind: "report";
  findings: readonly string[];
  impression: string;
}

export interface CaptureSeriesPlan extends SeriesBase {
  kind: "capture";
  lines: readonly string[];
}

export type SeriesPlan =
  | CtSeriesPlan
  | MrSeriesPlan
  | UsSeriesPlan
  | RadiographSeriesPlan
  | ReportSeriesPlan
  | CaptureSeriesPlan;

/** What a reading program found, for `<StudyInstanceUID>.analysis.json`. */
export interface AnalysisPlan {
  model: string;
  version: string;
  label: string;
  confidence: number;
}

export interface StudyPlan {
  /** Key of the patient. */
  patient: string;
  /** DA and TM */
  date: string;
  time: string;
  description: string;
  diagnosis?: string;
  series: readonly SeriesPlan[];
  analysis?: readonly AnalysisPlan[];
}
