import type { EntryRecord } from "../../package/entry.ts";
import type { ItemOutcome, OutputInstance, PackagePlan, PlannedAnalysis } from "./item.ts";

/** An entry as far as it is known: of one that is still to be made there is neither size nor checksum. */
type DocumentEntry = Pick<EntryRecord, "name" | "role"> & Partial<Pick<EntryRecord, "size" | "sha256">>;

/** One item of the journal with what it left. */
export interface ExportedItem {
  entries: readonly DocumentEntry[];
  outcome: ItemOutcome;
}

export interface DocumentInput {
  plan: PackagePlan;
  /** In plan order; asked for twice. */
  items: () => Iterable<ExportedItem>;
  exportedBy: string;
  /** ISO 8601, UTC. */
  exportedAt: string;
  includesImages: boolean;
}

interface StudyRow {
  output: OutputInstance;
  patient: number;
  study: string;
  modalities: Set<string>;
  series: Set<string>;
  instances: number;
}

/**
 * The metadata document of the viewer's export guide, its fields exactly and in its order; each instance has beside them file,
 * bytes, sha256, transferSyntaxUID and previews (null or empty where the package does not hold it; MISSING.txt says why).
 * Text in pieces of an instance or so: constant memory but for one row a study.
 */
export function* documentText(input: DocumentInput): Generator<string> {
  const { studies, patients } = gather(input.items());
  const { scope } = input.plan;
  yield "{\n";
  if (scope === "patient")
    yield `"patient": ${JSON.stringify(patientRow([...patients.values()][0], studies.length, input))},\n`;
  if (scope === "study") {
    const only = studies[0];
    yield `"study": ${JSON.stringify(only === undefined ? null : studyRow(only, input.plan.analyses))},\n`;
    yield `"patient": ${JSON.stringify(only === undefined ? null : patientRow(only.output, 1, input))},\n`;
  }
  if (scope === "all") {
    const counts = new Map<number, number>();
    for (const { patient } of studies) counts.set(patient, (counts.get(patient) ?? 0) + 1);
    yield '"patients": [';
    yield* rows(patients.entries(), ([key, output]) => patientRow(output, counts.get(key) ?? 0, input));
  }
  if (scope !== "study") {
    yield '"studies": [';
    yield* rows(studies, (study) => studyRow(study, input.plan.analyses));
  }
  yield '"instances": [';
  let instances = 0;
  yield* rows(input.items(), (item) => {
    instances++;
    return instanceRow(item);
  });
  const totals =
    scope === "all" ? { totalPatients: patients.size, totalStudies: studies.length, totalInstances: instances } : {};
  const metadata = {
    exportedBy: input.exportedBy,
    exportedAt: input.exportedAt,
    version: "1.0",
    includesImages: input.includesImages,
    ...totals,
  };
  yield `"metadata": ${JSON.stringify(metadata)}\n}\n`;
}

function* rows<T>(list: Iterable<T>, row: (item: T) => unknown): Generator<string> {
  let before = "\n";
  for (const item of list) {
    yield before + JSON.stringify(row(item));
    before = ",\n";
  }
  yield "\n],\n";
}

function gather(items: Iterable<ExportedItem>): { studies: StudyRow[]; patients: Map<number, OutputInstance> } {
  const studies = new Map<string, StudyRow>();
  const patients = new Map<number, OutputInstance>();
  for (const { outcome } of items) {
    const { output } = outcome;
    let row = studies.get(outcome.study);
    if (row === undefined) {
      row = {
        output,
        patient: outcome.patient,
        study: outcome.study,
        modalities: new Set(),
        series: new Set(),
        instances: 0,
      };
      studies.set(outcome.study, row);
      if (!patients.has(outcome.patient)) patients.set(outcome.patient, output);
    }
    // An instance that could not be described is an empty row; the next one of its study may tell.
    if (row.output.studyInstanceUid === "") row.output = output;
    if (patients.get(outcome.patient)?.studyInstanceUid === "") patients.set(outcome.patient, output);
    row.modalities.add(output.modality);
    row.series.add(output.seriesInstanceUid);
    row.instances++;
  }
  return { studies: [...studies.values()], patients };
}

function patientRow(output: OutputInstance | undefined, studyCount: number, input: DocumentInput): unknown {
  if (output === undefined) return null;
  return {
    patientID: output.patientId,
    patientName: output.patientName,
    birthDate: output.birthDate,
    sex: output.sex,
    exportDate: input.exportedAt,
    studyCount,
  };
}

function studyRow(row: StudyRow, analyses: readonly PlannedAnalysis[]): unknown {
  const own = analyses.filter((analysis) => analysis.study === row.study);
  const first = own[0];
  return {
    studyInstanceUID: row.output.studyInstanceUid,
    studyDate: row.output.studyDate,
    studyTime: row.output.studyTime,
    modality: [...row.modalities].filter((modality) => modality !== "").join("\\"),
    studyDescription: row.output.studyDescription,
    numberOfSeries: row.series.size,
    numberOfInstances: row.instances,
    // The guide has room for one result; several stand together by name.
    aiAnalysis:
      own.length > 1
        ? Object.fromEntries(own.map(({ name, document }) => [name, document]))
        : (first?.document ?? null),
    aiAnalyzedAt:
      first === undefined
        ? null
        : findText(first.document, ["analyzedAt", "analysedAt", "aiAnalyzedAt", "timestamp", "createdAt"]),
    aiModels: [...new Set(own.flatMap(({ document }) => modelsOf(document)))],
  };
}

function findText(document: unknown, names: readonly string[]): string | null {
  if (typeof document !== "object" || document === null) return null;
  for (const name of names) {
    const value: unknown = Object.hasOwn(document, name) ? (document as Record<string, unknown>)[name] : undefined;
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}

/** Model names of an analysis: `model`, `models`, `aiModels`, each a text, a list of texts, or objects with a `name`. */
function modelsOf(document: unknown): string[] {
  if (typeof document !== "object" || document === null) return [];
  const fields = document as Record<string, unknown>;
  return ["models", "aiModels", "model"].flatMap((name) => namesIn(fields[name]));
}

function namesIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value === "object" && value !== null && "name" in value) return namesIn(value.name);
  return [];
}

function instanceRow({ entries, outcome }: ExportedItem): unknown {
  const { output } = outcome;
  const file = entries.find((entry) => entry.role === "dicom");
  return {
    sopInstanceUID: output.sopInstanceUid,
    studyInstanceUID: output.studyInstanceUid,
    seriesInstanceUID: output.seriesInstanceUid,
    instanceNumber: output.instanceNumber,
    numberOfFrames: output.numberOfFrames,
    orthancInstanceId: output.orthancInstanceId,
    file: file?.name ?? null,
    bytes: file?.size ?? null,
    sha256: file?.sha256 ?? null,
    transferSyntaxUID: output.transferSyntaxUid,
    previews: entries.filter((entry) => entry.role === "preview").map((entry) => entry.name),
  };
}
