/**
 * The shape in which a walked data set is handed on. All offsets are byte positions in Part10.bytes.
 */

/** A Value Representation of PS3.5 section 6.2, or "??" for two bytes that are none. */
export type Vr = string;

export interface Element {
  /** (group << 16 | element) >>> 0 */
  readonly tag: number;
  /**
   * As encoded; in implicit VR (and for UN of known elements) by the dictionary; UN where unknown. "SQ" exactly where there are `items`
   * (but see readHeader): what the dictionary calls a sequence and is not one inside UN stays UN.
   */
  readonly vr: Vr;
  /** As encoded in an explicit transfer syntax: "UN" or "??" where `vr` was looked up. In implicit VR that of the dictionary. */
  readonly encodedVr: Vr;
  /** First byte of the tag. */
  readonly start: number;
  /** First byte of the value. */
  readonly valueStart: number;
  /** One past the last byte of the value, delimiters not included. */
  readonly valueEnd: number;
  /** One past the last byte of the element, sequence delimiter included. */
  readonly end: number;
  /** The length field was FFFFFFFF. */
  readonly undefinedLength: boolean;
  /** Items of a sequence (VR SQ, or UN found to hold items). Undefined for everything else. */
  readonly items?: readonly Item[];
  /**
   * Values of the fragments of encapsulated pixel data; the first is the Basic Offset Table. Their positions are those of the file where
   * the element is `outside`.
   */
  readonly fragments?: readonly Fragment[];
  /** For a private data element: the Private Creator of its block, trimmed, or "" where none stands. Undefined for creators themselves. */
  readonly privateCreator?: string;
  /** The transfer syntax inside: sequences in UN are always implicit little endian (PS3.5 6.2.2 note 2). */
  readonly encoding: Encoding;
  /**
   * Where the value stands in the file when it was left there: then valueStart equals valueEnd. A delimiter that follows is not part
   * of it.
   */
  readonly outside?: FileRange;
}

/** Bytes of the file an instance is read from. */
export interface FileRange {
  readonly start: number;
  readonly length: number;
}

export interface Fragment {
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

export interface Item {
  /** First byte of the item tag. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly end: number;
  readonly undefinedLength: boolean;
  readonly dataset: Dataset;
}

/** How elements are encoded: one of three pairs, PS3.5 section 7 and annex A. */
export interface Encoding {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
}

export interface Dataset {
  readonly elements: readonly Element[];
  /** Effective Specific Character Set values (0008,0005): its own, or its parent's. [] means the default repertoire. */
  readonly characterSet: readonly string[];
  readonly encoding: Encoding;
}
