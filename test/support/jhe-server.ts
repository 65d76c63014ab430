import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answerAdmin } from "./jhe-admin.ts";
import type { JheData } from "./jhe-data.ts";
import { answerFhir } from "./jhe-fhir.ts";
import { seededRandom, type Random } from "./seeded-random.ts";

export type JheRelease = "0.0.8" | "0.0.9" | "0.0.13" | "head";

export interface JheQuirks {
  /** Answers in place of the exchange. @returns whether it has */
  before?: (request: IncomingMessage, response: ServerResponse, url: URL) => boolean | Promise<boolean>;
  /** Patients whose consents this practitioner may not see. */
  hiddenConsents?: number[];
  /** Rows of the Admin API bear what the guide says that they do. */
  asInTheGuide?: boolean;
  /** Rows with one moment keep their places. Default false, as in a database without a tiebreak. */
  steady?: boolean;
  /** Seconds that a token holds. */
  life?: number;
}

export interface JheServer {
  url: string;
  release: JheRelease;
  data: JheData;
  quirks: JheQuirks;
  /** Paths with their queries, in order. */
  requests: string[];
  /** How often a token was given. */
  grants: number;
  /** Takes all tokens back. */
  revoke(): void;
  close(): Promise<void>;
}

export interface Asked {
  server: JheServer;
  url: URL;
  random: Random;
  send: (status: number, body: unknown) => void;
}

export const PRACTITIONER = { clientId: "practitioner", secret: "practitioner's secret" };
export const PERSON = "portal";

/**
 * A JupyterHealth Exchange in the shapes of its releases, over real HTTP (systems/facts.md 3; sources of the tags v0.0.8 to v0.0.13 and of
 * 0339e9e): with their limits, their orders without tiebreak, their answers of 500, and the `reset=true` that deletes.
 */
export async function startJheServer(release: JheRelease, data: JheData, quirks: JheQuirks = {}): Promise<JheServer> {
  const random = seededRandom(31, 0);
  const tokens = new Set<string>();
  const refreshTokens = new Set<string>();
  const codes = new Map<string, string>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://exchange");
    server.requests.push(`${url.pathname}${url.search}`);
    if ((await quirks.before?.(request, response, url)) === true) return;
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const { pathname } = url;
    if (pathname === "/health")
      send(
        ...((modern(release) ? [200, { status: "ok", version: versionOf(release) }] : [404, {}]) as [number, unknown]),
      );
    else if (pathname === "/o/token/") await giveToken(request, send);
    else if (pathname === "/o/authorize/") authorize(url, response);
    else if (!tokens.has((request.headers.authorization ?? "").replace(/^Bearer /, "")))
      send(401, { detail: "Not authenticated." });
    else if (request.method !== "GET") send(405, {});
    else if (pathname.startsWith("/api/v1/")) answerAdmin({ server, url, random, send });
    else answerFhir({ server, url, random, send });
  };

  async function giveToken(request: IncomingMessage, send: Asked["send"]): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    const basic = Buffer.from((request.headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString();
    const [id = "", secret = ""] = basic.split(":").map((part) => decodeURIComponent(part.replaceAll("+", " ")));
    const grant = form.get("grant_type");
    const known = id === PRACTITIONER.clientId && secret === PRACTITIONER.secret;
    const challenge = codes.get(form.get("code") ?? "");
    const verified =
      challenge !== undefined &&
      createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url") === challenge;
    codes.delete(form.get("code") ?? "");
    const allowed =
      (grant === "client_credentials" && known && modern(release)) ||
      (grant === "authorization_code" && verified && form.get("client_id") === PERSON) ||
      (grant === "refresh_token" && refreshTokens.delete(form.get("refresh_token") ?? ""));
    if (!allowed) {
      send(grant === "client_credentials" ? 401 : 400, {
        error: grant === "client_credentials" ? "invalid_client" : "invalid_grant",
      });
      return;
    }
    server.grants++;
    const token = randomUUID();
    tokens.add(token);
    const refresh = grant === "client_credentials" ? undefined : randomUUID();
    if (refresh !== undefined) refreshTokens.add(refresh);
    send(200, {
      access_token: token,
      token_type: "Bearer",
      expires_in: quirks.life ?? 1_209_600,
      scope: "openid email",
      ...(refresh === undefined ? {} : { refresh_token: refresh }),
    });
  }

  /** As where the person is signed in already. */
  function authorize({ searchParams }: URL, response: ServerResponse): void {
    const code = randomUUID();
    codes.set(code, searchParams.get("code_challenge") ?? "");
    const back = new URL(searchParams.get("redirect_uri") ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", searchParams.get("state") ?? "");
    response.writeHead(302, { location: back.href }).end();
  }

  const listener = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  tokens.add("a-token");
  const server: JheServer = {
    url: `http://127.0.0.1:${address.port}`,
    release,
    data,
    quirks,
    requests: [],
    grants: 0,
    revoke: () => tokens.clear(),
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
  return server;
}

export function modern(release: JheRelease): boolean {
  return release === "0.0.13" || release === "head";
}

function versionOf(release: JheRelease): string {
  return release === "head" ? "0.0.13+0339e9e" : release;
}

/** Newest first, and within a moment as it comes: no release but the last has a tiebreak, and that only where a sort is asked for. */
export function ordered<Row extends { lastUpdated: string; id: number }>(
  { server, random }: Pick<Asked, "server" | "random">,
  rows: readonly Row[],
  ascending: boolean,
  tiebreak: boolean,
): Row[] {
  const ties = new Map(
    rows.map(({ id }) => [id, tiebreak || server.quirks.steady === true ? id : random.next()] as const),
  );
  const direction = ascending ? 1 : -1;
  return rows.toSorted((one, other) =>
    one.lastUpdated === other.lastUpdated
      ? (ties.get(one.id) ?? 0) - (ties.get(other.id) ?? 0)
      : one.lastUpdated < other.lastUpdated
        ? -direction
        : direction,
  );
}
