import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import type { ServerWords } from "../http/http-server.ts";
import { describeNetworkError } from "../http/network-error.ts";
import { backOff, NETWORK_RETRIES, parseRetryAfter, retriesFor, type Patience } from "../http/retry.ts";
import type { AuthEndpoints } from "./endpoints.ts";
import type { OAuthTransport } from "./oauth-transport.ts";

/** What a token endpoint gave. */
export interface Grant {
  accessToken: string;
  /** By this computer's clock, in milliseconds; undefined where the server does not say how long it holds. */
  expiresAt: number | undefined;
  /** What was granted; undefined where it is what was asked for (RFC 6749 5.1). */
  scope: string | undefined;
  refreshToken: string | undefined;
  /** Milliseconds that the server's clock is ahead of this computer's; undefined where it does not tell its time. */
  ahead?: number | undefined;
}

/** A refusal of the token endpoint, by its own code (RFC 6749 5.2). */
export class TokenRefused extends SatchelError {
  readonly reason: string;
  /** As of a grant. */
  readonly ahead: number | undefined;

  constructor(reason: string, ahead: number | undefined, message: string, next: string) {
    super("SOURCE_REFUSED", message, next);
    this.reason = reason;
    this.ahead = ahead;
  }
}

export interface TokenRequest {
  endpoints: AuthEndpoints;
  clientId: string;
  grant: "client_credentials" | "authorization_code" | "refresh_token";
  parameters: Record<string, string>;
  /** Adds what the client proves itself with: to the form, or to the headers. Called for each attempt, since an assertion holds once. */
  prove: ClientProof;
}

export type ClientProof =
  | { kind: "public" }
  | { kind: "secret"; secret: string; send: "basic" | "post" }
  /** @returns the assertion (RFC 7523 2.2) */
  | { kind: "assertion"; sign: () => Promise<string> };

const answer = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  token_type: z.string().optional(),
  // Some servers write it as text.
  expires_in: z.coerce.number().min(0).optional().catch(undefined),
  scope: z.string().optional(),
  refresh_token: z.string().min(1).optional(),
});
const refusal = z.looseObject({ error: z.string().regex(/^[A-Za-z0-9_.-]{1,60}$/) });

/** Two computers that are right differ by less. */
export const CLOCK_TOLERANCE_MS = 60_000;

/**
 * One request to a token endpoint. What proves the client is tried again where the server is not well; a code or a refresh token goes once,
 * since the server takes a second for theft.
 *
 * @throws TokenRefused (SOURCE_REFUSED), SOURCE_ANSWER, SOURCE_UNREACHABLE, CANCELLED. The server's own words are left out: they can hold
 * anything, the secret among it.
 */
export async function requestToken(
  request: TokenRequest,
  words: ServerWords,
  transport: OAuthTransport,
  patience: Patience,
  signal: AbortSignal,
): Promise<Grant> {
  for (let tries = 0; ; tries++) {
    let failure: SatchelError;
    let retryAfter: number | undefined;
    let retries = 0;
    try {
      const response = await send(request, transport, signal);
      if (response.status === 200) return await readGrant(response, words, patience);
      failure = await describeRefusal(response, request, words, patience);
      if (!(failure instanceof TokenRefused)) retries = retriesFor(response.status);
      retryAfter = parseRetryAfter(response.headers.get("retry-after") ?? undefined, patience.now());
    } catch (thrown) {
      if (!(thrown instanceof SatchelError) || thrown.code !== "SOURCE_UNREACHABLE") throw thrown;
      failure = thrown;
      // Who is not trusted now will not be in a second.
      retries = describeNetworkError(thrown.cause, words.server).retry ? NETWORK_RETRIES : 0;
    }
    if (request.grant !== "client_credentials" || tries >= retries) throw failure;
    await patience.sleep(retryAfter ?? backOff(tries, patience.random), signal).catch((): never => {
      throw new SatchelError("CANCELLED", `The request to the ${words.server} was cancelled.`);
    });
  }
}

async function send(
  { endpoints, clientId, grant, parameters, prove }: TokenRequest,
  transport: OAuthTransport,
  signal: AbortSignal,
): Promise<Response> {
  const oauth = await import("oauth4webapi");
  // The issuer only has to be there: this request does not use it.
  const server = { issuer: endpoints.token.origin, token_endpoint: endpoints.token.href };
  const body = new URLSearchParams(parameters);
  if (prove.kind === "assertion") {
    body.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    body.set("client_assertion", await prove.sign());
  }
  const proof =
    prove.kind === "secret"
      ? prove.send === "basic"
        ? oauth.ClientSecretBasic(prove.secret)
        : oauth.ClientSecretPost(prove.secret)
      : prove.kind === "public"
        ? oauth.None()
        : () => undefined;
  return await oauth.genericTokenEndpointRequest(server, { client_id: clientId }, proof, grant, body, {
    [oauth.customFetch]: transport,
    // endpoints.ts has judged the address: http only on this computer.
    [oauth.allowInsecureRequests]: true,
    signal,
  });
}

async function readGrant(response: Response, words: ServerWords, patience: Patience): Promise<Grant> {
  const parsed = answer.safeParse(await response.json().catch(() => undefined));
  const type = parsed.data?.token_type?.toLowerCase() ?? "bearer";
  if (!parsed.success || type !== "bearer")
    throw new SatchelError(
      "SOURCE_ANSWER",
      parsed.success
        ? `The token endpoint of the ${words.server} gave a token of a kind that is not known.`
        : `The token endpoint of the ${words.server} answered, but gave no token.`,
      "Check the address of the token endpoint.",
    );
  const { access_token: accessToken, expires_in: seconds, scope, refresh_token: refreshToken } = parsed.data;
  return {
    accessToken,
    expiresAt: seconds === undefined ? undefined : patience.now() + seconds * 1000,
    scope,
    refreshToken,
    ahead: aheadOf(response, patience),
  };
}

function aheadOf({ headers }: Response, patience: Patience): number | undefined {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? undefined : date - patience.now();
}

async function describeRefusal(
  response: Response,
  { endpoints, grant }: TokenRequest,
  words: ServerWords,
  patience: Patience,
): Promise<SatchelError> {
  const { status } = response;
  if (status >= 300 && status < 400)
    return new SatchelError(
      "SOURCE_ANSWER",
      `The token endpoint of the ${words.server} redirects (${status}), which is not followed: the secret would go along.`,
      "Give the source the address to which it redirects (--token-url), if you trust it.",
    );
  const parsed = refusal.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success && status !== 401 && status !== 403)
    return new SatchelError(
      status >= 500 || status === 429 || status === 408 ? "SOURCE_UNREACHABLE" : "SOURCE_ANSWER",
      `The token endpoint of the ${words.server} answered with the status ${status}.`,
      "Check the address of the token endpoint, then try again.",
    );
  const reason = parsed.data?.error ?? String(status);
  const ahead = aheadOf(response, patience);
  const skewed = ahead !== undefined && Math.abs(ahead) > CLOCK_TOLERANCE_MS;
  const clock = skewed ? ` ${describeSkew(ahead)}` : "";
  return new TokenRefused(
    reason,
    ahead,
    grant === "client_credentials"
      ? `The token endpoint at ${endpoints.token.origin} does not accept the client (${reason}).${clock}`
      : `The sign-in at ${endpoints.token.origin} holds no more (${reason}).${clock}`,
    skewed
      ? "Set this computer's clock, then try again."
      : grant === "client_credentials"
        ? "Check client id, secret or key, and what the client may ask for, with the server's administrator."
        : "Sign in again.",
  );
}

/** @param ahead milliseconds that the server's clock is ahead of this computer's */
export function describeSkew(ahead: number): string {
  const seconds = Math.round(Math.abs(ahead) / 1000);
  const much = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60).toLocaleString("en")} minutes`;
  return `This computer's clock is ${much} ${ahead > 0 ? "behind" : "ahead of"} the server's.`;
}
