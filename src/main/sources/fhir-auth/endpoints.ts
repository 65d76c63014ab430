import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import type { CheckFinding } from "../source.ts";
import type { OAuth } from "./auth-config.ts";
import type { AuthServer } from "./auth-server.ts";
import { isLoopback } from "./loopback.ts";
import type { OAuthTransport } from "./oauth-transport.ts";

/** Where tokens come from, and who said so. */
export interface AuthEndpoints {
  token: URL;
  authorize: URL | undefined;
  /** As a description named it; "" where none did. */
  issuer: string;
  /** That answers of the authorization endpoint name their issuer (RFC 9207). */
  namesIssuer: boolean;
  /** Signatures that the token endpoint takes; empty where it does not say. */
  algorithms: string[];
  /** "the settings", "its SMART configuration", … */
  toldBy: string;
}

const description = z.looseObject({
  issuer: z.string().optional(),
  token_endpoint: z.string().optional(),
  authorization_endpoint: z.string().optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
  token_endpoint_auth_signing_alg_values_supported: z.array(z.string()).optional(),
});
type Description = z.infer<typeof description>;

const oauthUris = z.looseObject({
  rest: z.array(
    z.looseObject({
      security: z
        .looseObject({
          extension: z.array(
            z.looseObject({
              url: z.string(),
              extension: z.array(z.looseObject({ url: z.string(), valueUri: z.string().optional() })).optional(),
            }),
          ),
        })
        .optional(),
    }),
  ),
});

/**
 * SMART App Launch 2 (`.well-known/smart-configuration`), else the extension oauth-uris of the CapabilityStatement. What the configuration
 * of the source names comes before all.
 *
 * @throws SOURCE_ANSWER where nothing names a token endpoint, or what is named is not safe; SOURCE_UNREACHABLE, CANCELLED
 */
export async function findEndpoints(
  server: AuthServer & { auth: OAuth },
  transport: OAuthTransport,
  signal: AbortSignal,
): Promise<AuthEndpoints> {
  const { auth, words } = server;
  const authorizeUrl = auth.kind === "pkce" ? auth.authorizeUrl : undefined;
  const settled = auth.tokenUrl !== undefined && (auth.kind !== "pkce" || authorizeUrl !== undefined);
  const { told, toldBy } = settled ? { told: {}, toldBy: "the settings" } : await describe(server, transport, signal);
  const token = auth.tokenUrl ?? told.token_endpoint;
  if (token === undefined)
    throw new SatchelError(
      "SOURCE_ANSWER",
      `The ${words.server} does not say where its tokens come from.`,
      "Ask its administrator for the token endpoint and give it to the source (--token-url).",
    );
  const authorize = authorizeUrl ?? told.authorization_endpoint;
  return {
    token: auth.tokenUrl === undefined ? judge(token, server) : assertSafe(token, server, true),
    authorize:
      authorize === undefined
        ? undefined
        : authorizeUrl === undefined
          ? judge(authorize, server)
          : assertSafe(authorize, server, true),
    issuer: told.issuer ?? "",
    namesIssuer: told.authorization_response_iss_parameter_supported ?? false,
    algorithms: told.token_endpoint_auth_signing_alg_values_supported ?? [],
    toldBy: auth.tokenUrl === undefined ? toldBy : "the settings",
  };
}

/** What a check says of where the secret goes. */
export function describeEndpoints({ token, toldBy }: AuthEndpoints, { url, words }: AuthServer): CheckFinding {
  if (token.origin === new URL(url).origin)
    return { level: "ok", text: `Tokens come from the ${words.server} itself.` };
  return {
    level: "ok",
    text: `Tokens come from another server, ${token.origin}, as ${toldBy} ${toldBy.endsWith("s") ? "say" : "says"}.`,
  };
}

async function describe(
  { url }: AuthServer,
  transport: OAuthTransport,
  signal: AbortSignal,
): Promise<{ told: Description; toldBy: string }> {
  const base = url.endsWith("/") ? url : `${url}/`;
  const read = async <T>(address: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const response = await transport(address, {
      method: "GET",
      headers: { accept: "application/json, application/fhir+json" },
      signal,
    });
    if (response.status !== 200) return undefined;
    const document: unknown = await response.json().catch(() => undefined);
    const parsed = schema.safeParse(document);
    return parsed.success ? parsed.data : undefined;
  };
  const smart = await read(`${base}.well-known/smart-configuration`, description);
  if (smart?.token_endpoint !== undefined) return { told: smart, toldBy: "its SMART configuration" };
  const statement = await read(`${base}metadata`, oauthUris);
  const uris = statement?.rest
    .flatMap(({ security }) => security?.extension ?? [])
    .find((extension) => extension.url === "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris");
  const uri = (name: string): string | undefined => uris?.extension?.find((one) => one.url === name)?.valueUri;
  if (uri("token") !== undefined)
    return {
      told: { token_endpoint: uri("token"), authorization_endpoint: uri("authorize") },
      toldBy: "its CapabilityStatement",
    };
  return { told: {}, toldBy: "" };
}

/**
 * What a server names as an endpoint: encrypted, or on this computer where the server itself is. A client's secret moreover goes to no
 * origin that a server names and no person did: whoever held the server could ask for it.
 */
function judge(address: string, server: AuthServer): URL {
  const { auth, words } = server;
  const base = new URL(server.url);
  const found = assertSafe(address, server, isLoopback(base));
  if (auth.kind === "client-credentials" && found.origin !== base.origin)
    throw new SatchelError(
      "SOURCE_ANSWER",
      `The ${words.server} says that its tokens come from ${found.origin}. The client's secret goes to another server only where you name it.`,
      "Give the source that token endpoint (--token-url), if it is the right one.",
    );
  return found;
}

/** @param local whether it may lie on this computer */
function assertSafe(address: string, { words }: AuthServer, local: boolean): URL {
  const found = urlOf(address);
  const next = "Ask the server's administrator for the right one and give it to the source (--token-url).";
  if (
    found === undefined ||
    (found.protocol !== "https:" && !(found.protocol === "http:" && local && isLoopback(found)))
  )
    throw new SatchelError(
      "SOURCE_ANSWER",
      `The ${words.server} has a token endpoint, or a place to sign in, that is not encrypted.`,
      next,
    );
  if (found.username !== "" || found.password !== "")
    throw new SatchelError(
      "SOURCE_ANSWER",
      `The ${words.server} names a token endpoint with a user or password in it.`,
      next,
    );
  return found;
}

function urlOf(address: string | undefined): URL | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
}
