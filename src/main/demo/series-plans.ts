import type { AbdomenFinding } from "./phantoms/abdomen.ts";
import type { HeadFinding } from "./phantoms/head.ts";
import type { KneeFinding } from "./phantoms/knee.ts";
import type { ThoraxFinding } from "./phantoms/thorax.ts";
import type {
  AnalysisPlan,
  CaptureSeriesPlan,
  DemoEncoding,
  RadiographSeriesPlan,
  ReportSeriesPlan,
  SeriesPlan,
  UsSeriesPlan,
} from "./plan.ts";

/** The usual protocols of the demo hospital: one function for each, with what differs between studies as its arguments. */

export function ctHead(finding: HeadFinding, encoding?: DemoEncoding): SeriesPlan {
  return {
    kind: "ct",
    anatomy: "head",
    finding,
    contrast: false,
    description: "Head 5.0 H30",
    bodyPart: "HEAD",
    slices: 28,
    from: -50,
    to: 85,
    encoding,
  };
}

export function ctThorax(finding: ThoraxFinding, encoding?: DemoEncoding): SeriesPlan {
  return {
    kind: "ct",
    anatomy: "thorax",
    finding,
    contrast: true,
    description: "Thorax CE 5.0 B40",
    bodyPart: "CHEST",
    slices: 32,
    from: -125,
    to: 123,
    encoding,
  };
}

export function ctAbdomen(finding: AbdomenFinding, contrast: boolean, encoding?: DemoEncoding): SeriesPlan {
  return {
    kind: "ct",
    anatomy: "abdomen",
    finding,
    contrast,
    description: contrast ? "Abdomen portal venous 5.0" : "Abdomen native 5.0",
    bodyPart: "ABDOMEN",
    slices: 26,
    from: -250,
    to: -55,
    encoding,
  };
}

export function mrHead(finding: HeadFinding, encoding?: DemoEncoding): SeriesPlan[] {
  const names = { t1: "t1_se_tra", t2: "t2_tse_tra", flair: "t2_flair_tra" };
  return (["t1", "t2", "flair"] as const).map((weighting) => ({
    kind: "mr",
    anatomy: "head",
    finding,
    weighting,
    description: names[weighting],
    bodyPart: "BRAIN",
    slices: 16,
    from: -42,
    to: 78,
    encoding,
  }));
}

export function mrKnee(finding: KneeFinding, encoding?: DemoEncoding): SeriesPlan[] {
  const names = { t1: "t1_tse_sag", t2: "t2_tse_sag" };
  return (["t1", "t2"] as const).map((weighting) => ({
    kind: "mr",
    anatomy: "knee",
    finding,
    weighting,
    description: names[weighting],
    bodyPart: "KNEE",
    slices: 16,
    from: -38,
    to: 38,
    encoding,
  }));
}

export function echo(
  view: UsSeriesPlan["view"],
  frames: number,
  regions: boolean,
  encoding?: DemoEncoding,
): SeriesPlan {
  return {
    kind: "us",
    view,
    frames,
    regions,
    description: view === "heart" ? "Apical four chamber" : "Liver and right kidney",
    bodyPart: view === "heart" ? "HEART" : "ABDOMEN",
    encoding,
  };
}

export function radiograph(
  modality: "CR" | "DX",
  view: RadiographSeriesPlan["view"],
  options: { effusion?: boolean; encoding?: DemoEncoding } = {},
): SeriesPlan {
  const text = { chest: ["Chest PA", "CHEST"], hand: ["Hand PA", "HAND"], knee: ["Knee AP", "KNEE"] } as const;
  const [description, bodyPart] = text[view];
  return { kind: "radiograph", modality, view, description, bodyPart, ...options };
}

export function report(bodyPart: string, findings: readonly string[], impression: string): ReportSeriesPlan {
  return { kind: "report", description: "Radiology report", bodyPart, findings, impression };
}

export function capture(bodyPart: string, lines: readonly string[]): CaptureSeriesPlan {
  return { kind: "capture", description: "Dose report", bodyPart, lines };
}

export function found(model: string, version: string, label: string, confidence: number): AnalysisPlan {
  return { model, version, label, confidence };
}
