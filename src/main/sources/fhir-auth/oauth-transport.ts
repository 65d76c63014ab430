import type { IncomingMessage } from "node:http";
import { SatchelError } from "../../../contract/errors.ts";
import { readAuthorities } from "../http/credentials.ts";
import type { ServerWords } from "../http/http-server.ts";
import { describeNetworkError } from "../http/network-error.ts";

/** Answers of token endpoints and their descriptions are a page or two; a CapabilityStatement may be some megabytes. */
const MOST_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/** What oauth4webapi hands to its `customFetch`, as far as it is used. */
export interface OAuthRequest {
  method: string;
  headers?: Record<string, string>;
  body?: URLSearchParams | Uint8Array<ArrayBuffer> | null | undefined;
  signal?: AbortSignal | null | undefined;
}

/**
 * One request without redirects: a secret goes to the address that was looked at, and to no other. With the private authority of the
 * source, which `fetch` cannot be given.
 *
 * @throws SOURCE_UNREACHABLE, TOO_LARGE, READ_FAILED (CA file), CANCELLED
 */
export type OAuthTransport = (address: string, request: OAuthRequest) => Promise<Response>;

export function createOAuthTransport(ca: string | undefined, words: ServerWords): OAuthTransport {
  return (address, { method, headers, body, signal }) => {
    const url = new URL(address);
    const secure = url.protocol === "https:";
    // Not imported: see http/http-client.ts.
    const { request } = process.getBuiltinModule(secure ? "node:https" : "node:http");
    const authorities = secure ? readAuthorities({ ca, words }) : undefined;
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const sent = request(url, {
      method,
      // A kept connection would keep the process, too.
      agent: false,
      headers: { accept: "application/json", ...headers, connection: "close" },
      ...(secure ? { minVersion: "TLSv1.2" as const, ca: authorities } : {}),
      ...(signal === null || signal === undefined ? {} : { signal }),
    });
    sent.setTimeout(TIMEOUT_MS, () => sent.destroy(Object.assign(new Error("silent"), { code: "ETIMEDOUT" })));
    sent.on("response", (response) => {
      readBody(response, words)
        .then((bytes) => resolve(toResponse(response, bytes)))
        .catch(reject);
    });
    sent.on("error", reject);
    sent.end(body instanceof URLSearchParams ? body.toString() : (body ?? undefined));
    return promise.catch((thrown: unknown) => {
      if (signal?.aborted === true)
        throw new SatchelError("CANCELLED", `The request to the ${words.server} was cancelled.`);
      if (thrown instanceof SatchelError) throw thrown;
      throw describeNetworkError(thrown, words.server).error;
    });
  };
}

async function readBody(response: IncomingMessage, words: ServerWords): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) {
      response.destroy();
      throw new SatchelError(
        "TOO_LARGE",
        `The ${words.server} answered with more than ${MOST_BYTES} bytes where less was expected.`,
        `Check that the address is that of ${words.api}.`,
      );
    }
    chunks.push(chunk);
  }
  if (!response.complete) throw Object.assign(new Error("cut"), { code: "ECONNRESET" });
  return Buffer.concat(chunks);
}

/** A status without a body has none, whatever came, and others than 200 to 599 are none (Fetch, "null body status", `Response`). */
function toResponse(response: IncomingMessage, bytes: Buffer): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  const status = response.statusCode ?? 0;
  const bare = status === 204 || status === 205 || status === 304;
  return new Response(bare ? null : Uint8Array.from(bytes), {
    status: status < 200 || status > 599 ? 502 : status,
    headers,
  });
}
