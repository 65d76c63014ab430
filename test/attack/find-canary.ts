/** An own search for planted strings, sharing no code with the sweep. */

/** Windows-31J, EUC and others are reached through the bytes that the tests plant; these are the forms of a plain string. */
function formsOf(canary: string): Map<string, Buffer> {
  const reversed = canary.includes("^") ? canary.split("^").toReversed().join("^") : canary;
  const forms = new Map<string, Buffer>();
  for (const text of new Set([canary, reversed, canary.toLowerCase(), canary.toUpperCase()])) {
    forms.set(`latin1 ${text}`, Buffer.from(text, "latin1"));
    forms.set(`utf8 ${text}`, Buffer.from(text, "utf8"));
    forms.set(`utf16le ${text}`, Buffer.from(text, "utf16le"));
    forms.set(`utf16be ${text}`, Buffer.from(text, "utf16le").swap16());
    forms.set(`base64 ${text}`, Buffer.from(Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1)));
    forms.set(`hex ${text}`, Buffer.from(Buffer.from(text).toString("hex")));
  }
  return forms;
}

/** Names of the forms in which the canary stands in the bytes; [] where it does not. */
export function findCanary(bytes: Buffer, canary: string): string[] {
  return [...formsOf(canary)].filter(([, form]) => bytes.includes(form)).map(([name]) => name);
}
