export type Strength = "none" | "weak" | "fair" | "good";

/**
 * How hard a passphrase is to guess, roughly: by its length and by how many different characters it has. A word is worth about as much as
 * its letters are rare, so length counts most (NIST SP 800-63B 3.1.1.2); no rule about kinds of characters.
 */
export function judgePassphrase(passphrase: string): Strength {
  if (passphrase === "") return "none";
  const different = new Set(passphrase.toLowerCase()).size;
  const counted = Math.min(passphrase.length, different * 2);
  if (counted < 10) return "weak";
  return counted < 16 ? "fair" : "good";
}
