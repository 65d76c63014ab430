import { createHash, randomBytes } from "node:crypto";

interface Ticket {
  expires: NodeJS.Timeout;
  onEnd: (() => void) | undefined;
}

/**
 * Who may come in. A ticket opens the door once, soon: it stands in an address or a redirect file, which a history or a terminal may keep.
 * It is exchanged for a session, which lives in the memory of this process and of one page, and ends with either. Kept by their digests:
 * looking one up tells nothing by the time it takes.
 */
export class Tickets {
  readonly #tickets = new Map<string, Ticket>();
  readonly #sessions = new Set<string>();

  /**
   * @param lifetime milliseconds until it is worth nothing
   * @param onEnd called once, when it was used or has expired
   */
  issue(lifetime: number, onEnd?: () => void): string {
    const ticket = newSecret();
    const key = digest(ticket);
    const expires = setTimeout(() => this.#end(key), lifetime);
    expires.unref();
    this.#tickets.set(key, { expires, onEnd });
    return ticket;
  }

  /** @returns a session; undefined where there is no such ticket, or no more */
  redeem(ticket: string): string | undefined {
    if (!this.#end(digest(ticket))) return undefined;
    const session = newSecret();
    this.#sessions.add(digest(session));
    return session;
  }

  isSession(offered: string): boolean {
    return this.#sessions.has(digest(offered));
  }

  /** Nobody comes in any more. */
  close(): void {
    for (const key of this.#tickets.keys()) this.#end(key);
    this.#sessions.clear();
  }

  #end(key: string): boolean {
    const ticket = this.#tickets.get(key);
    if (ticket === undefined) return false;
    this.#tickets.delete(key);
    clearTimeout(ticket.expires);
    ticket.onEnd?.();
    return true;
  }
}

/** 256 bits, in letters that an address, a header and a WebSocket protocol may bear. */
function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("base64");
}
