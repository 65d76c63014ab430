/**
 * Names by number and numbers by name, without a string for each: UTF-8 in pages, and a hash table of numbers. Two names that some
 * file system takes for one count as twins.
 */
import { randomInt } from "node:crypto";
import { foldName } from "./safe-name.ts";

const PAGE_BYTES = 1 << 20;

/** Another one in every process, so that no package can bring names made to collide. */
const SEED = randomInt(0xffffffff);

/** FNV-1a over UTF-16 units, begun from the seed. */
function hashOf(text: string): number {
  let hash = SEED;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

export class NameIndex {
  #pages: Buffer[] = [];
  #used = 0;
  /** Page of each name, its start there, its length in bytes. */
  #places = new Uint32Array(3 * 1_024);
  #length = 0;
  /** Number + 1 of the first name of each folded form; 0 is free. At most half full. */
  #table = new Uint32Array(4_096);
  #inTable = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): string {
    const start = this.#places[3 * index + 1]!;
    return this.#pages[this.#places[3 * index]!]!.toString("utf8", start, start + this.#places[3 * index + 2]!);
  }

  /** The place in the table where the folded name stands, or the free place where it would. */
  #slot(folded: string): number {
    const mask = this.#table.length - 1;
    let slot = hashOf(folded) & mask;
    while (this.#table[slot] !== 0 && foldName(this.at(this.#table[slot]! - 1)) !== folded) slot = (slot + 1) & mask;
    return slot;
  }

  #keep(name: string): void {
    const bytes = Buffer.from(name);
    if (this.#pages.length === 0 || this.#used + bytes.length > PAGE_BYTES) {
      this.#pages.push(Buffer.allocUnsafe(Math.max(PAGE_BYTES, bytes.length)));
      this.#used = 0;
    }
    if (3 * this.#length === this.#places.length) {
      const grown = new Uint32Array(2 * this.#places.length);
      grown.set(this.#places);
      this.#places = grown;
    }
    bytes.copy(this.#pages.at(-1)!, this.#used);
    this.#places.set([this.#pages.length - 1, this.#used, bytes.length], 3 * this.#length);
    this.#used += bytes.length;
    this.#length++;
  }

  /** @returns the number of an earlier name that is this one's twin, or undefined. */
  add(name: string): number | undefined {
    if (2 * this.#inTable >= this.#table.length) this.#grow();
    const slot = this.#slot(foldName(name));
    const twin = this.#table[slot]!;
    this.#keep(name);
    if (twin !== 0) return twin - 1;
    this.#table[slot] = this.#length;
    this.#inTable++;
    return undefined;
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Uint32Array(2 * old.length);
    const mask = this.#table.length - 1;
    for (const entry of old) {
      if (entry === 0) continue;
      let slot = hashOf(foldName(this.at(entry - 1))) & mask;
      while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
      this.#table[slot] = entry;
    }
  }

  /** The number of exactly this name, or undefined. */
  find(name: string): number | undefined {
    const entry = this.#table[this.#slot(foldName(name))]!;
    return entry !== 0 && this.at(entry - 1) === name ? entry - 1 : undefined;
  }
}
