import { Readable, pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

const CHUNK_BYTES = 128 * 1024;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Bytes without a byte order mark; of gzip (told by its first bytes, not by a name or header) those within.
 *
 * @throws what the chunks throw; errors of node:zlib, whose codes begin with "Z_"
 */
export async function* plainBytes(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let mark: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of unzipped(chunks)) {
    if (mark === undefined) {
      yield chunk;
      continue;
    }
    const beginning: Buffer = Buffer.concat([mark, chunk]);
    mark = beginning.length < BYTE_ORDER_MARK.length ? beginning : undefined;
    if (mark === undefined) yield beginning.subarray(beginning.indexOf(BYTE_ORDER_MARK) === 0 ? 3 : 0);
  }
  if (mark !== undefined && mark.length > 0) yield mark;
}

async function* unzipped(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let first: Buffer = Buffer.alloc(0);
  // A network may bring the two bytes that tell one by one.
  while (first.length < 2) {
    const next = await chunks.next();
    if (next.done === true) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  if (first.length === 0) return;
  const all = startingWith(first, chunks);
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* all;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // What goes wrong on the way arrives at whoever reads the end of it.
  pipeline(Readable.from(all), gunzip, () => undefined);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } finally {
    gunzip.destroy();
  }
}

async function* startingWith(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
