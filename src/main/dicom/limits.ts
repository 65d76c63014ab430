/**
 * What keeps hostile bytes from costing more than they are worth. Every loop of the walk consumes bytes or one of these.
 */
export interface Limits {
  /** Data sets within data sets. Real objects stay below 10; the walk recurses, so this also bounds the stack. */
  readonly depth: number;
  /** Elements, items and fragments of one file together. An element costs about 130 bytes of memory. */
  readonly elements: number;
  /** Bytes of a file that are held in memory beside the values left in the file. */
  readonly headerBytes: number;
  /** Bytes that a deflated data set may inflate to. */
  readonly inflatedBytes: number;
  /** Values of VR UN that looked like sequences and were not: each costs an exception. */
  readonly failedGuesses: number;
}

export const DEFAULT_LIMITS: Limits = {
  depth: 64,
  elements: 500_000,
  headerBytes: 64 * 1024 * 1024,
  inflatedBytes: 128 * 1024 * 1024,
  failedGuesses: 1000,
};

/** A top-level value of at least this many bytes stays in the file when it is read by position. */
export const OUTSIDE_BYTES = 1024 * 1024;
