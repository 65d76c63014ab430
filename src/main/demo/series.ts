import { CT_IMAGE_STORAGE, ctModule } from "./modules/ct.ts";
import { SECONDARY_CAPTURE_IMAGE_STORAGE, captureModule, makeCapture } from "./modules/capture.ts";
import {
  equipmentModule,
  imageModule,
  instanceModule,
  patientModule,
  seriesModule,
  studyModule,
} from "./modules/common.ts";
import type { SeriesContext } from "./modules/context.ts";
import { MR_IMAGE_STORAGE, mrModule } from "./modules/mr.ts";
import { imagePixelModule, toLittleEndian, type Picture } from "./modules/pixels.ts";
import { CR_IMAGE_STORAGE, DX_IMAGE_STORAGE, radiographModule } from "./modules/radiograph.ts";
import { BASIC_TEXT_SR_STORAGE, reportModule } from "./modules/report.ts";
import { US_MULTIFRAME_IMAGE_STORAGE, usModule } from "./modules/us.ts";
import { planeModule } from "./modules/plane.ts";
import { textOf, type Header } from "./header.ts";
import { encodeInstance } from "./instance.ts";
import { makeAbdomen } from "./phantoms/abdomen.ts";
import { drawText } from "./phantoms/glyphs.ts";
import { makeHead } from "./phantoms/head.ts";
import { makeKnee } from "./phantoms/knee.ts";
import { makeCtSlice, makeMrSlice, type NoiseSet } from "./phantoms/pixels.ts";
import { makeRadiograph } from "./phantoms/radiograph.ts";
import type { Phantom, Warp } from "./phantoms/slice.ts";
import { makeThorax } from "./phantoms/thorax.ts";
import { makeUltrasoundLoop } from "./phantoms/ultrasound.ts";
import type {
  CaptureSeriesPlan,
  CtSeriesPlan,
  DemoEncoding,
  MrSeriesPlan,
  RadiographSeriesPlan,
  ReportSeriesPlan,
  UsSeriesPlan,
} from "./plan.ts";
import { makeRandom } from "./random.ts";

/** "full" for people, "small" for tests: the same patients, studies and series with fewer and smaller pictures. */
export type DemoSize = "full" | "small";

export interface SeriesTools {
  seed: number;
  size: DemoSize;
  noises: NoiseSet;
}

export interface DemoInstance {
  sopInstanceUid: string;
  bytes: Buffer;
}

/** Each patient has a shape of their own, the same in every study. */
function warpOf(seed: number, patient: string, amplitude: number, wavelength: number): Warp {
  const random = makeRandom(seed, `warp/${patient}`);
  return {
    amplitude: amplitude * random.between(0.7, 1.2),
    wavelength: wavelength * random.between(0.85, 1.2),
    phase: random.between(0, 6),
  };
}

function finish(
  context: SeriesContext,
  parts: readonly Header[],
  picture: Picture | undefined,
  storedBits: number,
): DemoInstance {
  const encoding: DemoEncoding = context.series.encoding ?? "explicit";
  const header: Header = Object.assign(
    {},
    patientModule(context),
    studyModule(context),
    seriesModule(context),
    equipmentModule(context),
    ...parts,
    picture === undefined ? {} : imagePixelModule(picture, storedBits),
  );
  const bytes = encodeInstance(header, context.patient.characterSet, encoding, picture);
  return { sopInstanceUid: textOf(header, "SOPInstanceUID"), bytes };
}

function ctPhantom(plan: CtSeriesPlan, context: SeriesContext, tools: SeriesTools): Phantom {
  if (plan.anatomy === "head") return makeHead(tools.noises.folds, plan.finding);
  if (plan.anatomy === "thorax") return makeThorax(tools.seed, context.patient.key, plan.finding);
  return makeAbdomen(tools.seed, context.patient.key, plan.finding);
}

/** Number and depth of each slice of a stack, thinned out for the small hospital. */
function* slicesOf(
  plan: CtSeriesPlan | MrSeriesPlan,
  size: DemoSize,
): Generator<{ number: number; depth: number; step: number }> {
  const count = size === "full" ? plan.slices : Math.max(3, Math.round(plan.slices / 7));
  const step = (plan.to - plan.from) / (count - 1);
  for (let index = 0; index < count; index++) yield { number: index + 1, depth: plan.from + index * step, step };
}

function* makeCt(plan: CtSeriesPlan, context: SeriesContext, tools: SeriesTools): Generator<DemoInstance> {
  const matrix = tools.size === "full" ? 256 : 64;
  const head = plan.anatomy === "head";
  const spacing = (head ? 230 : 390) / matrix;
  const phantom = ctPhantom(plan, context, tools);
  // The south's scanner stores Hounsfield units as they are, the north's shifts them.
  const signed = context.patient.issuer.endsWith("SOUTH");
  const warp = warpOf(tools.seed, context.patient.key, head ? 2.2 : 4, head ? 130 : 250);
  for (const { number, depth, step } of slicesOf(plan, tools.size)) {
    const units = makeCtSlice(
      {
        phantom,
        grid: { columns: matrix, rows: matrix, spacing },
        depth,
        warp,
        weighting: plan.contrast ? "enhanced" : "ct",
        noise: head ? 3.2 : 10,
        seed: tools.seed,
        label: context.uid(`noise ${number}`),
      },
      tools.noises,
    );
    const picture: Picture = {
      rows: matrix,
      columns: matrix,
      frames: 1,
      samples: 1,
      bits: 16,
      signed,
      bytes: toLittleEndian(signed ? units : shiftToUnsigned(units)),
    };
    const parts = [
      instanceModule(context, CT_IMAGE_STORAGE, number, number * 0.5),
      imageModule(context, number * 0.5),
      planeModule(context, "axial", { matrix, spacing, depth, step }),
      ctModule(plan, number, context.patient.name, signed),
    ];
    yield finish(context, parts, picture, signed ? 16 : 12);
  }
}

/** Hounsfield units from -1024 as 12 stored bits. */
function shiftToUnsigned(units: Int16Array): Uint16Array {
  const stored = new Uint16Array(units.length);
  for (let at = 0; at < units.length; at++) stored[at] = (units[at] ?? 0) + 1024;
  return stored;
}

function* makeMr(plan: MrSeriesPlan, context: SeriesContext, tools: SeriesTools): Generator<DemoInstance> {
  const matrix = tools.size === "full" ? 224 : 64;
  const head = plan.anatomy === "head";
  const spacing = (head ? 230 : 170) / matrix;
  const phantom = plan.anatomy === "head" ? makeHead(tools.noises.folds, plan.finding) : makeKnee(plan.finding);
  const warp = warpOf(tools.seed, context.patient.key, head ? 2.2 : 1.2, head ? 130 : 110);
  for (const { number, depth, step } of slicesOf(plan, tools.size)) {
    const pixels = makeMrSlice(
      {
        phantom,
        grid: { columns: matrix, rows: matrix, spacing },
        depth,
        warp,
        weighting: plan.weighting,
        noise: 14,
        seed: tools.seed,
        label: context.uid(`noise ${number}`),
      },
      tools.noises,
    );
    const picture: Picture = {
      rows: matrix,
      columns: matrix,
      frames: 1,
      samples: 1,
      bits: 16,
      bytes: toLittleEndian(pixels),
    };
    const parts = [
      instanceModule(context, MR_IMAGE_STORAGE, number, number * 6),
      imageModule(context, number * 6),
      planeModule(context, head ? "axial" : "sagittal", { matrix, spacing, depth, step }),
      mrModule(plan, matrix, context.patient.operators),
    ];
    yield finish(context, parts, picture, 12);
  }
}

function* makeUs(plan: UsSeriesPlan, context: SeriesContext, tools: SeriesTools): Generator<DemoInstance> {
  const full = tools.size === "full";
  const [columns, rows] = full ? [560, 420] : [160, 120];
  const frames = full ? plan.frames : 3;
  const loop = makeUltrasoundLoop({
    view: plan.view,
    columns,
    rows,
    frames,
    seed: tools.seed,
    label: context.patient.key,
  });
  if (!plan.regions) {
    const banner = [
      `${context.patient.plainName}  ${context.patient.id}`,
      `${context.study.date} ${context.study.time.slice(0, 4)}`,
    ];
    const dot = full ? 2 : 1;
    for (let frame = 0; frame < frames; frame++) {
      const picture = loop.subarray(frame * rows * columns, (frame + 1) * rows * columns);
      banner.forEach((line, index) => drawText(picture, columns, line, { x: 4, y: 3 + index * 9 * dot }, dot, 225));
    }
  }
  const picture: Picture = { rows, columns, frames, samples: 1, bits: 8, bytes: Buffer.from(loop.buffer) };
  const parts = [
    instanceModule(context, US_MULTIFRAME_IMAGE_STORAGE, 1, 5),
    imageModule(context, 5),
    { PatientOrientation: null },
    usModule({ ...plan, frames }, rows, columns),
  ];
  yield finish(context, parts, picture, 8);
}

function* makeFilm(plan: RadiographSeriesPlan, context: SeriesContext, tools: SeriesTools): Generator<DemoInstance> {
  const columns = tools.size === "full" ? 896 : 128;
  const rows = tools.size === "full" ? 1024 : 146;
  const pixels = makeRadiograph(
    { view: plan.view, columns, rows, effusion: plan.effusion ?? false, seed: tools.seed, label: context.patient.key },
    tools.noises,
  );
  const picture: Picture = { rows, columns, frames: 1, samples: 1, bits: 16, bytes: toLittleEndian(pixels) };
  const parts = [
    instanceModule(context, plan.modality === "CR" ? CR_IMAGE_STORAGE : DX_IMAGE_STORAGE, 1, 3),
    imageModule(context, 3),
    radiographModule(plan, columns, context.patient.operators),
  ];
  yield finish(context, parts, picture, 12);
}

function* makeReport(plan: ReportSeriesPlan, context: SeriesContext): Generator<DemoInstance> {
  const parts = [instanceModule(context, BASIC_TEXT_SR_STORAGE, 1, 600), reportModule(plan, context)];
  yield finish(context, parts, undefined, 0);
}

function* makeScreen(plan: CaptureSeriesPlan, context: SeriesContext, tools: SeriesTools): Generator<DemoInstance> {
  const { patient, study } = context;
  const lines = [`${patient.plainName}  ${patient.id}  ${study.date}`, ...plan.lines];
  const picture = tools.size === "full" ? makeCapture(640, 480, lines) : makeCapture(320, 120, lines);
  const parts = [
    instanceModule(context, SECONDARY_CAPTURE_IMAGE_STORAGE, 1, 30),
    imageModule(context, 30),
    captureModule(),
  ];
  yield finish(context, parts, picture, 8);
}

/** Makes the instances of one series one after another, so that no more than one of them is held. */
export function makeSeries(context: SeriesContext, tools: SeriesTools): Generator<DemoInstance> {
  const plan = context.series;
  if (plan.kind === "ct") return makeCt(plan, context, tools);
  if (plan.kind === "mr") return makeMr(plan, context, tools);
  if (plan.kind === "us") return makeUs(plan, context, tools);
  if (plan.kind === "radiograph") return makeFilm(plan, context, tools);
  if (plan.kind === "report") return makeReport(plan, context);
  return makeScreen(plan, context, tools);
}
