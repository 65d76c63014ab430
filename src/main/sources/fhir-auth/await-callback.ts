import type { Server, ServerResponse } from "node:http";
import { SatchelError } from "../../../contract/errors.ts";
import type { ServerWords } from "../http/http-server.ts";

/** What a request to the loopback port is: an answer to this sign-in, or something else, which changes nothing. */
export type Callback = { kind: "code"; code: string } | { kind: "error"; error: string } | { kind: "other" };

/** A person looks for a password. */
const LONGEST_MS = 10 * 60_000;
const PATH = "/callback";

/**
 * Listens on 127.0.0.1 until the browser comes back. Requests that are not an answer to this sign-in are refused and change nothing, since any
 * page in the browser can send some.
 *
 * @param port 0 for any
 * @param begin is called once the port is there, with the address that the browser is to come back to
 */
export async function awaitCallback(
  port: number,
  begin: (redirectUri: string) => void,
  judge: (parameters: URLSearchParams) => Callback,
  words: ServerWords,
  signal: AbortSignal,
  longest = LONGEST_MS,
): Promise<{ code: string; redirectUri: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // Aborted before anybody waits for it.
  promise.catch(() => undefined);
  const { createServer } = process.getBuiltinModule("node:http");
  const server = createServer((request, response) => {
    const address = `http://127.0.0.1${request.url ?? "/"}`;
    // What is no address throws, and anybody on this computer can send it.
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const callback: Callback =
      request.method === "GET" && url?.pathname === PATH ? judge(url.searchParams) : { kind: "other" };
    if (callback.kind === "other") {
      answer(response, 404, "This is not an answer to the sign-in that Satchel waits for.");
      return;
    }
    if (callback.kind === "code") {
      answer(response, 200, "You are signed in. Go back to Satchel; this page can be closed.");
      resolve(callback.code);
    } else {
      answer(response, 200, "The server did not let you in. Go back to Satchel; this page can be closed.");
      const error = /^[a-z_]{1,40}$/.test(callback.error) ? ` (${callback.error})` : "";
      reject(
        new SatchelError(
          "SOURCE_REFUSED",
          `The sign-in to the ${words.server} was refused${error}.`,
          "Sign in again, or ask the server's administrator whether the client and its scopes are known there.",
        ),
      );
    }
  });
  const cancel = (): void => reject(new SatchelError("CANCELLED", `The sign-in to the ${words.server} was cancelled.`));
  signal.addEventListener("abort", cancel, { once: true });
  const timer = setTimeout(
    () =>
      reject(
        new SatchelError(
          "SOURCE_UNREACHABLE",
          `Nobody came back from the sign-in to the ${words.server} in time.`,
          "Sign in again.",
        ),
      ),
    longest,
  );
  try {
    const redirectUri = `http://127.0.0.1:${await listen(server, port)}${PATH}`;
    if (signal.aborted) cancel();
    else begin(redirectUri);
    return { code: await promise, redirectUri };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    // What is being answered gets its answer: connections close with it.
    server.close();
    server.closeIdleConnections();
  }
}

/** @throws IN_USE */
async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once("error", (cause) =>
    reject(
      new SatchelError(
        "IN_USE",
        `The port ${port} of this computer, to which the sign-in comes back, is taken.`,
        "End what uses it, or give the source another redirect port.",
        { cause },
      ),
    ),
  );
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    resolve(typeof address === "object" && address !== null ? address.port : port);
  });
  return await promise;
}

/** Nothing of the address is repeated, and nothing of it is kept: it holds the code. */
function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    connection: "close",
  });
  response.end(`<!doctype html><html lang="en"><title>Satchel</title><p>${text}</p></html>`);
}
