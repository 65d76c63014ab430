import { randomBytes } from "node:crypto";
import { findAccount, type StoredAccount } from "../../catalog/accounts.ts";
import type { Catalog } from "../../catalog/database.ts";

/** Who is signed in over one wire. It ends with the wire, and after a time without calls. */
export class Session {
  #account: { id: number; password: Buffer; pictures: string } | undefined;
  #lastCall = 0;

  /** What the addresses of this wire's pictures bear. */
  get pictures(): string | null {
    return this.#account?.pictures ?? null;
  }

  signIn({ id, password }: StoredAccount, now: Date): void {
    this.#account = { id, password: Buffer.from(password), pictures: randomBytes(24).toString("base64url") };
    this.#lastCall = now.getTime();
  }

  signOut(): void {
    this.#account = undefined;
  }

  /**
   * The account as it is now: removed, given another password or left alone for too long, it is signed out.
   *
   * @param lockAfterMinutes null: never
   */
  account(catalog: Catalog, now: Date, lockAfterMinutes: number | null): StoredAccount | undefined {
    if (this.#account === undefined) return undefined;
    const idle = now.getTime() - this.#lastCall;
    const found = findAccount(catalog, this.#account.id);
    const locked = lockAfterMinutes !== null && idle > lockAfterMinutes * 60_000;
    if (locked || found === undefined || !found.password.equals(this.#account.password)) {
      this.signOut();
      return undefined;
    }
    return found;
  }

  /** A call came: the time begins anew. */
  touch(now: Date): void {
    this.#lastCall = now.getTime();
  }
}
