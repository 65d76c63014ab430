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
  StudyPlan,
  UsSeriesPlan,
} from "./plan.ts";

function ctHead(finding: HeadFinding, encoding?: DemoEncoding): SeriesPlan {
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

function ctThorax(finding: ThoraxFinding, encoding?: DemoEncoding): SeriesPlan {
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

function ctAbdomen(finding: AbdomenFinding, contrast: boolean, encoding?: DemoEncoding): SeriesPlan {
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

function mrHead(finding: HeadFinding, encoding?: DemoEncoding): SeriesPlan[] {
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

function mrKnee(finding: KneeFinding, encoding?: DemoEncoding): SeriesPlan[] {
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

function echo(view: UsSeriesPlan["view"], frames: number, regions: boolean, encoding?: DemoEncoding): SeriesPlan {
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

function radiograph(
  modality: "CR" | "DX",
  view: RadiographSeriesPlan["view"],
  options: { effusion?: boolean; encoding?: DemoEncoding } = {},
): SeriesPlan {
  const text = { chest: ["Chest PA", "CHEST"], hand: ["Hand PA", "HAND"], knee: ["Knee AP", "KNEE"] } as const;
  const [description, bodyPart] = text[view];
  return { kind: "radiograph", modality, view, description, bodyPart, ...options };
}

function report(bodyPart: string, findings: readonly string[], impression: string): ReportSeriesPlan {
  return { kind: "report", description: "Radiology report", bodyPart, findings, impression };
}

function capture(bodyPart: string, lines: readonly string[]): CaptureSeriesPlan {
  return { kind: "capture", description: "Dose report", bodyPart, lines };
}

function found(model: string, version: string, label: string, confidence: number): AnalysisPlan {
  return { model, version, label, confidence };
}

const DOSE_LINES = [
  "DOSE REPORT",
  "SCAN   KV  MAS  CTDIVOL   DLP",
  "TOPO  120   36     0.14     6",
  "SPIRAL 120 210    12.40   312",
];

/** The studies of the demo hospital in the order in which they were made. Series of one study share its frame of reference. */
export const DEMO_STUDIES: readonly StudyPlan[] = [
  {
    patient: "doe",
    date: "20240311",
    time: "081530.120000",
    description: "CT head without contrast",
    diagnosis: "Headache, sudden onset",
    series: [ctHead("haemorrhage"), capture("HEAD", DOSE_LINES)],
    analysis: [
      found("haem-detect", "3.2.0", "intracranial haemorrhage", 0.973),
      found("midline-shift", "1.1.4", "midline shift under 3 mm", 0.81),
    ],
  },
  {
    patient: "doe",
    date: "20240318",
    time: "140210",
    description: "MR brain",
    series: [
      ...mrHead("haemorrhage"),
      report(
        "BRAIN",
        [
          "Left lentiform haematoma with a rim of oedema, slightly smaller than in the CT of 11 March 2024.",
          "No further haemorrhage. Ventricles of normal width.",
        ],
        "Resolving left basal ganglia haemorrhage.",
      ),
    ],
  },
  { patient: "doe", date: "20240916", time: "100500", description: "CT head follow-up", series: [ctHead("none")] },
  {
    patient: "mustermann",
    date: "20240402",
    time: "093000",
    description: "Röntgen Thorax p.a.",
    series: [radiograph("CR", "chest", { encoding: "implicit" })],
    analysis: [found("chest-triage", "5.0.1", "nodule", 0.68)],
  },
  {
    patient: "mustermann",
    date: "20240405",
    time: "111500",
    description: "CT Thorax mit Kontrastmittel",
    diagnosis: "Rundherd rechts",
    series: [ctThorax("nodule")],
    analysis: [
      found("lung-nodule", "2.4.0", "solid nodule 20 mm", 0.941),
      found("lung-nodule", "2.4.0", "solid nodule 8 mm", 0.612),
    ],
  },
  {
    patient: "mustermann",
    date: "20240408",
    time: "160000",
    description: "Befundbericht",
    series: [
      report(
        "CHEST",
        ["Solider Rundherd im rechten Oberlappen, 20 mm, mit Ausläufern.", "Kleiner Rundherd links, 8 mm."],
        "Abklärung des Rundherdes rechts empfohlen.",
      ),
    ],
  },
  {
    patient: "yamada",
    date: "20230612",
    time: "101010",
    description: "頭部MRI",
    series: mrHead("infarct", "implicit"),
  },
  {
    patient: "yamada",
    date: "20230710",
    time: "090000",
    description: "胸部単純撮影",
    series: [radiograph("DX", "chest")],
  },
  {
    patient: "yamada",
    date: "20240220",
    time: "133000",
    description: "腹部CT",
    series: [ctAbdomen("none", false, "implicit"), ctAbdomen("none", true, "implicit")],
  },
  {
    patient: "sato",
    date: "20240509",
    time: "150000",
    description: "心エコー",
    series: [echo("heart", 24, true, "rle")],
    analysis: [found("echo-ef", "0.9.2", "ejection fraction 62 %", 0.88)],
  },
  { patient: "sato", date: "20240612", time: "083000", description: "頭部CT", series: [ctHead("none")] },
  {
    patient: "hong",
    date: "20240115",
    time: "120000",
    description: "흉부 CT",
    series: [ctThorax("consolidation", "rle")],
    analysis: [found("pneumonia-ct", "1.7.3", "consolidation right lower lobe", 0.902)],
  },
  { patient: "hong", date: "20240129", time: "091500", description: "흉부 X선", series: [radiograph("DX", "chest")] },
  {
    patient: "ivanov",
    date: "20230905",
    time: "101500",
    description: "УЗИ брюшной полости",
    series: [echo("abdomen", 12, false)],
  },
  {
    patient: "ivanov",
    date: "20230912",
    time: "141500",
    description: "КТ брюшной полости",
    diagnosis: "Камень желчного пузыря",
    series: [ctAbdomen("gallstone", true)],
  },
  {
    patient: "fulano",
    date: "20240701",
    time: "174500",
    description: "Radiografia da mão",
    series: [radiograph("DX", "hand")],
    analysis: [found("bone-break", "4.0.0", "no fracture", 0.954)],
  },
  { patient: "fulano", date: "20240703", time: "080000", description: "RM do joelho", series: mrKnee("effusion") },
  { patient: "zhang", date: "20240822", time: "223000", description: "心脏超声", series: [echo("heart", 24, true)] },
  { patient: "zhang", date: "20240823", time: "070000", description: "胸部CT", series: [ctThorax("none")] },
  {
    patient: "zhang",
    date: "20240824",
    time: "090000",
    description: "报告",
    series: [report("CHEST", ["未见肺栓塞。", "心脏大小正常。"], "胸部CT未见异常。")],
  },
  {
    patient: "papadopoulos",
    date: "20231102",
    time: "101000",
    description: "Υπερηχογράφημα κοιλίας",
    series: [echo("abdomen", 12, true)],
  },
  {
    patient: "papadopoulos",
    date: "20231103",
    time: "113000",
    description: "Αξονική κοιλίας",
    series: [ctAbdomen("liver lesion", true)],
    analysis: [found("liver-lesion", "1.0.0", "hypodense lesion segment VII", 0.77)],
  },
  {
    patient: "bloggs",
    date: "20240205",
    time: "091000",
    description: "XR chest PA",
    series: [radiograph("CR", "chest", { effusion: true })],
    analysis: [found("chest-triage", "5.0.1", "pleural effusion left", 0.935)],
  },
  {
    patient: "bloggs",
    date: "20240206",
    time: "151500",
    description: "CT chest",
    series: [ctThorax("effusion", "implicit")],
  },
  { patient: "nordmann", date: "20240318", time: "083000", description: "MR hode", series: mrHead("none") },
  {
    patient: "nordmann",
    date: "20240326",
    time: "121500",
    description: "UL hjerte",
    series: [echo("heart", 24, true)],
  },
  { patient: "rossi", date: "20231211", time: "100000", description: "RM encefalo", series: mrHead("tumour") },
  {
    patient: "rossi",
    date: "20240610",
    time: "100000",
    description: "RM encefalo di controllo",
    series: mrHead("tumour", "rle"),
    analysis: [found("glioma-segment", "2.0.0", "lesion 31 mm", 0.89)],
  },
  {
    patient: "rossi",
    date: "20240611",
    time: "094500",
    description: "TC addome",
    series: [ctAbdomen("renal cyst", true)],
  },
  {
    patient: "kowalski",
    date: "20240520",
    time: "111500",
    description: "RTG klatki piersiowej",
    series: [radiograph("CR", "chest")],
  },
  {
    patient: "kowalski",
    date: "20240521",
    time: "101500",
    description: "RTG dłoni",
    series: [radiograph("CR", "hand")],
  },
  {
    patient: "tremblay",
    date: "20240714",
    time: "183000",
    description: "Radiographie du genou",
    series: [radiograph("DX", "knee")],
  },
  {
    patient: "tremblay",
    date: "20240719",
    time: "090000",
    description: "IRM du genou gauche",
    series: mrKnee("meniscus tear"),
  },
];
