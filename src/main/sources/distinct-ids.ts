const FEWEST = 1024;

/** Counts different ids, 16 to 32 bytes each. Two in some 10^16 are taken for one: for counts that are compared, not for what is kept. */
export interface DistinctIds {
  /** @returns whether it is new */
  add(id: string): boolean;
  readonly size: number;
}

export function createDistinctIds(): DistinctIds {
  let slots = new Float64Array(FEWEST);
  let size = 0;

  function place(into: Float64Array, hash: number): boolean {
    const mask = into.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const there = into[at] ?? 0;
      if (there === hash) return false;
      if (there !== 0) continue;
      into[at] = hash;
      return true;
    }
  }

  return {
    add(id) {
      if (!place(slots, hashOf(id))) return false;
      size++;
      if (size * 2 > slots.length) {
        const larger = new Float64Array(slots.length * 2);
        for (const hash of slots) if (hash !== 0) place(larger, hash);
        slots = larger;
      }
      return true;
    },
    get size() {
      return size;
    },
  };
}

/** cyrb53: 53 bits, never 0, which marks an empty slot. */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0) || 1;
}
