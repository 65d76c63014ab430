/**
 * CRC-32 (PKWARE APPNOTE 4.4.7) of two stretches of bytes, one after the other, from the CRCs of each: after zlib's `crc32_combine`. The
 * CRC of the first is multiplied by x^(8 * length of the second), modulo the polynomial.
 */
const POLYNOMIAL = 0xedb88320;
/** x^0, in the reflected order in which CRC-32 keeps its bits. */
const ONE = 0x80000000;
/** x^8: one byte further. */
const BYTE = 0x00800000;

/** The product of two polynomials modulo the CRC's own. */
function multiply(left: number, right: number): number {
  let product = 0;
  let factor = right;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if ((left & bit) !== 0) product ^= factor;
    factor = (factor & 1) === 0 ? factor >>> 1 : (factor >>> 1) ^ POLYNOMIAL;
  }
  return product >>> 0;
}

/** @param secondLength bytes of the second stretch; any length a file can have */
export function combineCrc32(first: number, second: number, secondLength: number): number {
  let shift = ONE;
  let power = BYTE;
  // Halved by division: a length may have more than the 32 bits that shifts see.
  for (let left = secondLength; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) shift = multiply(shift, power);
    power = multiply(power, power);
  }
  return (multiply(shift, first) ^ second) >>> 0;
}
