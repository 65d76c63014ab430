/** A real authorization server that people sign in to, for one test file. */
import { expect } from "vitest";
import { SatchelError } from "../../../src/contract/errors.ts";
import { fhirAuth, type PkceAuth } from "../../../src/main/sources/fhir-auth/auth-config.ts";
import type { AuthServer, KeptSecret } from "../../../src/main/sources/fhir-auth/auth-server.ts";
import { signIn } from "../../../src/main/sources/fhir-auth/sign-in.ts";
import { startOAuthServer, type OAuthClient, type OAuthQuirks, type OAuthServer } from "../../support/oauth-server.ts";
import { signInAs } from "../../support/sign-in-agent.ts";

const WORDS = { server: "FHIR server", source: "fhir source", api: "the FHIR API" };
export const never = new AbortController().signal;
const servers: OAuthServer[] = [];

export async function closeServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()));
}

const client: OAuthClient = {
  client_id: "satchel",
  token_endpoint_auth_method: "none",
  application_type: "native",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  // Any port will do (RFC 8252 7.3).
  redirect_uris: ["http://127.0.0.1/callback"],
};

export async function oauth(quirks: OAuthQuirks = {}): Promise<OAuthServer> {
  const server = await startOAuthServer([client], quirks);
  servers.push(server);
  return server;
}

export function serverOf({ url }: OAuthServer, more: Record<string, unknown> = {}): AuthServer & { auth: PkceAuth } {
  const auth = fhirAuth.parse({ kind: "pkce", clientId: "satchel", scope: "openid offline_access", ...more });
  return { url, auth: auth as PkceAuth, words: WORDS };
}

export function keptSecret(secret?: string): KeptSecret & { writes: string[] } {
  let last: Promise<unknown> = Promise.resolve();
  const kept = {
    writes: [] as string[],
    read: () => kept.writes.at(-1) ?? secret,
    write: (written: string) => void kept.writes.push(written),
    exclusively: async <T>(work: () => Promise<T>): Promise<T> => {
      const mine = last.then(work, work);
      last = mine.catch(() => undefined);
      return await mine;
    },
  };
  return kept;
}

export async function signedIn(server: OAuthServer): Promise<string> {
  return await signIn(serverOf(server), (address) => void signInAs("dr-rao", address), never);
}

export async function failureOf(work: Promise<unknown>): Promise<SatchelError> {
  const thrown = await work.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(SatchelError);
  return thrown as SatchelError;
}

export async function ask(
  { url }: OAuthServer,
  headers: Record<string, string>,
): Promise<{ status: number; person?: string }> {
  const response = await fetch(`${url}/Patient`, { headers });
  return { ...((await response.json()) as object), status: response.status };
}
