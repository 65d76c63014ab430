/** A bit for each Latin letter in a folded word: words one letter apart differ in two bits at most, so that most need no second look. */
export function letterMask(word: string): number {
  let mask = 0;
  for (let index = 0; index < word.length; index++) mask |= 1 << (word.charCodeAt(index) & 31);
  return mask;
}

/** False where two words must be further apart than one letter. */
export function mayBeOneApart(mask: number, length: number, otherMask: number, otherLength: number): boolean {
  if (Math.abs(length - otherLength) > 1) return false;
  const difference = mask ^ otherMask;
  const rest = difference & (difference - 1);
  return (rest & (rest - 1)) === 0;
}

/** One letter more, less or other, or two neighbours changed over. False of the word itself. */
export function isOneApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short.charCodeAt(at) === long.charCodeAt(at)) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (at === short.length) return false;
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

/** A folded word as it is said, roughly: letters that are written twice or otherwise for one sound become one. */
export function soundOf(word: string): string {
  return word
    .replace(/^h/, "")
    .replaceAll("th", "t")
    .replaceAll("ph", "f")
    .replace(/(?:ie|ei|ey)$/, "i")
    .replaceAll("y", "i")
    .replaceAll("z", "s")
    .replaceAll("w", "v")
    .replaceAll("k", "c")
    .replaceAll(/(.)\1+/g, "$1");
}
