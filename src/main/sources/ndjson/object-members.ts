const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];

/**
 * Where the values of an object's members stand, byte by byte as they came: a resource within a Bundle is kept as it was written, its
 * numbers with their last zeros. Of text that is no JSON object nothing useful comes back: whoever takes a value parses it.
 */
export function objectMembers(json: Buffer): Map<string, Buffer> {
  const members = new Map<string, Buffer>();
  let depth = 0;
  let name = "";
  let value = -1;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) {
      const end = endOfText(json, at);
      if (depth === 1 && value < 0) name = nameOf(json.subarray(at, end));
      at = end - 1;
    } else if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth === 0) take(at);
    } else if (depth === 1 && byte === COLON && value < 0) value = at + 1;
    else if (depth === 1 && byte === COMMA) take(at);
  }
  return members;

  function take(end: number): void {
    if (value >= 0) members.set(name, trim(json.subarray(value, end)));
    value = -1;
  }
}

/** @returns the place behind the closing quote */
function endOfText(json: Buffer, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === BACKSLASH) at += 1;
    else if (json[at] === QUOTE) return at + 1;
  }
  return json.length;
}

function nameOf(text: Buffer): string {
  try {
    return String(JSON.parse(text.toString()));
  } catch {
    return "";
  }
}

/** Without the white space of JSON around it. */
export function trim(json: Buffer): Buffer {
  let [start, end] = [0, json.length];
  while (start < end && isSpace(json[start])) start += 1;
  while (end > start && isSpace(json[end - 1])) end -= 1;
  return json.subarray(start, end);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
