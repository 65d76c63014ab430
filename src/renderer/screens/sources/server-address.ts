/** The address of a database, in parts, as the form has them. */
export interface ServerAddress {
  /** "postgres" or "mysql". */
  kind: ServerKind;
  host: string;
  /** "" for the usual one. */
  port: string;
  database: string;
  user: string;
  password: string;
  /** How the connection is to be protected, where the address says. */
  tls: string;
}

export type ServerKind = "postgres" | "mysql";

const KINDS: Record<string, ServerKind> = {
  postgres: "postgres",
  postgresql: "postgres",
  mysql: "mysql",
  mariadb: "mysql",
};

/** What other programs call the ways to connect. Where an address asks for encryption only if it happens to be there, the form decides. */
const TLS: Record<string, string> = {
  disable: "disable",
  disabled: "disable",
  require: "require",
  required: "require",
  "verify-ca": "verify-full",
  "verify-full": "verify-full",
  verify_ca: "verify-full",
  verify_identity: "verify-full",
};

const ADDRESS =
  /^(?<scheme>[a-z]+):\/\/(?:(?<user>[^:@/]*)(?::(?<password>.*))?@)?(?<host>\[[^\]]*\]|[^:/?#]*)(?::(?<port>\d*))?(?:\/(?<database>[^?#]*))?(?:\?(?<query>[^#]*))?(?:#.*)?$/i;

/**
 * Takes apart an address as it is pasted: postgres://user:password@host:port/database?sslmode=require. The last @ ends the password, which
 * people paste as it is.
 *
 * @returns undefined where it is no such address
 */
export function splitServerAddress(text: string): ServerAddress | undefined {
  const parts = ADDRESS.exec(text.trim().replace(/^jdbc:/i, ""))?.groups;
  const kind = KINDS[(parts?.["scheme"] ?? "").toLowerCase()];
  if (parts === undefined || kind === undefined) return undefined;
  const query = new URLSearchParams(parts["query"] ?? "");
  const mode = [...query].find(([name]) => /^ssl-?mode$/i.test(name))?.[1] ?? "";
  return {
    kind,
    host: decode(parts["host"] ?? "").replace(/^\[(.*)\]$/, "$1"),
    port: parts["port"] ?? "",
    database: decode(parts["database"] ?? ""),
    user: decode(parts["user"] ?? query.get("user") ?? ""),
    password: decode(parts["password"] ?? query.get("password") ?? ""),
    tls: TLS[mode.toLowerCase()] ?? "",
  };
}

/** The address that a configuration has: without a password, which is kept apart and encrypted. */
export function joinServerAddress(kind: ServerKind, parts: Omit<ServerAddress, "kind" | "password" | "tls">): string {
  const { host, port, database, user } = parts;
  const shownHost = host.includes(":") ? `[${host}]` : host;
  const shownPort = port === "" ? "" : `:${port}`;
  return `${kind}://${encodeURIComponent(user)}@${shownHost}${shownPort}/${encodeURIComponent(database)}`;
}

/** Whether no network lies between. */
export function isThisComputer(host: string): boolean {
  return /^(localhost|::1|127\.\d+\.\d+\.\d+)$/i.test(host.trim());
}

/** A password may hold a percent sign that encodes nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
