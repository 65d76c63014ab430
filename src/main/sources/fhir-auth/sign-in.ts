import { SatchelError } from "../../../contract/errors.ts";
import { realPatience, type Patience } from "../http/retry.ts";
import type { PkceAuth } from "./auth-config.ts";
import type { AuthServer } from "./auth-server.ts";
import { awaitCallback, type Callback } from "./await-callback.ts";
import { findEndpoints } from "./endpoints.ts";
import { writeSignIn } from "./kept-sign-in.ts";
import { createOAuthTransport } from "./oauth-transport.ts";
import { requestToken } from "./token-request.ts";

/** What a sign-in asks for where nothing else is said: to read, and to be let in again without a person. */
const USER_SCOPE = "openid fhirUser user/*.rs offline_access";

/**
 * Authorization code with PKCE (RFC 7636, S256) on a loopback port (RFC 8252 7.3). The code comes back to this computer and is changed for a
 * token with a verifier that never left it.
 *
 * @param show is given the address that a person opens in a browser of this computer. It holds no secret, but whoever opens it signs in here.
 * @returns what becomes the secret of the source
 * @throws SOURCE_REFUSED (the person or the server said no), SOURCE_ANSWER, SOURCE_UNREACHABLE (nobody came back in time), IN_USE (port), CANCELLED
 */
export async function signIn(
  server: AuthServer & { auth: PkceAuth },
  show: (address: string) => void,
  signal: AbortSignal,
  patience: Patience = realPatience,
): Promise<string> {
  const { auth, words, signInScope } = server;
  const transport = createOAuthTransport(server.ca, words);
  const endpoints = await findEndpoints(server, transport, signal);
  if (endpoints.authorize === undefined)
    throw new SatchelError(
      "SOURCE_ANSWER",
      `The ${words.server} does not say where one signs in.`,
      "Ask its administrator for the authorization endpoint and give it to the source (--authorize-url).",
    );
  const oauth = await import("oauth4webapi");
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const { authorize, issuer, namesIssuer } = endpoints;
  // Another's answer (RFC 9207 2.4), or one to another request, is not this one's.
  const judge = (parameters: URLSearchParams): Callback => {
    if (parameters.get("state") !== state) return { kind: "other" };
    const named = parameters.get("iss");
    if ((named === null && namesIssuer) || (named !== null && issuer !== "" && named !== issuer))
      return { kind: "other" };
    const code = parameters.get("code");
    if (code !== null) return { kind: "code", code };
    return { kind: "error", error: parameters.get("error") ?? "" };
  };
  const { code, redirectUri } = await awaitCallback(
    auth.redirectPort,
    (redirect) => {
      const address = new URL(authorize);
      const parameters = {
        response_type: "code",
        client_id: auth.clientId,
        redirect_uri: redirect,
        scope: auth.scope ?? signInScope ?? USER_SCOPE,
        state,
        code_challenge: challenge,
        code_challenge_method: "S256",
        // SMART App Launch 2 asks for it: a token for another server is of no use there. Servers compare it with their own address, which ends without a slash.
        ...(signInScope === undefined ? { aud: server.url.replace(/\/$/, "") } : {}),
      };
      for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
      show(address.href);
    },
    judge,
    words,
    signal,
  );
  const grant = await requestToken(
    {
      endpoints,
      clientId: auth.clientId,
      grant: "authorization_code",
      parameters: { code, redirect_uri: redirectUri, code_verifier: verifier },
      prove: { kind: "public" },
    },
    words,
    transport,
    patience,
    signal,
  );
  return writeSignIn(grant, endpoints.token, auth.clientId);
}
