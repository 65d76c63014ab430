import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { encodeCtHeader, makeCtPixels } from "./ct-instance.ts";

/** What a corpus holds; `instances` is split over patients, 2 studies each, 2 series a study. */
export interface CorpusShape {
  name: string;
  instances: number;
  matrix: number;
  instancesPerSeries: number;
}

/** 2,000 instances of 0.5 MB. */
export const LARGE: CorpusShape = { name: "large", instances: 2000, matrix: 512, instancesPerSeries: 50 };
/** 20,000 instances of 20 kB. */
export const SMALL: CorpusShape = { name: "small", instances: 20_000, matrix: 96, instancesPerSeries: 100 };
/** A tenth of each, for trying things out. */
export const QUICK_LARGE: CorpusShape = { ...LARGE, name: "quick-large", instances: 200 };
export const QUICK_SMALL: CorpusShape = { ...SMALL, name: "quick-small", instances: 2000 };
/** One series of 200 slices, to be rendered. */
export const SLICES: CorpusShape = { name: "slices", instances: 200, matrix: 512, instancesPerSeries: 200 };
export const QUICK_SLICES: CorpusShape = { ...SLICES, name: "quick-slices", instances: 40, instancesPerSeries: 40 };

const DISTINCT_PIXELS = 16;

/** Stops before a disk runs full rather than in the middle of a measurement. */
export function requireFreeSpace(directory: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const gigabytes = (value: number): string => (value / 1e9).toFixed(1);
  throw new Error(`The benchmark wants ${gigabytes(bytes)} GB free and finds ${gigabytes(free)} GB.`);
}

/** How much a corpus takes, header included. */
export function corpusBytes(shape: CorpusShape): number {
  return shape.instances * (shape.matrix * shape.matrix * 2 + 4500);
}

/**
 * Makes the corpus if it is not there: the same bytes on every machine. It gets its name only when it is whole.
 *
 * @returns the corpus's folder: patient/study/series/IM000001
 */
export function ensureCorpus(cache: string, shape: CorpusShape): string {
  const folder = join(cache, `corpus-${shape.name}`);
  if (existsSync(folder)) return folder;
  requireFreeSpace(cache, corpusBytes(shape));
  console.log(`Making corpus "${shape.name}": ${shape.instances} instances …`);
  const building = `${folder}.partial`;
  rmSync(building, { recursive: true, force: true });
  const pixels = Array.from({ length: DISTINCT_PIXELS }, (_, seed) => makeCtPixels(shape.matrix, seed));
  for (let index = 0; index < shape.instances; index++) {
    const instance = index % shape.instancesPerSeries;
    const seriesIndex = Math.floor(index / shape.instancesPerSeries);
    const place = {
      patient: Math.floor(seriesIndex / 4),
      study: Math.floor(seriesIndex / 2) % 2,
      series: seriesIndex % 2,
      instance,
      matrix: shape.matrix,
    };
    const directory = join(building, `P${place.patient}`, `ST${place.study}`, `SE${place.series}`);
    if (instance === 0) mkdirSync(directory, { recursive: true });
    const body = pixels[index % DISTINCT_PIXELS] as Buffer;
    const path = join(directory, `IM${String(instance + 1).padStart(6, "0")}`);
    writeFileSync(path, Buffer.concat([encodeCtHeader(place), body]));
  }
  renameSync(building, folder);
  return folder;
}

/** All files below a folder, in one fixed order. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Brings a folder into the page cache, so that no side pays for the disk's reads. */
export function warm(folder: string): void {
  for (const file of listFiles(folder)) readFileSync(file);
}
