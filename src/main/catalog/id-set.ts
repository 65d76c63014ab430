/** A set of row ids, one bit each: a million locations met by a sync take 125 kB, where a Set of their names took 100 MB. */
export interface IdSet {
  add(id: number): void;
  /** @returns whether it was in it */
  remove(id: number): boolean;
  has(id: number): boolean;
  readonly size: number;
}

export function createIdSet(): IdSet {
  let bits = new Uint8Array(1024);
  let size = 0;
  const has = (id: number): boolean => ((bits[Math.floor(id / 8)] ?? 0) & (1 << (id % 8))) !== 0;
  return {
    has,
    get size() {
      return size;
    },
    add(id) {
      const at = Math.floor(id / 8);
      if (at >= bits.length) {
        const larger = new Uint8Array(Math.max(at + 1, bits.length * 2));
        larger.set(bits);
        bits = larger;
      }
      if (!has(id)) size += 1;
      bits[at] = (bits[at] ?? 0) | (1 << (id % 8));
    },
    remove(id) {
      if (!has(id)) return false;
      const at = Math.floor(id / 8);
      bits[at] = (bits[at] ?? 0) & ~(1 << (id % 8));
      size -= 1;
      return true;
    },
  };
}
