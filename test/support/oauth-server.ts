import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Provider } from "oidc-provider";

export interface OAuthClient {
  client_id: string;
  client_secret?: string;
  token_endpoint_auth_method: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | "none";
  token_endpoint_auth_signing_alg?: string;
  grant_types: string[];
  response_types?: string[];
  redirect_uris?: string[];
  application_type?: "native" | "web";
  scope?: string;
  jwks?: unknown;
}

export interface OAuthQuirks {
  /** Answers in place of the server. @returns whether it has */
  before?: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;
  /** Changes the SMART configuration; undefined: there is none. */
  smart?: (document: Record<string, unknown>) => Record<string, unknown> | undefined;
  /** Seconds that a token of a client, or of a person, holds. */
  life?: number;
  /** Scopes that the server knows. */
  scopes?: string[];
}

export interface OAuthServer {
  /** http://127.0.0.1:PORT */
  origin: string;
  /** Base of the API that wants tokens: `…/fhir`. */
  url: string;
  tokenUrl: string;
  quirks: OAuthQuirks;
  /** "METHOD path" of each request, in order. */
  requests: string[];
  /** Tokens that the API was asked with, in order. */
  tokens: string[];
  /** How many requests the token endpoint had. */
  grants(): number;
  /** Takes back the token that the API was asked with last. */
  revoke(): Promise<void>;
  close(): Promise<void>;
}

/** A real authorization server (oidc-provider), and an API behind it that answers who asks, or 401. */
export async function startOAuthServer(clients: OAuthClient[], quirks: OAuthQuirks = {}): Promise<OAuthServer> {
  const requests: string[] = [];
  const tokens: string[] = [];
  let provider: Provider | undefined;
  const find = async (token: string) =>
    (await provider?.ClientCredentials.find(token)) ?? (await provider?.AccessToken.find(token));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    requests.push(`${request.method ?? ""} ${path}`);
    if ((await quirks.before?.(request, response)) === true) return;
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (path === "/fhir/.well-known/smart-configuration") {
      const document = {
        issuer: origin,
        token_endpoint: `${origin}/token`,
        authorization_endpoint: `${origin}/auth`,
        token_endpoint_auth_signing_alg_values_supported: ["RS384", "ES384"],
        capabilities: ["client-confidential-asymmetric", "permission-v2"],
      };
      const told = quirks.smart === undefined ? document : quirks.smart(document);
      send(told === undefined ? 404 : 200, told ?? {});
    } else if (path.startsWith("/fhir/")) {
      const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
      tokens.push(token);
      const found = await find(token);
      if (found?.isValid !== true) send(401, { resourceType: "OperationOutcome" });
      else send(200, { client: found.clientId, person: found.accountId, scope: found.scope });
    } else await provider?.callback()(request, response);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const life = (): number => quirks.life ?? 300;
  provider = new Provider(origin, {
    clients,
    scopes: ["openid", "offline_access", ...(quirks.scopes ?? ["system/*.rs", "system/*.read"])],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: true } },
    enabledJWA: { clientAuthSigningAlgValues: ["RS384", "ES384"] },
    ttl: {
      ClientCredentials: life,
      AccessToken: life,
      RefreshToken: 3600,
      Grant: 3600,
      Session: 3600,
      Interaction: 600,
    },
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    pkce: { required: () => true },
    cookies: { keys: ["only for tests"] },
  });
  provider.on("server_error", (...values) => {
    throw values.at(-1);
  });
  return {
    origin,
    url: `${origin}/fhir`,
    tokenUrl: `${origin}/token`,
    quirks,
    requests,
    tokens,
    grants: () => requests.filter((one) => one === "POST /token").length,
    async revoke() {
      await (await find(tokens.at(-1) ?? ""))?.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
