/** Larger than any analysis result seen, small enough to be held many times over. */
export const ANALYSIS_MAXIMUM_BYTES = 16 * 1024 * 1024;

/** JSON.parse goes as deep as memory allows; what later writes the document again recurses and would not. */
const DEEPEST = 200;

/**
 * Parses an AI analysis result: UTF-8 JSON (RFC 8259), a byte order mark tolerated.
 *
 * @returns the document, or the reason why there is none, as the end of a sentence: never a word of the content
 */
export function parseAnalysisDocument(bytes: Buffer): { document: unknown } | { reason: string } {
  if (bytes.length > ANALYSIS_MAXIMUM_BYTES) return { reason: `is larger than ${ANALYSIS_MAXIMUM_BYTES} bytes` };
  if (nestingOf(bytes) > DEEPEST) return { reason: `is nested deeper than ${DEEPEST} levels` };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const document: unknown = JSON.parse(text);
    return { document };
  } catch {
    // The parser's message quotes the content, which may be about a patient.
    return { reason: "is not valid JSON" };
  }
}

function nestingOf(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (inString) {
      if (byte === 0x5c) index++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return deepest;
}
