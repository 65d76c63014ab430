import { readFileSync } from "node:fs";
import { CODECS_FILE } from "../places.ts";
import { cannotRender } from "./limits.ts";

/** The part of the WebAssembly interface used here; TypeScript declares it only for pages. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
};

/** The functions of the WebAssembly module of dcmjs-codecs that decode. Numbers are addresses or sizes in its memory. */
interface CodecExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly _initialize: () => void;
  CreateCodecsContext(): number;
  ReleaseCodecsContext(context: number): void;
  CreateDecoderParameters(): number;
  ReleaseDecoderParameters(parameters: number): void;
  SetConvertColorspaceToRgb(parameters: number, convert: number): void;
  SetColumns(context: number, columns: number): void;
  SetRows(context: number, rows: number): void;
  SetBitsAllocated(context: number, bits: number): void;
  SetBitsStored(context: number, bits: number): void;
  SetSamplesPerPixel(context: number, samples: number): void;
  SetPixelRepresentation(context: number, signed: number): void;
  SetPlanarConfiguration(context: number, planar: number): void;
  SetPhotometricInterpretation(context: number, index: number): void;
  SetEncodedBufferSize(context: number, size: number): void;
  GetEncodedBuffer(context: number): number;
  GetDecodedBuffer(context: number): number;
  GetDecodedBufferSize(context: number): number;
  DecodeJpeg(context: number, parameters: number): void;
  DecodeJpegLs(context: number, parameters: number): void;
  DecodeJpeg2000(context: number, parameters: number): void;
  DecodeHtJpeg2000(context: number, parameters: number): void;
  DecodeJpegXl(context: number, parameters: number): void;
}

export type DecoderName = "DecodeJpeg" | "DecodeJpegLs" | "DecodeJpeg2000" | "DecodeHtJpeg2000" | "DecodeJpegXl";

export interface DecodeRequest {
  decoder: DecoderName;
  encoded: Buffer;
  width: number;
  height: number;
  components: number;
  /** 8 or 16: the container each sample is written to. */
  container: number;
  precision: number;
  signed: boolean;
  /** JPEG only: have the decoder turn YCbCr into RGB. */
  convertToRgb: boolean;
}

/** Above this many samples the instance is given up afterwards: its memory grows and never shrinks. */
const KEEP_INSTANCE_SAMPLES = 8 * 1024 * 1024;

/** What the decoder says when bytes are missing or wrong and it goes on with grey. "extraneous bytes" is harmless and not here. */
const DAMAGE = /premature end|bad huffman|invalid jpeg file structure/i;

let module: object | undefined;
let instance: CodecExports | undefined;
let complaint: string | undefined;

/**
 * Decodes one frame with the native codecs of dcmjs-codecs, synchronously. The package's own JavaScript is left aside: it is
 * asynchronous, takes dcmjs in tow and keeps a crashed instance. Here an instance that failed is dropped and a fresh one started.
 *
 * @returns the samples, in a buffer of their own.
 * @throws CANNOT_RENDER where the decoder gives up or reports missing data.
 */
export function runDecoder(request: DecodeRequest): Buffer {
  complaint = undefined;
  try {
    const codecs = (instance ??= startInstance());
    const pixels = decodeWith(codecs, request);
    if (request.width * request.height * request.components > KEEP_INSTANCE_SAMPLES) instance = undefined;
    if (complaint !== undefined) throw cannotRender("its compressed data is damaged or ends early");
    return pixels;
  } catch (error) {
    instance = undefined;
    if (error instanceof Error && error.name === "SatchelError") throw error;
    throw cannotRender("its compressed data cannot be decoded", error);
  }
}

function decodeWith(codecs: CodecExports, request: DecodeRequest): Buffer {
  const context = codecs.CreateCodecsContext();
  const parameters = codecs.CreateDecoderParameters();
  codecs.SetColumns(context, request.width);
  codecs.SetRows(context, request.height);
  codecs.SetBitsAllocated(context, request.container);
  codecs.SetBitsStored(context, request.precision);
  codecs.SetSamplesPerPixel(context, request.components);
  codecs.SetPixelRepresentation(context, request.signed ? 1 : 0);
  codecs.SetPlanarConfiguration(context, 0);
  // MONOCHROME2 and RGB in the module's enumeration; no decoder looks at it.
  codecs.SetPhotometricInterpretation(context, request.components === 1 ? 1 : 3);
  codecs.SetConvertColorspaceToRgb(parameters, request.convertToRgb ? 1 : 0);
  codecs.SetEncodedBufferSize(context, request.encoded.length);
  new Uint8Array(codecs.memory.buffer).set(request.encoded, codecs.GetEncodedBuffer(context));
  codecs[request.decoder](context, parameters);
  // The memory may have grown, which detaches earlier views of it.
  const decoded = Buffer.from(
    codecs.memory.buffer,
    codecs.GetDecodedBuffer(context),
    codecs.GetDecodedBufferSize(context),
  );
  const pixels = Buffer.from(decoded);
  codecs.ReleaseDecoderParameters(parameters);
  codecs.ReleaseCodecsContext(context);
  return pixels;
}

function startInstance(): CodecExports {
  module ??= new WebAssembly.Module(readFileSync(CODECS_FILE));
  let memory: CodecExports["memory"] | undefined;
  const textAt = (address: number, length: number): string =>
    memory === undefined ? "" : Buffer.from(memory.buffer, address, Math.min(length, 512)).toString("latin1");
  const nothing = (): number => 0;
  const imports = {
    env: {
      onCodecsException: (address: number, length: number): void => {
        throw new Error(textAt(address, length));
      },
      onCodecsInfo: (address: number, length: number): void => {
        if (DAMAGE.test(textAt(address, length))) complaint = "damaged";
      },
      onCodecsTrace: nothing,
      emscripten_notify_memory_growth: nothing,
    },
    // What the module's C library asks of a system: no environment, no files, no clock, and an end that is an error.
    wasi_snapshot_preview1: {
      environ_get: nothing,
      environ_sizes_get: (count: number, size: number): number => {
        if (memory !== undefined) {
          new DataView(memory.buffer).setUint32(count, 0, true);
          new DataView(memory.buffer).setUint32(size, 0, true);
        }
        return 0;
      },
      proc_exit: (code: number): void => {
        throw new Error(`the codec module ended with ${code}`);
      },
      clock_time_get: nothing,
      fd_write: (_file: number, vectors: number, count: number, written: number): number => {
        if (memory === undefined) return 0;
        const view = new DataView(memory.buffer);
        let total = 0;
        for (let i = 0; i < count; i++) total += view.getUint32(vectors + 8 * i + 4, true);
        view.setUint32(written, total, true);
        return 0;
      },
      fd_seek: nothing,
      fd_close: nothing,
    },
  };
  const exports = new WebAssembly.Instance(module, imports).exports as CodecExports;
  memory = exports.memory;
  const { _initialize: initialize } = exports;
  initialize();
  return exports;
}
