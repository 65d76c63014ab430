/**
 * How the loopback shell lets this page in. A ticket comes in the fragment, which no request bears; it is taken out of the address bar at
 * once and exchanged, once, for a session. A reload keeps the session (sessionStorage); a bookmark, the history and another tab have none.
 */
const KEPT = "satchel-session";

/** The address was used before, or Satchel has been started anew since: no wait makes it good again. */
export class OldAddressError extends Error {
  override readonly name = "OldAddressError";
}

function takeTicket(): string {
  const { hash, pathname } = globalThis.location;
  if (hash.length <= 1 || hash.startsWith("#/")) return "";
  globalThis.history.replaceState(null, "", pathname);
  return hash.slice(1);
}

// A new address given to a page that is there already changes its fragment only: begin anew with it.
globalThis.addEventListener("hashchange", () => {
  const { hash } = globalThis.location;
  if (window.satchel === undefined && hash.length > 1 && !hash.startsWith("#/")) globalThis.location.reload();
});

let ticket = window.satchel === undefined ? takeTicket() : "";
let exchange: Promise<string> | undefined;

/** For fetching pictures. Electron needs none: its scheme answers only its own window. */
export function authorization(): Record<string, string> {
  return window.satchel === undefined
    ? { authorization: `Bearer ${globalThis.sessionStorage.getItem(KEPT) ?? ""}` }
    : {};
}

/** @throws OldAddressError; a TypeError of fetch where nobody answers */
export function session(): Promise<string> {
  // Asked for twice at once, a ticket would be used up by the first and refused to the second.
  exchange ??= findSession().finally(() => (exchange = undefined));
  return exchange;
}

async function findSession(): Promise<string> {
  if (ticket !== "") {
    const answer = await fetch("/session", { method: "POST", headers: { authorization: `Bearer ${ticket}` } });
    ticket = "";
    if (answer.ok) globalThis.sessionStorage.setItem(KEPT, ((await answer.json()) as { session: string }).session);
  }
  const kept = globalThis.sessionStorage.getItem(KEPT) ?? "";
  if (kept === "") throw new OldAddressError();
  const answer = await fetch("/session", { headers: { authorization: `Bearer ${kept}` } });
  if (answer.status === 401) throw new OldAddressError();
  if (!answer.ok) throw new TypeError("no answer");
  return kept;
}
