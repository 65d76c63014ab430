/**
 * Path segments out of ids that may hold anything: "../", "CON", 300 characters, emoji, two ids that differ only by case.
 *
 * A segment is safe on Windows (reserved names, characters, trailing dots and spaces; Microsoft "Naming Files, Paths, and
 * Namespaces"), macOS (case-insensitive, normalising) and Linux. A plain id stays as it is; one that had to change keeps what is
 * readable and gains "_" and eight hex digits of the SHA-256 of the id, so that it depends on the id alone. A plain hash of an id
 * can be guessed back: pseudonymised packages only ever pass pseudonyms and derived UIDs here, which are plain and gain none.
 */
import { createHash } from "node:crypto";

/** Longest segment in UTF-8 bytes: with "patient_", "_export.zip" and ".partial.journal" still below the 143 of encrypted homes. */
const MAX_SEGMENT_BYTES = 80;
/** Longest path inside a package, in UTF-16 units: leaves Windows (260) room for a destination. */
const MAX_PATH_LENGTH = 200;
const HASH_DIGITS = 8;
const PLAIN = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?$/;
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?: *\.|$)/i;
/** Kept as they are: letters, digits and marks of any script, and punctuation that no shell or file system minds. */
const NOT_KEPT = /[^\p{L}\p{N}\p{M}._@=+, -]/gu;
/** Refused in a path whoever made it: controls, what Windows reserves, bidirectional controls, BOM, lone surrogates. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]/u;

/** What two names share exactly when some file system may take them for one: case and normalisation folded away. */
export function foldName(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return name.toLowerCase();
  return name.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFC");
}

/** Whether one segment of a path can be made, as it stands, on Windows, macOS and Linux. */
export function isSafeSegment(segment: string): boolean {
  return (
    segment.length > 0 &&
    Buffer.byteLength(segment) <= 255 &&
    !/^[ ]|[. ]$/.test(segment) &&
    !RESERVED.test(segment) &&
    !FORBIDDEN.test(segment)
  );
}

/** Whether a path inside a package stays inside it and can be made everywhere: relative, "/" between safe segments. */
export function isSafePath(path: string): boolean {
  return path.length <= MAX_PATH_LENGTH && path.split("/").every(isSafeSegment);
}

function cutToBytes(text: string, limit: number): string {
  let bytes = 0;
  let kept = "";
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}

function sanitise(id: string): string {
  const kept = id
    .normalize("NFC")
    .replace(NOT_KEPT, "_")
    .replace(/_{2,}/g, "_")
    .replace(/\.{2,}/g, "_")
    .replace(/^[. _-]+/, "");
  return RESERVED.test(kept) ? `x${kept}` : kept;
}

/** @param attempt counts up where the name was taken, even by an id made to look like it. */
function hashed(id: string, attempt: number): string {
  // A lone surrogate has no UTF-8; UTF-16 keeps ids apart that UTF-8 would make one.
  const salted = Buffer.from(id + "\0".repeat(attempt), "utf16le");
  const digest = createHash("sha256").update(salted).digest("hex").slice(0, HASH_DIGITS);
  const kept = cutToBytes(sanitise(id), MAX_SEGMENT_BYTES - HASH_DIGITS - 1).replace(/[._ -]+$/, "");
  return `${kept === "" ? "id" : kept}_${digest}`;
}

function safeSegment(id: string): string {
  const plain = PLAIN.test(id) && !id.includes("..");
  const stem = plain && !RESERVED.test(id) ? id : sanitise(id);
  if (stem === id && isSafeSegment(stem) && Buffer.byteLength(stem) <= MAX_SEGMENT_BYTES) return stem;
  return hashed(id, 0);
}

/** Gives each id of a set its own segment, whatever file system it meets. Plain data behind one function. */
export interface NameRegistry {
  /** The same id always gets the same segment; two ids never get segments that a file system may take for one. */
  segment(id: string): string;
}

/**
 * @param taken names that stand beside the segments already ("manifest-sha256.txt").
 * Where two ids differ only by case or normalisation the one asked for first stays plain: ask in plan order.
 */
export function createNameRegistry(taken: readonly string[] = []): NameRegistry {
  const given = new Map<string, string>();
  const used = new Set(taken.map(foldName));
  return {
    segment(id) {
      const known = given.get(id);
      if (known !== undefined) return known;
      let name = safeSegment(id);
      for (let attempt = 0; used.has(foldName(name)); attempt++) name = hashed(id, attempt);
      used.add(foldName(name));
      given.set(id, name);
      return name;
    },
  };
}
