import { classAt, OTHER } from "./letters.ts";
import type { Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";

const LONGEST_PART = 256;
const WEB = /(?:https?|ftp):\/\/[^\s<>"'\])]{1,2048}|www\.[^\s<>"'\])]{1,2048}/iy;
const DOMAIN_END = /(?:\.[\p{L}]{2,6}){0,3}(?::\d{1,5})?(?:\/[^\s<>"'\])]{0,2048})?/uy;
const SHORTEST_HANDLE = 3;

/** Finds addresses of mail and handles: everything around an @. */
export function findMail(reading: Reading): void {
  const { text } = reading;
  let token = 0;
  for (let sign = text.indexOf("@"); sign >= 0; sign = text.indexOf("@", sign + 1)) {
    let start = sign;
    while (start > 0 && sign - start < LONGEST_PART && isMailSign(text, start - 1)) start--;
    let end = sign + 1;
    while (end < text.length && end - sign < LONGEST_PART && isMailSign(text, end)) end++;
    while (end > sign + 1 && /[.\-_+%]/.test(text.charAt(end - 1))) end--;
    const letters = /\p{L}/u.test(text.slice(sign + 1, end));
    if (!letters || (start === sign && end - sign <= SHORTEST_HANDLE)) continue;
    while (token < reading.count && reading.end(token) <= start) token++;
    reading.add({ start, end, kind: start === sign ? "identifier" : "email" }, token);
  }
}

/** Finds the web address that begins or ends with the word at this place. @returns whether there was one */
export function findWeb(reading: Reading, at: number): boolean {
  const word = reading.word(at)!;
  const { text } = reading;
  const start = reading.start(at);
  if ((word.flags & FLAGS.webHead) !== 0) {
    WEB.lastIndex = start;
    if (!WEB.test(text)) return false;
    return put(reading, at, start, WEB.lastIndex);
  }
  if (text.charAt(start - 1) !== "." || classAt(text, start - 2) === OTHER || word.shape === "title") return false;
  let from = start - 1;
  while (from > 0 && start - from < LONGEST_PART && /[\p{L}\d.-]/u.test(text.charAt(from - 1))) from--;
  DOMAIN_END.lastIndex = reading.end(at);
  DOMAIN_END.test(text);
  const end = DOMAIN_END.lastIndex;
  // "dor.es": of a country only with a path, or within a longer name.
  const written = text.slice(from, end);
  if (word.text.length === 2 && !written.includes("/") && written.split(".").length < 3) return false;
  // "alta.com dor": a full stop without its space.
  if (reading.end(at) === end && isPlainWord(reading, at - 1)) return false;
  return put(reading, Math.max(0, at - 12), from, end);
}

function isPlainWord(reading: Reading, at: number): boolean {
  const flags = reading.word(at)?.flags ?? 0;
  return (flags & (FLAGS.common | FLAGS.abbreviation)) !== 0;
}

function isMailSign(text: string, index: number): boolean {
  return classAt(text, index) !== OTHER || /[.\-_+%]/.test(text.charAt(index));
}

function put(reading: Reading, at: number, start: number, end: number): true {
  const trimmed = reading.text.slice(start, end).replace(/[.,;:!?]+$/, "").length;
  reading.add({ start, end: start + trimmed, kind: "url" }, at);
  return true;
}
