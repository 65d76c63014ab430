import { createKeyedHash } from "../hmac.ts";
import type { TypedNode } from "./node.ts";

/** What the other tools leave to chance: noise and initialisation vectors. */
export interface Chance {
  /** From 0 to 1, without 1. */
  fraction: (about: string) => number;
  /** 16 of them. */
  bytes: (about: string) => Buffer;
}

/**
 * Draws from a keyed generator in place of chance, so that a job that was interrupted goes on with the same bytes. Who does not have the secret
 * cannot foretell it. One value in one place of one resource always draws the same: an average over several exports tells nothing more.
 */
export function createKeyedChance(secret: Buffer): Chance {
  const keyedHash = createKeyedHash(secret);
  return {
    // 52 bits are what a number keeps.
    fraction: (about) => Number.parseInt(keyedHash(`satchel/rules-noise/1\u0000${about}`).slice(0, 13), 16) / 2 ** 52,
    bytes: (about) => Buffer.from(keyedHash(`satchel/rules-iv/1\u0000${about}`).slice(0, 32), "hex"),
  };
}

/** @param origin the resource, as it came */
export function aboutNode(node: TypedNode, origin: string): string {
  return `${origin}\u0000${node.location()}\u0000${node.text}`;
}
