import { trim } from "./object-members.ts";

/** A line that holds something. */
export interface Line {
  /** From 1. */
  number: number;
  /** Without white space around it; undefined where the line is larger than what can be held. */
  bytes: Buffer | undefined;
  /** A line end follows it: a last line without one may have been cut. */
  ended: boolean;
}

/** The lines of a file, whatever ends them; blank ones are passed over. @param limit bytes of a line */
export async function* linesOf(chunks: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Line> {
  let number = 1;
  let pieces: Buffer[] = [];
  let size = 0;
  const take = (ended: boolean): Line | undefined => {
    const bytes = size > limit ? undefined : trim(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces));
    pieces = [];
    size = 0;
    return bytes?.length === 0 ? undefined : { number, bytes, ended };
  };
  const keep = (piece: Buffer): void => {
    size += piece.length;
    if (size <= limit) pieces.push(piece);
    else pieces = [];
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      keep(chunk.subarray(start, end));
      const line = take(true);
      if (line !== undefined) yield line;
      number += 1;
      start = end + 1;
    }
    if (start < chunk.length) keep(chunk.subarray(start));
  }
  const last = take(false);
  if (last !== undefined) yield last;
}
