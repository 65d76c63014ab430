import type { Encoding } from "./element.ts";
import { tag32, uint32, vrAt } from "./element-header.ts";
import { EXPLICIT_BIG_ENDIAN, EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from "./encode.ts";
import { lookup } from "./dictionary.ts";

const IMPLICIT_LITTLE_ENDIAN_UID = "1.2.840.10008.1.2";
const EXPLICIT_LITTLE_ENDIAN_UID = "1.2.840.10008.1.2.1";
const EXPLICIT_BIG_ENDIAN_UID = "1.2.840.10008.1.2.2";
/** GE's own: implicit VR little endian with big endian pixel data. */
const GE_PRIVATE_UID = "1.2.840.113619.5.2";

/** Deflated Explicit VR Little Endian and the two JPIP syntaxes whose data set is deflated (PS3.5 A.5, A.7, A.13). */
const DEFLATED_UIDS: ReadonlySet<string> = new Set([
  "1.2.840.10008.1.2.1.99",
  "1.2.840.10008.1.2.4.95",
  "1.2.840.10008.1.2.4.205",
]);

const FIRST_GROUPS: ReadonlySet<number> = new Set([0x0004, 0x0008, 0x0010]);

/** How a transfer syntax encodes elements. All but three, unknown ones included, are explicit little endian (PS3.5 10, A.4). */
export function encodingOf(transferSyntaxUid: string): Encoding {
  if (transferSyntaxUid === IMPLICIT_LITTLE_ENDIAN_UID || transferSyntaxUid === GE_PRIVATE_UID)
    return IMPLICIT_LITTLE_ENDIAN;
  return transferSyntaxUid === EXPLICIT_BIG_ENDIAN_UID ? EXPLICIT_BIG_ENDIAN : EXPLICIT_LITTLE_ENDIAN;
}

/** Whether the data set, not only its pixel data, is deflated. */
export function isDeflated(transferSyntaxUid: string): boolean {
  return DEFLATED_UIDS.has(transferSyntaxUid);
}

/** The transfer syntax of a data set that came without File Meta Information. */
export function uidOfEncoding(encoding: Encoding): string {
  if (!encoding.explicit) return IMPLICIT_LITTLE_ENDIAN_UID;
  return encoding.littleEndian ? EXPLICIT_LITTLE_ENDIAN_UID : EXPLICIT_BIG_ENDIAN_UID;
}

/**
 * The encoding in which the element at `at` makes sense, `declared` where that does. Undefined where none does: with nothing declared,
 * the element must be one of the dictionary in group 0004, 0008 or 0010, as the first of every data set is.
 */
export function guessEncoding(
  bytes: Uint8Array,
  at: number,
  end: number,
  declared: Encoding | undefined,
): Encoding | undefined {
  if (at + 8 > Math.min(end, bytes.length)) return declared;
  const vr = vrAt(bytes, at + 4);
  if (declared !== undefined && declared.explicit === (vr !== "??")) {
    if (!declared.explicit || fits(bytes, at, declared.littleEndian)) return declared;
  }
  for (const littleEndian of [true, false]) {
    const entry = lookup(tag32(bytes, at, littleEndian));
    if (!fits(bytes, at, littleEndian) || entry === undefined) continue;
    if (declared === undefined && !FIRST_GROUPS.has(tag32(bytes, at, littleEndian) >>> 16)) continue;
    if (vr !== "??" && (declared === undefined || declared.explicit || vr === entry.vr)) {
      return littleEndian ? EXPLICIT_LITTLE_ENDIAN : EXPLICIT_BIG_ENDIAN;
    }
    if (littleEndian && at + 8 + uint32(bytes, at + 4, true) <= end) return IMPLICIT_LITTLE_ENDIAN;
  }
  return declared;
}

/** First elements are of low groups; read in the wrong byte order, 0008 would be 0800. */
function fits(bytes: Uint8Array, at: number, littleEndian: boolean): boolean {
  return tag32(bytes, at, littleEndian) >>> 16 <= 0x00ff;
}
