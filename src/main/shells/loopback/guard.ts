import type { IncomingHttpHeaders } from "node:http";
import { SatchelError } from "../../../contract/errors.ts";

/** The names by which the own machine is called: no name server has a say in them, so no foreign site can take one. */
const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/**
 * The hosts under which the page may be called.
 *
 * @param origins where a tunnel ends on another port: "http://localhost:9000"
 * @throws SatchelError USAGE where one is not of this machine: what is served in the clear must not be called over a network
 */
export function allowedHosts(port: number, origins: readonly string[]): ReadonlySet<string> {
  const hosts = new Set(["127.0.0.1", "localhost"].map((name) => `${name}:${port}`));
  for (const origin of origins) {
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    if (url?.protocol !== "http:" || !LOOPBACK_NAMES.includes(url.hostname) || url.origin !== origin.replace(/\/$/, ""))
      throw new SatchelError(
        "USAGE",
        "An --origin must be the near end of a tunnel, such as http://localhost:9000.",
        "Give the address that the browser beside you opens, without a path.",
      );
    hosts.add(url.host);
  }
  return hosts;
}

/** Why a request is refused before anybody looks at what it asks for. */
export interface Refusal {
  status: 403 | 405 | 421;
  reason: string;
}

/**
 * Judges a request by what browsers say of where it comes from. A page of another origin can send requests here; it cannot change these
 * headers.
 *
 * - Host (RFC 9110 7.4): another name means that a foreign name was made to point here (DNS rebinding). 421.
 * - Origin: of another page. 403.
 * - Sec-Fetch-Site: for what comes without Origin, as pictures and scripts do. Only a plain visit of the start page may come from
 *   elsewhere: it bears nothing and shows nothing without a ticket. 403.
 */
export function refuse(
  request: { method: string; path: string; headers: IncomingHttpHeaders },
  hosts: ReadonlySet<string>,
): Refusal | undefined {
  const { method, path, headers } = request;
  const { host = "", origin } = headers;
  if (!hosts.has(host)) return { status: 421, reason: "This is not the address of Satchel's window." };
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, reason: "Satchel answers its own window only." };
  const isVisit = path === "/" && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  const site = headers["sec-fetch-site"] ?? "same-origin";
  if (site !== "same-origin" && !isVisit && !(site === "none" && headers["sec-fetch-mode"] === "navigate"))
    return { status: 403, reason: "Satchel answers its own window only." };
  // The one thing that is not only read: a ticket is used up.
  if (path === "/session" ? method !== "POST" && method !== "GET" : method !== "GET" && method !== "HEAD")
    return { status: 405, reason: "The window is read, not written." };
  return undefined;
}

/** A WebSocket has no answer that a foreign page could not read, so it must say where it comes from. */
export function refuseUpgrade(
  request: { path: string; headers: IncomingHttpHeaders },
  hosts: ReadonlySet<string>,
): Refusal | undefined {
  const refusal = refuse({ method: "GET", ...request }, hosts);
  if (refusal !== undefined) return refusal;
  return request.headers.origin === undefined ? { status: 403, reason: "A browser names its origin." } : undefined;
}
