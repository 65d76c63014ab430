import type { PartFormat } from "./part-format.ts";

const NOTHING = Buffer.alloc(0);
/** RFC 1952 2.3: deflate, no name, no time, of no system in particular: the same resources give the same bytes. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/**
 * NDJSON (FHIR Bulk Data 2.4): one resource a line, each ended by a line feed. With gzip the file is one member: its chunks are deflated
 * with a sync flush between them, so that every tool reads it, also those that stop after the first member.
 */
export function createNdjsonFormat(gzip: boolean): PartFormat {
  return {
    mediaType: "application/fhir+ndjson",
    deflates: gzip,
    compressed: gzip,
    before: gzip ? GZIP_HEADER : NOTHING,
    head: () => "",
    foot: () => "",
    opening: "",
    between: "",
    after({ stretch }) {
      if (!gzip) return NOTHING;
      const trailer = Buffer.alloc(8);
      trailer.writeUInt32LE(stretch.crc32, 0);
      // RFC 1952 2.3.1: modulo 2^32.
      trailer.writeUInt32LE(stretch.size % 2 ** 32, 4);
      return trailer;
    },
    text: { line: (json) => `${json}\n`, row: () => "" },
  };
}
