import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combineCrc32 } from "../../src/main/package/crc32-combine.ts";

describe("the CRC of two stretches of bytes, one after the other", () => {
  it("is what zlib finds over both at once, whatever their lengths", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.uint8Array({ maxLength: 5000 }), (first, second) => {
        const both = crc32(Buffer.concat([first, second]));
        expect(combineCrc32(crc32(first), crc32(second), second.length)).toBe(both);
      }),
      { numRuns: 500 },
    );
  });

  it("holds beyond 4 GiB, where lengths have more than 32 bits", () => {
    // Zeros in halves: the CRC of twice as many follows from itself.
    let crc = crc32(Buffer.alloc(1 << 20));
    let length = 1 << 20;
    while (length < 2 ** 33) {
      crc = combineCrc32(crc, crc, length);
      length *= 2;
    }
    // Python: zlib.crc32 over 8 GiB of zeros.
    expect(length).toBe(2 ** 33);
    expect(crc).toBe(0x41d912ff);
  });
});
