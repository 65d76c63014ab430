/** A set of row ids, one bit each: a million locations met by a sync take 125 kB, where a Set of their names took 100 MB. */
export interface IdSet {
  add(id: number): void;
  has(id: number): boolean;
}

export function createIdSet(): IdSet {
  let bits = new Uint8Array(1024);
  return {
    add(id) {
      const at = Math.floor(id / 8);
      if (at >= bits.length) {
        const larger = new Uint8Array(Math.max(at + 1, bits.length * 2));
        larger.set(bits);
        bits = larger;
      }
      bits[at] = (bits[at] ?? 0) | (1 << (id % 8));
    },
    has(id) {
      return ((bits[Math.floor(id / 8)] ?? 0) & (1 << (id % 8))) !== 0;
    },
  };
}
