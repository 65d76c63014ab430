import { hash } from "node:crypto";

const BLOCK = 64;
/** Longer messages are hashed from a buffer of their own. */
const SCRATCH = 512;

/**
 * HMAC-SHA-256 (RFC 2104) under one key, for many short messages. Two one-shot hashes over prepared pads take 0.7 us where `createHmac`
 * takes 9: an instance needs one for each UID not met before, a note one for its id. Digests are text, since a buffer of its own for each
 * takes as long again.
 *
 * @param secret at most 64 bytes are usual; longer ones are hashed first, as RFC 2104 says.
 * @returns a function from a message to 64 hexadecimal digits, in lower case.
 */
export function createKeyedHash(secret: Buffer): (message: string) => string {
  const key = secret.length > BLOCK ? hash("sha256", secret, "buffer") : secret;
  const inner = Buffer.alloc(BLOCK + SCRATCH, 0x36, "latin1");
  const outer = Buffer.alloc(BLOCK + 32);
  for (let index = 0; index < BLOCK; index++) {
    const byte = key[index] ?? 0;
    inner[index] = byte ^ 0x36;
    outer[index] = byte ^ 0x5c;
  }
  return (message) => {
    // A UTF-16 unit takes three bytes at most.
    const padded =
      message.length * 3 <= SCRATCH
        ? inner.subarray(0, BLOCK + inner.write(message, BLOCK, "utf8"))
        : Buffer.concat([inner.subarray(0, BLOCK), Buffer.from(message)]);
    outer.write(hash("sha256", padded, "binary"), BLOCK, "latin1");
    return hash("sha256", outer, "hex");
  };
}
