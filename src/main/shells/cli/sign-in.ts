import type { Calls } from "../../../contract/calls.ts";
import { SatchelError } from "../../../contract/errors.ts";
import type { Client } from "../../../contract/rpc.ts";
import { passphraseFor } from "./passphrase.ts";

export interface AccountOptions {
  /** Name of an account. */
  as?: string;
  passwordStdin?: boolean;
}

/** Characters that are read before the end of the first line is given up. */
const LONGEST = 4_096;

/**
 * Signs in where an account is named, by --as or SATCHEL_USER. The password comes from standard input, the environment or a question; never
 * from the arguments, which other users of the machine can read.
 *
 * @throws SatchelError SIGN_IN_NEEDED, USAGE
 */
export async function signInAs(client: Client<Calls>, { as, passwordStdin }: AccountOptions): Promise<void> {
  const name = as ?? process.env.SATCHEL_USER ?? "";
  if (name === "") {
    if (passwordStdin === true)
      throw new SatchelError("USAGE", "--password-stdin is given, but no account.", "Name it by --as.");
    return;
  }
  if (!(await client["users.me"]({})).accounts) {
    if (as === undefined) return;
    throw new SatchelError(
      "USAGE",
      "The workspace has no accounts.",
      "Leave --as out, or add one: satchel user add NAME",
    );
  }
  const password =
    passwordStdin === true ? await lineOfInput() : await passphraseFor(`Password of ${name}`, "SATCHEL_PASSWORD");
  await client["users.signIn"]({ name, password });
}

async function lineOfInput(): Promise<string> {
  let text = "";
  for await (const piece of process.stdin.setEncoding("utf8")) {
    text += String(piece);
    if (text.includes("\n") || text.length > LONGEST) break;
  }
  return text.replace(/\r?\n[^]*$/, "");
}
