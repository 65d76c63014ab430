/** Where the parts of a JSON document stand in its bytes (UTF-8). What lies within a part is skipped, not judged. */

/** Half open, in bytes. */
export interface Span {
  from: number;
  to: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** Members of the object that begins at `from`, or after white space there. Of two of one name the last, as in JSON.parse. @throws SyntaxError */
export function findMembers(bytes: Buffer, from: number): Map<string, Span> {
  const found = new Map<string, Span>();
  let at = skipSpace(bytes, from);
  if (bytes[at] !== 0x7b) throw new SyntaxError("no object");
  at = skipSpace(bytes, at + 1);
  while (bytes[at] !== 0x7d) {
    const endOfName = skipValue(bytes, at);
    if (bytes[at] !== QUOTE) throw new SyntaxError("no name");
    const name: unknown = JSON.parse(bytes.toString("utf8", at, endOfName));
    at = skipSpace(bytes, endOfName);
    if (bytes[at] !== COLON) throw new SyntaxError("no colon");
    const value = skipSpace(bytes, at + 1);
    const end = skipValue(bytes, value);
    found.set(String(name), { from: value, to: end });
    at = skipSeparator(bytes, end, 0x7d);
  }
  return found;
}

/** Elements of the array that begins at `from`. @throws SyntaxError */
export function* findElements(bytes: Buffer, from: number): Generator<Span> {
  let at = skipSpace(bytes, from + 1);
  while (bytes[at] !== 0x5d) {
    const end = skipValue(bytes, at);
    yield { from: at, to: end };
    at = skipSeparator(bytes, end, 0x5d);
  }
}

function skipSeparator(bytes: Buffer, end: number, close: number): number {
  const at = skipSpace(bytes, end);
  if (bytes[at] === close) return at;
  if (bytes[at] !== COMMA) throw new SyntaxError("neither comma nor end");
  const next = skipSpace(bytes, at + 1);
  if (bytes[next] === close) throw new SyntaxError("nothing after a comma");
  return next;
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at]) at++;
  return at;
}

/** @returns where the value that begins at `from` ends */
function skipValue(bytes: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
      if (depth === 0) return at + 1;
    } else if (OPEN.has(byte)) depth++;
    else if (CLOSE.has(byte)) {
      depth--;
      if (depth === 0) return at + 1;
      // Of the object or array around a number, true, false or null.
      if (depth < 0) return endOfScalar(from, at);
    } else if (depth === 0 && (byte === COMMA || byte <= 0x20)) return endOfScalar(from, at);
  }
  throw new SyntaxError("cut");
}

function endOfScalar(from: number, at: number): number {
  if (at === from) throw new SyntaxError("no value");
  return at;
}

/** @returns where its closing quotation mark stands */
function endOfString(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(QUOTE, from + 1); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) {
    let backslashes = 0;
    while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  throw new SyntaxError("cut");
}
