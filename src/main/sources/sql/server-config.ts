import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import { findMapping, MAPPING_NAMES } from "./find-mapping.ts";
import { mapping, timeZoneName } from "./mapping.ts";

/** What sources of all SQL kinds have. */
const common = {
  /** One that comes with Satchel, or a document of the user's own. */
  mapping: z.union([z.enum(MAPPING_NAMES), mapping]),
  /** Left out: those of the mapping. */
  timeZone: timeZoneName.optional(),
  issuer: z.string().optional(),
  /** Every so many syncs everything is read again, for changes that a system made without noting when. 1: each time. */
  wholeEvery: z.int().min(1).max(1000).default(10),
};

/**
 * `verify-full`: encrypted, and the certificate must be issued by a known authority (`ca`, or this computer's) for the host. `require`:
 * encrypted, but anyone could answer. `disable`: readable on the network. There is no mode that falls back to a weaker one.
 */
export const TLS_MODES = ["disable", "require", "verify-full"] as const;
export type TlsMode = (typeof TLS_MODES)[number];

function serverUrl(protocol: RegExp) {
  return z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocol.test(new URL(value).protocol),
      "is not the address of such a server",
    )
    .refine((value) => {
      if (!URL.canParse(value)) return true;
      const url = new URL(value);
      return url.password === "" && url.search === "" && url.hash === "";
    }, "the address holds no password, query or fragment; give those separately")
    .refine((value) => {
      if (!URL.canParse(value)) return true;
      const { hostname, username, pathname } = new URL(value);
      return hostname !== "" && username !== "" && pathname.length > 1;
    }, "the address names user, host and database: user@host:port/database");
}

function serverConfig(protocol: RegExp) {
  return z
    .object({
      url: serverUrl(protocol),
      ...common,
      /** Certificates of a private authority, PEM. */
      ca: z.string().includes("-----BEGIN CERTIFICATE-----", "is not a PEM certificate").optional(),
      /** Left out: verify-full, but for a server on this computer without `ca`, to which no network leads: disable. */
      tls: z.enum(TLS_MODES).optional(),
      /** A statement that runs longer is ended by the server. */
      statementTimeoutSeconds: z.int().min(1).max(86_400).default(300),
    })
    .strict()
    .transform((config) => ({ ...config, ...ofMapping(config), tls: config.tls ?? defaultTls(config) }));
}

export const postgresConfig = serverConfig(/^postgres(ql)?:$/);
export const mysqlConfig = serverConfig(/^(mysql|mariadb):$/);
export type ServerConfig = z.infer<typeof postgresConfig>;

export const sqliteConfig = z
  .object({
    /** Absolute path of the file. */
    path: z.string().min(1),
    ...common,
  })
  .strict()
  .transform((config) => ({ ...config, ...ofMapping(config) }));
export type SqliteConfig = z.infer<typeof sqliteConfig>;
export type SqlConfig = ServerConfig | SqliteConfig;

function ofMapping(config: { mapping: Parameters<typeof findMapping>[0]; timeZone?: string; issuer?: string }) {
  const { timeZone, issuer: ofMapping } = findMapping(config.mapping);
  const issuer = config.issuer ?? ofMapping;
  return { timeZone: config.timeZone ?? timeZone, ...(issuer === undefined ? {} : { issuer }) };
}

function defaultTls(config: { url: string; ca?: string }): TlsMode {
  return config.ca === undefined && isLoopback(new URL(config.url).hostname) ? "disable" : "verify-full";
}

/** Whether no network lies between. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Parts of a server's address, as the drivers want them. */
export function addressOf(config: ServerConfig, defaultPort: number) {
  const url = new URL(config.url);
  return {
    host: decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? defaultPort : Number(url.port),
    user: decodeURIComponent(url.username),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}

const SSL_MODES: Record<string, TlsMode> = {
  disable: "disable",
  disabled: "disable",
  require: "require",
  required: "require",
  // Stricter than asked for: a certificate of a known authority for another host is not taken.
  "verify-ca": "verify-full",
  "verify-full": "verify-full",
  verify_ca: "verify-full",
  verify_identity: "verify-full",
};

/**
 * Takes apart an address as other programs have it, so that nothing secret is kept in it: for the command line and for forms.
 *
 * @param given postgres://user:password@host:port/database?sslmode=require, or mysql://…?ssl-mode=REQUIRED
 * @returns the address without them; `secret` and `tls` where they were in it
 * @throws USAGE where it is no address, or asks for something else; never with its text
 */
export function splitServerUrl(given: string): { url: string; secret?: string; tls?: TlsMode } {
  if (!URL.canParse(given))
    throw new SatchelError("USAGE", "The address is not valid.", "Give it as postgres://user@host:port/database.");
  const url = new URL(given);
  const split: { url: string; secret?: string; tls?: TlsMode } = { url: "" };
  if (url.password !== "") split.secret = decodeURIComponent(url.password);
  for (const [option, value] of url.searchParams) {
    const tls = /^ssl-?mode$/i.test(option) ? SSL_MODES[value.toLowerCase()] : undefined;
    if (tls === undefined)
      throw new SatchelError(
        "USAGE",
        /^ssl-?mode$/i.test(option)
          ? "The address asks for encryption only where the server happens to offer it, which Satchel does not do."
          : "The address holds an option that Satchel does not know.",
        "Leave out what follows the question mark, and say how to connect by the source's own settings.",
      );
    split.tls = tls;
  }
  url.password = "";
  url.search = "";
  url.hash = "";
  return { ...split, url: url.href };
}
