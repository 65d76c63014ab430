import { SatchelError } from "../../../contract/errors.ts";
import { findAccount, setFailed, type StoredAccount } from "../../catalog/accounts.ts";
import type { Catalog } from "../../catalog/database.ts";
import { isPassword } from "./passwords.ts";

/** Wrong passwords that are nothing but mistyped; each further one blocks the account twice as long as the one before. */
const FREE_ATTEMPTS = 5;
const FIRST_DELAY_MS = 5_000;
/** Long enough that no word list is tried, short enough that nobody is locked out by a neighbour for a day. */
const LONGEST_DELAY_MS = 15 * 60_000;

/**
 * The account of a name and its password. An attempt is counted before the password is tried: attempts side by side are no way around it.
 *
 * @throws SatchelError SIGN_IN_NEEDED: wrong, or the account is blocked. Both names that exist and names that do not get the same answer.
 */
export async function trySignIn(
  catalog: Catalog,
  { name, password }: { name: string; password: string },
  now: () => Date,
): Promise<StoredAccount> {
  const account = findAccount(catalog, name);
  if (account !== undefined) {
    assertNotBlocked(account, now());
    countAttempt(catalog, account, now());
  }
  if (!(await isPassword(password, account)) || account === undefined)
    throw new SatchelError(
      "SIGN_IN_NEEDED",
      "The name and the password do not belong together.",
      "Try again; after several wrong passwords the account waits.",
    );
  // It may have been removed, or got another password, while scrypt was at work.
  const current = findAccount(catalog, account.id);
  if (current === undefined || !current.password.equals(account.password)) throw signedOut();
  if (!catalog.readOnly) setFailed(catalog, account.id, 0, null);
  return current;
}

function assertNotBlocked({ blockedUntil }: StoredAccount, now: Date): void {
  const left = blockedUntil === null ? 0 : Date.parse(blockedUntil) - now.getTime();
  if (left <= 0) return;
  const seconds = Math.ceil(left / 1000);
  throw new SatchelError(
    "SIGN_IN_NEEDED",
    `Too many wrong passwords: the account waits for ${seconds === 1 ? "another second" : `another ${seconds} seconds`}.`,
    "Wait, then try again.",
  );
}

/** Beside the process that writes nothing can be counted. */
function countAttempt(catalog: Catalog, account: StoredAccount, now: Date): void {
  if (catalog.readOnly) return;
  const failed = account.failed + 1;
  const over = failed - FREE_ATTEMPTS;
  const delay = over < 0 ? 0 : Math.min(FIRST_DELAY_MS * 2 ** over, LONGEST_DELAY_MS);
  setFailed(catalog, account.id, failed, delay === 0 ? null : new Date(now.getTime() + delay).toISOString());
}

export function signedOut(): SatchelError {
  return new SatchelError(
    "SIGN_IN_NEEDED",
    "The workspace has accounts, and nobody is signed in.",
    "Sign in with an account of this workspace.",
  );
}
