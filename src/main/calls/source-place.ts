interface Place {
  path?: string;
  url?: string;
  /** Of a FHIR server: the part of its path that says whose data it is. */
  tenant?: string;
  /** Of a database: how the connection is protected. */
  tls?: string;
  /** Of a FHIR server: how it is told who asks. */
  auth?: { kind: string; tokenUrl?: string | undefined; authorizeUrl?: string | undefined };
}

/** Where a source is, without any secret: a folder's or file's path, or a server's address. */
export function placeOf(config: unknown): string {
  const { path, url, tenant } = config as Place;
  return path ?? (url === undefined ? "" : `${withoutPassword(url)}${tenant === undefined ? "" : `/${tenant}`}`);
}

/** Kinds refuse a password in an address; one that stands there all the same is not shown. */
function withoutPassword(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.password === "") return address;
  url.password = "";
  return url.href;
}

/** Whether what was read at the one place says nothing about the other. */
export function isElsewhere(before: unknown, after: unknown): boolean {
  return placeOf(before) !== placeOf(after);
}

/**
 * Whether a password given for the one may not be sent to the other: another host, port or user, or less well encrypted; or to another token
 * endpoint, or to the server itself where it was to go to a token endpoint alone.
 */
export function isOtherServer(before: unknown, after: unknown): boolean {
  return (
    serverOf(before) !== serverOf(after) ||
    protectionOf(after) < protectionOf(before) ||
    tokenServerOf(before) !== tokenServerOf(after)
  );
}

const TOKEN_KINDS = ["client-credentials", "smart-backend", "pkce"];

function tokenServerOf(config: unknown): string {
  const { auth } = config as Place;
  if (auth === undefined || !TOKEN_KINDS.includes(auth.kind)) return "";
  const origins = [auth.tokenUrl, auth.authorizeUrl].map((url) =>
    url !== undefined && URL.canParse(url) ? new URL(url).origin : "",
  );
  return JSON.stringify([auth.kind, ...origins]);
}

/** Names of one protocol, and the port it goes to where none is given. */
const DATABASES: Record<string, { name: string; port: string }> = {
  "postgres:": { name: "postgres", port: "5432" },
  "postgresql:": { name: "postgres", port: "5432" },
  "mysql:": { name: "mysql", port: "3306" },
  "mariadb:": { name: "mysql", port: "3306" },
};

function serverOf(config: unknown): string {
  const { url: address } = config as Place;
  if (address === undefined || !URL.canParse(address)) return "";
  const url = new URL(address);
  const database = DATABASES[url.protocol];
  // An address that is not http's has no origin: all of them would be "null".
  if (database === undefined) return url.origin;
  return JSON.stringify([database.name, url.hostname.toLowerCase(), url.port || database.port, url.username]);
}

const PROTECTIONS = ["disable", "require", "verify-full"];

function protectionOf(config: unknown): number {
  const { tls } = config as Place;
  return tls === undefined ? 0 : PROTECTIONS.indexOf(tls);
}
