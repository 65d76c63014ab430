/** JPEG segments without which a picture cannot be read or has other colours: JFIF, ICC profile, Adobe. */
const KEPT_APPLICATION_SEGMENTS: ReadonlySet<number> = new Set([0xe0, 0xe2, 0xee]);
const START_OF_SCAN = 0xda;
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Chunks that make the picture; text, times and EXIF are not among them (PNG 11). */
const KEPT_CHUNKS: ReadonlySet<string> = new Set(
  "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs".split(" "),
);

/**
 * A JPEG or PNG without what cameras and programs write beside the picture: EXIF with place and time, comments, thumbnails.
 *
 * @returns undefined of any other picture, and of a broken one
 */
export function stripPicture(bytes: Buffer): Buffer | undefined {
  if (bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8) return stripJpeg(bytes);
  return bytes.subarray(0, 8).equals(PNG_SIGNATURE) ? stripPng(bytes) : undefined;
}

/** Segments up to the first scan (ITU-T T.81 B.1.1); what is behind the end of the image goes as well. */
function stripJpeg(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 4) return undefined;
    const isApplication = marker >= 0xe0 && marker <= 0xef;
    if (marker === START_OF_SCAN) {
      const rest = scans(bytes, at);
      return rest === undefined ? undefined : Buffer.concat([...kept, ...rest]);
    }
    const isJfif = marker !== 0xe0 || bytes.toString("latin1", at + 4, at + 9) === "JFIF\0";
    if (marker !== 0xfe && (!isApplication || (KEPT_APPLICATION_SEGMENTS.has(marker) && isJfif)))
      kept.push(marker === 0xe0 ? withoutThumbnail(bytes.subarray(at, end)) : bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

/** From the first scan to the end of the image: tables between the scans of a progressive picture stay, comments do not. */
function scans(bytes: Buffer, start: number): Buffer[] | undefined {
  const kept: Buffer[] = [];
  let at = start;
  while (at + 2 <= bytes.length) {
    const marker = bytes[at + 1]!;
    if (marker === 0xd9) return [...kept, Buffer.from([0xff, 0xd9])];
    if (at + 4 > bytes.length) return undefined;
    let end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker === START_OF_SCAN) end = endOfScan(bytes, end);
    if (end > bytes.length) return undefined;
    if (marker !== 0xfe && (marker < 0xe0 || marker > 0xef)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

/** Entropy-coded data end at a marker that is neither a stuffed byte nor a restart (T.81 B.1.1.2). */
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]!;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length + 1;
}

/** JFIF may hold a thumbnail of the picture as it was. */
function withoutThumbnail(segment: Buffer): Buffer {
  if (segment.length < 18) return segment;
  const plain = Buffer.from(segment.subarray(0, 18));
  plain.writeUInt16BE(16, 2);
  plain[16] = 0;
  plain[17] = 0;
  return plain;
}

function stripPng(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = [PNG_SIGNATURE];
  for (let at = 8; at + 12 <= bytes.length;) {
    const type = bytes.toString("latin1", at + 4, at + 8);
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    if (KEPT_CHUNKS.has(type)) kept.push(bytes.subarray(at, end));
    if (type === "IEND") return Buffer.concat(kept);
    at = end;
  }
  return undefined;
}
