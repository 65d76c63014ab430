/** Chance that repeats: the same seed and place give the same sequence, whatever was drawn elsewhere. */
export interface Random {
  /** 0 up to but without 1. */
  next(): number;
  /** A whole number from 0 up to but without the limit. */
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(probability: number): boolean;
  digits(count: number): string;
  uuid(): string;
}

/** @param place what is made: the number of a patient, for example */
export function seededRandom(seed: number, place: number): Random {
  // sfc32: its 128 bits of state keep the ids of a million notes apart, which 32 bits do not.
  let [a, b, c, counter] = [seed | 0, place | 0, 0x9e3779b9 | 0, 1];
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let turn = 0; turn < 12; turn++) word();
  const hex = (): string => word().toString(16).padStart(8, "0");
  const random: Random = {
    next: () => word() / 4_294_967_296,
    below: (limit) => Math.floor((word() / 4_294_967_296) * limit),
    pick: (items) => {
      const item = items[random.below(items.length)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    chance: (probability) => random.next() < probability,
    digits: (count) => {
      let text = "";
      for (let digit = 0; digit < count; digit++) text += String(random.below(10));
      return text;
    },
    uuid: () => {
      const text = hex() + hex() + hex() + hex();
      const variant = "89ab"[Number.parseInt(text.charAt(16), 16) % 4];
      return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
    },
  };
  return random;
}
