import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { makeAnalysis } from "./analysis.ts";
import type { SeriesContext } from "./modules/context.ts";
import { DEMO_PATIENTS, type DemoPatient } from "./patients.ts";
import { makeNoiseSet } from "./phantoms/pixels.ts";
import type { SeriesPlan, StudyPlan } from "./plan.ts";
import { makeUid } from "./random.ts";
import { makeSeries, type DemoSize, type SeriesTools } from "./series.ts";
import { DEMO_STUDIES } from "./studies.ts";

export interface DemoStudy {
  patientId: string;
  issuerOfPatientId: string;
  studyInstanceUid: string;
  /** Of each series, in order. */
  modalities: string[];
  instances: number;
  /** Relative to the demo folder, "/" between parts. */
  path: string;
  analysis: boolean;
}

export interface DemoSummary {
  folder: string;
  patients: number;
  studies: DemoStudy[];
  series: number;
  /** Whole DICOM instances; the broken one is not among them. */
  instances: number;
  analyses: number;
  /** Everything written: instances, analyses, the broken file, the read-me. */
  files: number;
  bytes: number;
  /** The truncated DICOM file, relative to the folder. */
  brokenFile: string;
}

export interface DemoProgress {
  done: number;
  /** Studies. */
  total: number;
  /** What is being made, for a person; names nobody. */
  step: string;
}

export interface DemoOptions {
  /** The same seed makes the same bytes. */
  seed?: number;
  size?: DemoSize;
  onProgress?: (progress: DemoProgress) => void;
  signal?: AbortSignal;
}

const READ_ME = `This folder is the demo hospital of Satchel. It was made by a program from a seed.

Every person, number, address, device and finding in it is invented; the pictures are drawn by formulas.
One file is cut short on purpose, so that you can see how Satchel reports it.
`;

function numbered(prefix: string, number: number): string {
  return prefix + String(number).padStart(6, "0");
}

function contextOf(
  seed: number,
  patient: DemoPatient,
  study: StudyPlan,
  studyNumber: number,
  series: SeriesPlan,
  seriesNumber: number,
): SeriesContext {
  const name = `study ${studyNumber}`;
  const uid = (label: string): string => makeUid(seed, `${name}/series ${seriesNumber}/${label}`);
  return {
    patient,
    study,
    series,
    studyNumber,
    seriesNumber,
    studyInstanceUid: makeUid(seed, name),
    seriesInstanceUid: uid("series"),
    frameOfReferenceUid: makeUid(seed, `${name}/frame of reference`),
    uid,
  };
}

async function write(folder: string, path: string, bytes: Buffer | string, summary: DemoSummary): Promise<void> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
  summary.files++;
  summary.bytes += Buffer.byteLength(bytes);
}

async function writeStudy(
  folder: string,
  patient: DemoPatient,
  patientNumber: number,
  plan: StudyPlan,
  studyNumber: number,
  tools: SeriesTools,
  summary: DemoSummary,
  signal: AbortSignal | undefined,
): Promise<void> {
  const path = `DICOM/${numbered("PA", patientNumber)}/${numbered("ST", studyNumber)}`;
  const study: DemoStudy = {
    patientId: patient.id,
    issuerOfPatientId: patient.issuer,
    studyInstanceUid: "",
    modalities: [],
    instances: 0,
    path,
    analysis: plan.analysis !== undefined,
  };
  for (const [index, series] of plan.series.entries()) {
    const context = contextOf(tools.seed, patient, plan, studyNumber, series, index + 1);
    study.studyInstanceUid = context.studyInstanceUid;
    study.modalities.push(series.kind === "radiograph" ? series.modality : MODALITIES[series.kind]);
    const uids: string[] = [];
    for (const instance of makeSeries(context, tools)) {
      if (signal?.aborted) throw new SatchelError("CANCELLED", "Making the demo hospital was cancelled.");
      uids.push(instance.sopInstanceUid);
      await write(
        folder,
        `${path}/${numbered("SE", index + 1)}/${numbered("IM", uids.length)}`,
        instance.bytes,
        summary,
      );
    }
    study.instances += uids.length;
    if (index === 0 && plan.analysis !== undefined) {
      const document = `${JSON.stringify(makeAnalysis(tools.seed, context, uids), null, 2)}\n`;
      await write(folder, `${path}/${context.studyInstanceUid}.analysis.json`, document, summary);
      summary.analyses++;
    }
  }
  summary.series += plan.series.length;
  summary.instances += study.instances;
  summary.studies.push(study);
}

const MODALITIES = { ct: "CT", mr: "MR", us: "US", report: "SR", capture: "OT" } as const;

/** One more slice of the last CT, cut in the middle of its pixels as a full disk or a broken transfer leaves it. */
async function writeBrokenFile(folder: string, tools: SeriesTools, summary: DemoSummary): Promise<void> {
  const number = DEMO_STUDIES.findLastIndex((study) => study.series[0]?.kind === "ct") + 1;
  const plan = DEMO_STUDIES[number - 1];
  const patient = DEMO_PATIENTS.find((one) => one.key === plan?.patient);
  const series = plan?.series[0];
  const study = summary.studies[number - 1];
  if (plan === undefined || patient === undefined || series === undefined || study === undefined) return;
  const context = contextOf(tools.seed, patient, plan, number, series, 1);
  const lost: SeriesContext = { ...context, uid: (label) => context.uid(`lost ${label}`) };
  const [instance] = makeSeries(lost, tools);
  if (instance === undefined) return;
  summary.brokenFile = `${study.path}/SE000001/IM000999`;
  await write(folder, summary.brokenFile, instance.bytes.subarray(0, Math.floor(instance.bytes.length / 2)), summary);
}

async function requireEmpty(folder: string): Promise<void> {
  const present = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  });
  if (present.length > 0)
    throw new SatchelError(
      "ALREADY_EXISTS",
      "The folder for the demo hospital is not empty.",
      "Name a folder that is empty or does not exist yet.",
    );
}

/**
 * Makes the demo hospital: 14 invented patients, 34 studies of CT, MR, US, CR, DX and SR with a secondary capture, results of AI
 * services beside some, one truncated file. The bytes depend on `seed` and `size` alone. It is made beside `folder` and renamed
 * once whole.
 *
 * @param folder must be empty or not exist.
 * @throws SatchelError ALREADY_EXISTS, CANCELLED, DISK_FULL, WRITE_FAILED.
 */
export async function makeDemoHospital(folder: string, options: DemoOptions = {}): Promise<DemoSummary> {
  const { seed = 1, size = "full", onProgress, signal } = options;
  const tools: SeriesTools = { seed, size, noises: makeNoiseSet(seed) };
  const summary: DemoSummary = {
    folder,
    patients: DEMO_PATIENTS.length,
    studies: [],
    series: 0,
    instances: 0,
    analyses: 0,
    files: 0,
    bytes: 0,
    brokenFile: "",
  };
  const partial = `${folder}.partial`;
  await requireEmpty(folder).catch(rethrowWriteError);
  try {
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    for (const [index, plan] of DEMO_STUDIES.entries()) {
      onProgress?.({ done: index, total: DEMO_STUDIES.length, step: "Drawing studies" });
      const patientNumber = DEMO_PATIENTS.findIndex((one) => one.key === plan.patient) + 1;
      const patient = DEMO_PATIENTS[patientNumber - 1];
      if (patient === undefined) throw new RangeError(`no patient has the key ${plan.patient}`);
      await writeStudy(partial, patient, patientNumber, plan, index + 1, tools, summary, signal);
    }
    await writeBrokenFile(partial, tools, summary);
    await write(partial, "README.txt", READ_ME, summary);
    await rmdir(folder).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== "ENOENT") throw thrown;
    });
    await rename(partial, folder);
    onProgress?.({ done: DEMO_STUDIES.length, total: DEMO_STUDIES.length, step: "Demo hospital made" });
    return summary;
  } catch (thrown) {
    // Where even that fails, what stopped the work is still the better thing to say.
    await rm(partial, { recursive: true, force: true }).catch(() => undefined);
    return rethrowWriteError(thrown);
  }
}

function rethrowWriteError(thrown: unknown): never {
  if (thrown instanceof SatchelError || !(thrown instanceof Error) || !("code" in thrown)) throw thrown;
  if (thrown.code === "ENOSPC")
    throw new SatchelError(
      "DISK_FULL",
      "The disk is full: the demo hospital needs about 110 MB.",
      "Free some space and try again.",
    );
  throw new SatchelError(
    "WRITE_FAILED",
    `The demo hospital could not be written (${String(thrown.code)}).`,
    "Choose a folder that you may write to.",
  );
}
