import { randomBytes, scrypt } from "node:crypto";
import { SatchelError } from "../../contract/errors.ts";
import { z } from "../../contract/schema.ts";

/**
 * scrypt (RFC 7914) and its parameters, stored beside what they protect so that they can grow. The bounds keep a hostile file from
 * asking for more memory than there is (128 x n x r bytes: at most 1 GiB).
 */
export const kdfSchema = z
  .object({
    name: z.literal("scrypt"),
    n: z.union([14, 15, 16, 17, 18, 19, 20].map((power) => z.literal(2 ** power))),
    r: z.literal(8),
    p: z.int().min(1).max(4),
    salt: z.string().regex(/^[0-9a-f]{32,128}$/),
  })
  .strict();
export type Kdf = z.infer<typeof kdfSchema>;

/** 128 MiB and about 0.3 s a guess, with a fresh salt. */
export function newKdf(): Kdf {
  return { name: "scrypt", n: 2 ** 17, r: 8, p: 1, salt: randomBytes(16).toString("hex") };
}

/**
 * 32 bytes from a passphrase. The passphrase is taken in Unicode form NFC, so that the same keys typed on macOS and Windows open the
 * same workspace. Overwrite the result when done.
 *
 * @throws SatchelError USAGE where the passphrase is empty
 */
export function derivePassphraseKey(passphrase: string, kdf: Kdf): Promise<Buffer> {
  if (passphrase === "") {
    throw new SatchelError("USAGE", "The passphrase is empty.", "Choose a passphrase of several words.");
  }
  const { n: N, r, p } = kdf;
  return new Promise((resolve, reject) => {
    scrypt(
      Buffer.from(passphrase.normalize("NFC")),
      Buffer.from(kdf.salt, "hex"),
      32,
      { N, r, p, maxmem: 256 * N * r },
      (error, key) => {
        if (error === null) resolve(key);
        else reject(error);
      },
    );
  });
}
