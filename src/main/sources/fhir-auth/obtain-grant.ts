import { SatchelError } from "../../../contract/errors.ts";
import type { Patience } from "../http/retry.ts";
import type { ClientCredentialsAuth, PkceAuth, SmartBackendAuth } from "./auth-config.ts";
import type { AuthServer, KeptSecret } from "./auth-server.ts";
import type { AuthEndpoints } from "./endpoints.ts";
import { readSignIn, writeSignIn, type KeptSignIn } from "./kept-sign-in.ts";
import type { OAuthTransport } from "./oauth-transport.ts";
import { readPrivateKey } from "./private-key.ts";
import { signAssertion } from "./sign-assertion.ts";
import { CLOCK_TOLERANCE_MS, requestToken, TokenRefused, type Grant } from "./token-request.ts";

/** SMART 2 first, then the words of SMART 1. */
const SYSTEM_SCOPES = ["system/*.rs", "system/*.read"];

/** With what a grant was asked for: what is granted may be less. */
export interface AskedGrant extends Grant {
  asked: string;
}

export interface GrantContext {
  server: AuthServer;
  endpoints: AuthEndpoints;
  transport: OAuthTransport;
  patience: Patience;
  signal: AbortSignal;
}

/** RFC 6749 4.4. */
export async function grantByClientSecret(
  { server: { words }, endpoints, transport, patience, signal }: GrantContext,
  auth: ClientCredentialsAuth,
  secret: string | undefined,
): Promise<AskedGrant> {
  if (secret === undefined || secret === "")
    throw new SatchelError(
      "USAGE",
      `The ${words.source} has client credentials but no client secret.`,
      "Give the source its client secret.",
    );
  const { clientId, send, scope = "" } = auth;
  const grant = await requestToken(
    {
      endpoints,
      clientId,
      grant: "client_credentials",
      parameters: scope === "" ? {} : { scope },
      prove: { kind: "secret", secret, send },
    },
    words,
    transport,
    patience,
    signal,
  );
  return { ...grant, asked: scope };
}

/** SMART backend services: scopes of version 2 first; a clock that differs from the server's is told, and taken into account. */
export async function grantBySignature(
  { server: { words }, endpoints, transport, patience, signal }: GrantContext,
  auth: SmartBackendAuth,
  secret: string | undefined,
): Promise<AskedGrant> {
  if (secret === undefined || secret === "")
    throw new SatchelError(
      "USAGE",
      `The ${words.source} has SMART backend services but no private key.`,
      "Let Satchel make one for this source, or give the source one as PEM or JWK.",
    );
  const key = readPrivateKey(secret);
  if (endpoints.algorithms.length > 0 && !endpoints.algorithms.includes(key.algorithm))
    throw new SatchelError(
      "SOURCE_REFUSED",
      `The ${words.server} takes no signatures by ${key.algorithm}, which is what the source's key makes.`,
      `Give the source a key for one of: ${endpoints.algorithms.filter((one) => /^[A-Za-z0-9]+$/.test(one)).join(", ")}.`,
    );
  const ask = (scope: string, ahead: number): Promise<Grant> =>
    requestToken(
      {
        endpoints,
        clientId: auth.clientId,
        grant: "client_credentials",
        parameters: { scope },
        prove: {
          kind: "assertion",
          sign: () => signAssertion(key, auth.clientId, endpoints.token.href, patience.now() + ahead),
        },
      },
      words,
      transport,
      patience,
      signal,
    );
  const scopes = auth.scope === undefined ? SYSTEM_SCOPES : [auth.scope];
  let ahead = 0;
  for (let index = 0; ;) {
    const asked = scopes[index] ?? "";
    try {
      return { ...(await ask(asked, ahead)), asked };
    } catch (thrown) {
      if (!(thrown instanceof TokenRefused)) throw thrown;
      if (thrown.reason === "invalid_scope" && index + 1 < scopes.length) index++;
      else if (ahead === 0 && Math.abs(thrown.ahead ?? 0) > CLOCK_TOLERANCE_MS) ahead = thrown.ahead ?? 0;
      else throw thrown;
    }
  }
}

/** RFC 6749 6. What comes is kept before it is used: the refresh token that was sent may hold no more. */
export async function grantByRefresh(
  { server: { words }, endpoints, transport, patience, signal }: GrantContext,
  { clientId }: PkceAuth,
  kept: KeptSecret,
  refused: string | undefined,
): Promise<AskedGrant> {
  return await kept.exclusively(async () => {
    const before = readSignIn(kept.read(), clientId, words);
    // Somebody else has renewed it while this one waited.
    if (before.accessToken !== refused && isFresh(before, patience.now())) return grantOf(before);
    if (before.refreshToken === undefined)
      throw new SatchelError(
        "SOURCE_REFUSED",
        `The sign-in to the ${words.server} has ended.`,
        "Sign in: satchel source sign-in NAME",
      );
    const token = new URL(before.tokenEndpoint);
    const grant = await requestToken(
      {
        endpoints: { ...endpoints, token },
        clientId,
        grant: "refresh_token",
        parameters: { refresh_token: before.refreshToken },
        prove: { kind: "public" },
      },
      words,
      transport,
      patience,
      signal,
    );
    const after = {
      ...grant,
      refreshToken: grant.refreshToken ?? before.refreshToken,
      scope: grant.scope ?? before.scope,
    };
    kept.write(writeSignIn(after, token, clientId));
    return { ...after, asked: "" };
  });
}

export function isFresh({ expiresAt }: KeptSignIn, now: number): boolean {
  return expiresAt === undefined || now < expiresAt - CLOCK_TOLERANCE_MS;
}

export function grantOf({ accessToken, expiresAt, scope, refreshToken }: KeptSignIn): AskedGrant {
  return { accessToken, expiresAt, scope, refreshToken, asked: "" };
}
