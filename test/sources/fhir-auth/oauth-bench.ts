/** A real authorization server for one test file, and who asks it. */
import { expect } from "vitest";
import { SatchelError } from "../../../src/contract/errors.ts";
import { fhirAuth } from "../../../src/main/sources/fhir-auth/auth-config.ts";
import type { AuthServer } from "../../../src/main/sources/fhir-auth/auth-server.ts";
import { makePrivateKey, publicKeySet, readPrivateKey } from "../../../src/main/sources/fhir-auth/private-key.ts";
import type { TokenSource } from "../../../src/main/sources/fhir-auth/token-source.ts";
import type { Patience } from "../../../src/main/sources/http/retry.ts";
import { startOAuthServer, type OAuthClient, type OAuthQuirks, type OAuthServer } from "../../support/oauth-server.ts";

export const SECRET = "a secret: with/signs+and=more&%";
export const WORDS = { server: "FHIR server", source: "fhir source", api: "the FHIR API" };
export const never = new AbortController().signal;
const servers: OAuthServer[] = [];

export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

export const rsa = await makePrivateKey("RS384");
export const ec = await makePrivateKey("ES384");
const CLIENTS: OAuthClient[] = [
  { client_id: "by header", client_secret: SECRET, token_endpoint_auth_method: "client_secret_basic", ...machine() },
  { client_id: "by body", client_secret: SECRET, token_endpoint_auth_method: "client_secret_post", ...machine() },
  {
    client_id: "rsa",
    token_endpoint_auth_method: "private_key_jwt",
    jwks: publicKeySet(readPrivateKey(rsa)),
    ...machine(),
  },
  {
    client_id: "ec",
    token_endpoint_auth_method: "private_key_jwt",
    jwks: publicKeySet(readPrivateKey(ec)),
    ...machine(),
  },
  {
    client_id: "little",
    token_endpoint_auth_method: "private_key_jwt",
    jwks: publicKeySet(readPrivateKey(rsa)),
    ...machine(),
    scope: "system/*.read",
  },
].map((client) => ({ ...client, client_id: client.client_id.replace(" ", "-") }) as OAuthClient);

function machine(): Pick<OAuthClient, "grant_types" | "response_types" | "redirect_uris"> {
  return { grant_types: ["client_credentials"], response_types: [], redirect_uris: [] };
}

export async function oauth(quirks: OAuthQuirks = {}): Promise<OAuthServer> {
  const server = await startOAuthServer(CLIENTS, quirks);
  servers.push(server);
  return server;
}

export function serverOf({ url }: OAuthServer, auth: Record<string, unknown>): AuthServer {
  return { url, auth: fhirAuth.parse(auth), words: WORDS };
}

/** Time that a test moves, and no waiting. */
export function clock(start = Date.now()): Patience & { at: number } {
  const patience = {
    at: start,
    now: () => patience.at,
    random: () => 0.5,
    sleep: async (milliseconds: number) => {
      patience.at += milliseconds;
      await Promise.resolve();
    },
  };
  return patience;
}

/** As a source asks: once more after a 401, with another token. */
export async function ask(
  server: OAuthServer,
  tokens: TokenSource,
): Promise<{ status: number; client?: string; scope?: string }> {
  let headers = await tokens.authorization(never);
  let response = await fetch(`${server.url}/Patient`, { headers });
  if (response.status === 401 && (await tokens.renew(headers, never))) {
    headers = await tokens.authorization(never);
    response = await fetch(`${server.url}/Patient`, { headers });
  }
  return { ...((await response.json()) as object), status: response.status };
}

export async function failureOf(work: Promise<unknown>): Promise<SatchelError> {
  const thrown = await work.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(SatchelError);
  return thrown as SatchelError;
}

export const credentials = { kind: "client-credentials", clientId: "by-header" };
