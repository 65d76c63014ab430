import type { Containers } from "./samples.ts";
import type { ModalityTransform } from "./modality.ts";
import { fullWindow, type GreyWindow, type Voi } from "./voi.ts";

/** How the integer samples of a frame lie in their containers (PS3.5 8.1.1). */
export interface SampleLayout {
  readonly bitsStored: number;
  readonly shift: number;
  readonly signed: boolean;
}

/** Everything between a stored value and a grey. */
export interface GreyPipeline {
  readonly modality: ModalityTransform;
  /** Undefined: the full range of up to 8 bits as it is, or else the lowest to the highest value of the frame. */
  readonly voi: Voi | undefined;
  readonly invert: boolean;
  /** Stored values that are no image (Pixel Padding Value and its Range Limit, PS3.3 C.7.5.1.1.2); they become black. */
  readonly padding: { readonly low: number; readonly high: number } | undefined;
}

/** Reads a sample out of its container: shifted, masked and, where signed, extended. */
export function storedValue(container: number, layout: SampleLayout): number {
  const { bitsStored, shift, signed } = layout;
  if (bitsStored === 32) return signed ? container | 0 : container;
  const value = (container >>> shift) & (2 ** bitsStored - 1);
  return signed && value >= 2 ** (bitsStored - 1) ? value - 2 ** bitsStored : value;
}

/** Turns integer samples of up to 16 bits into grey by a table that `buildGreyTable` made for their layout. */
export function greyFromTable(containers: Containers, layout: SampleLayout, table: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(containers.length);
  const { shift } = layout;
  const mask = 2 ** layout.bitsStored - 1;
  if (shift === 0 && mask === 0xffff) {
    for (let i = 0; i < containers.length; i++) out[i] = table[containers[i] as number] as number;
  } else {
    for (let i = 0; i < containers.length; i++) out[i] = table[((containers[i] as number) >>> shift) & mask] as number;
  }
  return out;
}

/** The grey of each stored value, by its bits as an unsigned index, and the window that made it. */
export interface GreyTable {
  readonly greys: Uint8Array;
  readonly window: GreyWindow;
}

/** @param used which stored values occur: asked for only where the window depends on the frame. */
export function buildGreyTable(layout: SampleLayout, pipeline: GreyPipeline, used: () => Uint8Array): GreyTable {
  const size = 2 ** layout.bitsStored;
  // With 65536 entries this is the dearest part of a frame: no calls but those of the transformations themselves.
  const firstNegative = layout.signed ? size / 2 : size;
  const { apply } = pipeline.modality;
  const { invert } = pipeline;
  const { grey, window } = pipeline.voi ?? defaultWindow(layout, pipeline, used);
  const table = new Uint8Array(size);
  for (let index = 0; index < size; index++) {
    const stored = index >= firstNegative ? index - size : index;
    // Every grey function stays within 0 and 255.
    const byte = (grey(apply === undefined ? stored : apply(stored)) + 0.5) | 0;
    table[index] = invert ? 255 - byte : byte;
  }
  if (pipeline.padding !== undefined) blacken(table, pipeline.padding, firstNegative);
  return { greys: table, window };
}

/** The full range where it has at most 8 bits and means what it says, or else from the lowest to the highest value in the frame. */
function defaultWindow(layout: SampleLayout, pipeline: GreyPipeline, used: () => Uint8Array): Voi {
  const size = 2 ** layout.bitsStored;
  if (layout.bitsStored <= 8 && !layout.signed && pipeline.modality.apply === undefined) return fullWindow(0, size - 1);
  const plain = { ...layout, shift: 0 };
  const seen = used();
  let low = Infinity;
  let high = -Infinity;
  for (let index = 0; index < size; index++) {
    if (seen[index] === 0) continue;
    const stored = storedValue(index, plain);
    if (isPadding(stored, pipeline)) continue;
    const value = modalityValue(stored, pipeline);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return fullWindow(low, high);
}

function blacken(table: Uint8Array, padding: { low: number; high: number }, firstNegative: number): void {
  const size = table.length;
  for (
    let stored = Math.max(padding.low, firstNegative - size);
    stored <= Math.min(padding.high, firstNegative - 1);
    stored++
  ) {
    table[stored < 0 ? stored + size : stored] = 0;
  }
}

/** Marks which stored values, by their bits, occur in a frame. */
export function usedValues(containers: Containers, layout: SampleLayout): Uint8Array {
  const mask = 2 ** layout.bitsStored - 1;
  const seen = new Uint8Array(mask + 1);
  for (let i = 0; i < containers.length; i++) seen[((containers[i] as number) >>> layout.shift) & mask] = 1;
  return seen;
}

/** Turns numbers of any kind (32-bit integers, floats) into grey. What is not a finite number becomes black. */
export function greyFromNumbers(values: Float64Array, pipeline: GreyPipeline): { pixels: Buffer; window: GreyWindow } {
  let { voi } = pipeline;
  if (voi === undefined) {
    let low = Infinity;
    let high = -Infinity;
    for (const stored of values) {
      if (!Number.isFinite(stored) || isPadding(stored, pipeline)) continue;
      const v = modalityValue(stored, pipeline);
      if (v < low) low = v;
      if (v > high) high = v;
    }
    voi = fullWindow(low, high);
  }
  const { grey, window } = voi;
  const out = Buffer.allocUnsafe(values.length);
  for (let i = 0; i < values.length; i++) {
    const stored = values[i] as number;
    const visible = Number.isFinite(stored) && !isPadding(stored, pipeline);
    out[i] = visible ? greyByte(grey(modalityValue(stored, pipeline)), pipeline.invert) : 0;
  }
  return { pixels: out, window };
}

function modalityValue(stored: number, pipeline: GreyPipeline): number {
  return pipeline.modality.apply === undefined ? stored : pipeline.modality.apply(stored);
}

function isPadding(stored: number, pipeline: GreyPipeline): boolean {
  return pipeline.padding !== undefined && stored >= pipeline.padding.low && stored <= pipeline.padding.high;
}

function greyByte(grey: number, invert: boolean): number {
  const byte = (grey + 0.5) | 0;
  return invert ? 255 - byte : byte;
}
