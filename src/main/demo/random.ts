import { createHash } from "node:crypto";

/**
 * Chance that can be repeated: every number of the demo hospital comes from a seed and a label, so that one part can change
 * without moving any other. Neither Math.random nor the clock is used anywhere in this room.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform whole number in [low, high], both ends included. */
  whole(low: number, high: number): number;
  /** One of the given. */
  pick<T>(choices: readonly T[]): T;
}

/** 32-bit FNV-1a over UTF-16 code units: turns a label into a starting state. */
function hashLabel(label: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** splitmix32: small, fast, and good enough for phantoms; it protects nothing. */
export function makeRandom(seed: number, label: string): Random {
  let state = (hashLabel(label) ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => low + Math.floor((high - low + 1) * next()),
    pick: (choices) => {
      const chosen = choices[Math.floor(next() * choices.length)];
      if (chosen === undefined) throw new RangeError("pick needs at least one choice");
      return chosen;
    },
  };
}

/** A UID under 2.25 (PS3.5 B.2), from a name-based 128-bit number in the shape of a version 8 UUID (RFC 9562 5.8). */
export function makeUid(seed: number, label: string): string {
  const bytes = createHash("sha256").update(`satchel-demo/${seed}/${label}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${bytes.toString("hex")}`)}`;
}
