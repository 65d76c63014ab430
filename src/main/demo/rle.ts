/** RLE Lossless (PS3.5 annex G): PackBits over byte planes, at most 15 of them, behind a header of 64 bytes. */

/** Packs one row or run of bytes; rows are packed one by one (PS3.5 G.3.1). */
function packRow(plane: Uint8Array, start: number, end: number, out: Uint8Array, position: number): number {
  let at = start;
  let to = position;
  while (at < end) {
    let run = 1;
    while (at + run < end && run < 128 && plane[at + run] === plane[at]) run++;
    if (run >= 3) {
      out[to++] = 257 - run;
      out[to++] = plane[at] ?? 0;
      at += run;
      continue;
    }
    // Literals, up to where three equal bytes begin.
    const first = at;
    while (at < end && at - first < 128) {
      if (at + 2 < end && plane[at] === plane[at + 1] && plane[at] === plane[at + 2]) break;
      at++;
    }
    out[to++] = at - first - 1;
    out.set(plane.subarray(first, at), to);
    to += at - first;
  }
  return to;
}

/**
 * Encodes one frame of little-endian pixels.
 *
 * @param frame colour by pixel.
 * @param bytesPerSample 1 or 2; the most significant byte plane comes first.
 */
export function encodeRleFrame(
  frame: Uint8Array,
  rows: number,
  columns: number,
  samples: number,
  bytesPerSample: 1 | 2,
): Buffer {
  const pixels = rows * columns;
  const segments = samples * bytesPerSample;
  const header = Buffer.alloc(64);
  header.writeUInt32LE(segments, 0);
  const plane = new Uint8Array(pixels);
  // The worst case: one more byte for each 128 literals of a row.
  const out = new Uint8Array(segments * (pixels + rows * (Math.ceil(columns / 128) + 1) + 2));
  const stride = samples * bytesPerSample;
  let position = 0;
  for (let segment = 0; segment < segments; segment++) {
    const sample = Math.floor(segment / bytesPerSample);
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    for (let i = 0, from = sample * bytesPerSample + byte; i < pixels; i++, from += stride) plane[i] = frame[from] ?? 0;
    header.writeUInt32LE(64 + position, 4 + 4 * segment);
    for (let row = 0; row < rows; row++) position = packRow(plane, row * columns, (row + 1) * columns, out, position);
    if (position % 2 === 1) out[position++] = 0;
  }
  return Buffer.concat([header, out.subarray(0, position)]);
}

function item(bytes: Buffer): Buffer {
  const header = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  header.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

/**
 * The value of an encapsulated (7FE0,0010): the Basic Offset Table, one fragment for each frame, the delimiter (PS3.5 A.4).
 *
 * @param frames of even length each.
 */
export function encapsulateFrames(frames: readonly Buffer[]): Buffer {
  const offsets = Buffer.alloc(4 * frames.length);
  let offset = 0;
  frames.forEach((frame, index) => {
    offsets.writeUInt32LE(offset, 4 * index);
    offset += 8 + frame.length;
  });
  const delimiter = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
  return Buffer.concat([item(offsets), ...frames.map(item), delimiter]);
}
