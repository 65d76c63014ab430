import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { SatchelError } from "../../../contract/errors.ts";

/** Asks on the terminal without showing what is typed. */
async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new SatchelError(
      "USAGE",
      `${question}: there is no terminal to ask on.`,
      "Put the passphrase into the environment variable (see --help).",
    );
  }
  process.stderr.write(`${question}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question("");
  } catch (cause) {
    // Ctrl-C, Ctrl-D.
    throw new SatchelError("CANCELLED", "Cancelled.", undefined, { cause });
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}

/** A passphrase that exists: from the environment variable where one is named and set, otherwise asked for. */
export async function passphraseFor(question: string, variable: string | undefined): Promise<string> {
  const value = variable === undefined ? undefined : process.env[variable];
  return value === undefined || value === "" ? ask(question) : value;
}

/** A new passphrase: asked for twice. @throws USAGE where the two differ */
export async function newPassphrase(question: string, variable: string | undefined): Promise<string> {
  const value = variable === undefined ? undefined : process.env[variable];
  if (value !== undefined && value !== "") return value;
  const first = await ask(`${question} (new)`);
  const second = await ask("Once more");
  if (first === second && first !== "") return first;
  throw new SatchelError("USAGE", "The two passphrases differ, or are empty.", "Try again.");
}
