import { SatchelError } from "../../../contract/errors.ts";
import type { Grant } from "./token-request.ts";

/** A token that ends within this is not sent any more: the answer to a request may take a while to begin. */
const LEAD_MS = 30_000;
/** Of short-lived tokens, this part of their time. */
const LEAD_PART = 0.2;

/** Some token, and when to have another. Held in memory alone. */
interface Held {
  grant: Grant;
  renewAt: number;
}

/**
 * One token for all requests of a source. It is renewed before it ends, and by one request for all who wait: a renewal that one of them no
 * longer waits for goes on for the others, and to its end, since its refresh token may be used up.
 */
export class SharedTokens {
  readonly #obtain: () => Promise<Grant>;
  readonly #now: () => number;
  #held: Held | undefined;
  #renewal: Promise<Grant> | undefined;

  /** @param held a token from before, which is used while it lasts */
  constructor(obtain: () => Promise<Grant>, now: () => number, held?: Grant) {
    this.#obtain = obtain;
    this.#now = now;
    if (held !== undefined) this.#held = this.#hold(held);
  }

  /** @throws what obtaining throws; CANCELLED where the signal is aborted before */
  async current(signal: AbortSignal): Promise<Grant> {
    const held = this.#held;
    if (held !== undefined && this.#now() < held.renewAt) return held.grant;
    return await this.#renew(signal);
  }

  /** Another than the one that a server refused; the one that came meanwhile, where one did. */
  async replace(refused: string, signal: AbortSignal): Promise<Grant> {
    const held = this.#held;
    if (held !== undefined && held.grant.accessToken !== refused) return await this.current(signal);
    this.#held = undefined;
    return await this.#renew(signal);
  }

  /** Waits for a renewal under way: what it brings has to be kept. */
  async close(): Promise<void> {
    await this.#renewal?.catch(() => undefined);
  }

  async #renew(signal: AbortSignal): Promise<Grant> {
    this.#renewal ??= this.#obtain()
      .then((grant) => {
        this.#held = this.#hold(grant);
        return grant;
      })
      .finally(() => (this.#renewal = undefined));
    const renewal = this.#renewal;
    // Nobody may be left to wait for it.
    renewal.catch(() => undefined);
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = (): void => reject(new SatchelError("CANCELLED", "The request for a token was cancelled."));
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
    try {
      return await Promise.race([renewal, aborted]);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  #hold(grant: Grant): Held {
    const { expiresAt } = grant;
    // Without a time it holds until the server refuses it.
    if (expiresAt === undefined) return { grant, renewAt: Number.POSITIVE_INFINITY };
    const life = Math.max(0, expiresAt - this.#now());
    return { grant, renewAt: expiresAt - Math.min(LEAD_MS, life * LEAD_PART) };
  }
}
