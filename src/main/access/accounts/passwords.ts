import { timingSafeEqual } from "node:crypto";
import { derivePassphraseKey, kdfSchema, newKdf } from "../passphrase.ts";

/** What is kept of a password: scrypt with its parameters and a salt of its own. */
export interface KeptPassword {
  /** JSON of `Kdf`. */
  kdf: string;
  password: Buffer;
}

export async function keepPassword(password: string): Promise<KeptPassword> {
  const kdf = newKdf();
  return { kdf: JSON.stringify(kdf), password: await derivePassphraseKey(password, kdf) };
}

/**
 * Compares without telling by its time how much agrees. Without an account the same work is done, so that the time does not tell which
 * names there are.
 */
export async function isPassword(given: string, kept: KeptPassword | undefined): Promise<boolean> {
  const kdf = kept === undefined ? newKdf() : kdfSchema.parse(JSON.parse(kept.kdf));
  // An empty password is none; the work is done all the same.
  const derived = await derivePassphraseKey(given === "" ? "\0" : given, kdf);
  const same = kept !== undefined && kept.password.length === derived.length && timingSafeEqual(kept.password, derived);
  derived.fill(0);
  return same && given !== "";
}
