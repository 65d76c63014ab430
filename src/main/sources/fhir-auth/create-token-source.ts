import { SatchelError } from "../../../contract/errors.ts";
import { authorization } from "../http/credentials.ts";
import { realPatience, type Patience } from "../http/retry.ts";
import type { CheckFinding } from "../source.ts";
import type { OAuth, PkceAuth } from "./auth-config.ts";
import type { AuthServer, KeptSecret } from "./auth-server.ts";
import { describeEndpoints, findEndpoints, type AuthEndpoints } from "./endpoints.ts";
import {
  isFresh,
  grantByClientSecret,
  grantByRefresh,
  grantBySignature,
  grantOf,
  type AskedGrant,
  type GrantContext,
} from "./obtain-grant.ts";
import { readSignIn } from "./kept-sign-in.ts";
import { createOAuthTransport } from "./oauth-transport.ts";
import { SharedTokens } from "./shared-tokens.ts";
import { CLOCK_TOLERANCE_MS, describeSkew } from "./token-request.ts";
import type { TokenSource } from "./token-source.ts";

/** A token source that can also say how it gets its tokens. */
export interface DescribedTokenSource extends TokenSource {
  /** Gets a token and says where from, and what it is good for. Never the token. @throws as `authorization` */
  describe(signal: AbortSignal): Promise<CheckFinding[]>;
}

/** Beyond this a request for a token has failed, whatever is under way. */
const LONGEST_MS = 120_000;

/**
 * @param kept the secret where it changes by itself (PKCE); left out where nothing can be kept: then a sign-in is used while it lasts
 */
export function createTokenSource(
  server: AuthServer,
  secret: string | undefined,
  kept?: KeptSecret,
  patience: Patience = realPatience,
): DescribedTokenSource {
  const { auth, words } = server;
  if (auth.kind === "none" || auth.kind === "basic" || auth.kind === "bearer") {
    const headers = authorization({ auth, words }, secret);
    return {
      authorization: () => Promise.resolve(headers),
      renew: () => Promise.resolve(false),
      close: () => Promise.resolve(),
      describe: () => Promise.resolve([]),
    };
  }
  return oauthTokens({ ...server, auth }, secret, kept, patience);
}

function oauthTokens(
  server: AuthServer & { auth: OAuth },
  secret: string | undefined,
  kept: KeptSecret | undefined,
  patience: Patience,
): DescribedTokenSource {
  const { auth, words } = server;
  const transport = createOAuthTransport(server.ca, words);
  let endpoints: AuthEndpoints | undefined;
  let refused: string | undefined;
  const obtain = async (): Promise<AskedGrant> => {
    const signal = AbortSignal.timeout(LONGEST_MS);
    // A refresh token goes where it came from: nobody is asked.
    endpoints ??=
      auth.kind === "pkce" ? endpointsOfSignIn(auth, secret, server) : await findEndpoints(server, transport, signal);
    const context: GrantContext = { server, endpoints, transport, patience, signal };
    if (auth.kind === "client-credentials") return await grantByClientSecret(context, auth, secret);
    if (auth.kind === "smart-backend") return await grantBySignature(context, auth, secret);
    if (kept !== undefined) return await grantByRefresh(context, auth, kept, refused);
    const before = readSignIn(secret, auth.clientId, words);
    if (before.accessToken !== refused && isFresh(before, patience.now())) return grantOf(before);
    throw new SatchelError(
      "SOURCE_REFUSED",
      `The sign-in to the ${words.server} has to be renewed, which cannot be kept here.`,
      "Sync the source, which renews it, or sign in again: satchel source sign-in NAME",
    );
  };
  let last: AskedGrant | undefined;
  const tokens = new SharedTokens(
    async () => (last = await obtain()),
    () => patience.now(),
  );
  return {
    async authorization(signal) {
      return headerOf(await tokens.current(signal));
    },
    async renew(headers, signal) {
      refused = headers["authorization"]?.replace(/^Bearer /, "") ?? "";
      await tokens.replace(refused, signal);
      return true;
    },
    close: () => tokens.close(),
    async describe(signal) {
      const grant = await tokens.current(signal);
      return describeGrant(server, endpoints, last ?? { ...grant, asked: "" });
    },
  };
}

function headerOf({ accessToken }: { accessToken: string }): Record<string, string> {
  return { authorization: `Bearer ${accessToken}` };
}

function endpointsOfSignIn(auth: PkceAuth, secret: string | undefined, { words }: AuthServer): AuthEndpoints {
  const { tokenEndpoint } = readSignIn(secret, auth.clientId, words);
  return {
    token: new URL(tokenEndpoint),
    authorize: undefined,
    issuer: "",
    namesIssuer: false,
    algorithms: [],
    toldBy: "the sign-in",
  };
}

function describeGrant(server: AuthServer, endpoints: AuthEndpoints | undefined, grant: AskedGrant): CheckFinding[] {
  const findings: CheckFinding[] = [];
  if (endpoints !== undefined) findings.push(describeEndpoints(endpoints, server));
  const { asked, scope, ahead } = grant;
  const granted = new Set((scope ?? asked).split(" "));
  const lacking = asked.split(" ").filter((one) => one !== "" && !granted.has(one) && !coveredBy(granted, one));
  if (lacking.length > 0)
    findings.push({
      level: "warning",
      text: `The token is good for less than was asked for: ${lacking.join(" ")} ${lacking.length === 1 ? "was" : "were"} not granted.`,
      next: "Ask the server's administrator, or see whether what it gives is enough.",
    });
  else findings.push({ level: "ok", text: `The ${server.words.server} gives tokens.` });
  if (ahead !== undefined && Math.abs(ahead) > CLOCK_TOLERANCE_MS)
    findings.push({ level: "warning", text: describeSkew(ahead), next: "Set this computer's clock." });
  return findings;
}

/** A server that knows only the words of SMART 1 may answer in them. */
function coveredBy(granted: ReadonlySet<string>, asked: string): boolean {
  return asked === "system/*.rs" && granted.has("system/*.read");
}
