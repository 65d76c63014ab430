import type { DescribedMapping, SourceSummary } from "../../../contract/calls/sources.ts";
import type { SourceRequest } from "./source-draft.ts";
import { isThisComputer, joinServerAddress, splitServerAddress, type ServerAddress } from "./server-address.ts";

export const RECORD_KINDS = ["postgres", "mysql", "sqlite", "csv", "studies-api"] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export function isRecordKind(kind: string): kind is RecordKind {
  return RECORD_KINDS.some((one) => one === kind);
}

export const ENCODINGS = ["utf-8", "windows-1252", "utf-16le"] as const;
export const TLS_MODES = ["verify-full", "require", "disable"] as const;

/** A mapping of the user's own, beside those that come with Satchel. */
export const OWN_MAPPING = "own";

/** What stands in the fields of the form for a source of records. */
export interface RecordsDraft {
  kind: RecordKind;
  /** "" until somebody names it. */
  name: string;
  host: string;
  port: string;
  database: string;
  user: string;
  /** A password or token. */
  secret: string;
  /** "": by where the server is. */
  tls: string;
  /** Of the certificate of the hospital's authority: a file chosen now. */
  caPath: string;
  /** Text of the certificate that is stored. */
  caStored: string;
  /** Of a SQLite or CSV file. */
  path: string;
  encoding: string;
  url: string;
  /** Name of a mapping, or OWN_MAPPING. */
  mapping: string;
  mappingPath: string;
  /** The document of the user's own that is stored. */
  mappingStored: Record<string, unknown> | undefined;
  /** "": that of the mapping. */
  timeZone: string;
  /** Undefined: that of the mapping, or else one of the source's own. */
  issuer: string | undefined;
}

/** What was read of the files that the form names. */
export interface ReadFiles {
  mapping: DescribedMapping["mapping"] | undefined;
  certificate: string | undefined;
}

export function beginRecordsDraft(kind: RecordKind, source: SourceSummary | undefined): RecordsDraft {
  const config = source?.config ?? {};
  const text = (name: string): string => (typeof config[name] === "string" ? config[name] : "");
  const address = splitServerAddress(text("url"));
  const { mapping } = config;
  const isOwn = typeof mapping === "object" && mapping !== null;
  const isServer = kind === "postgres" || kind === "mysql";
  return {
    kind,
    name: source?.name ?? "",
    host: address?.host ?? "",
    port: address?.port ?? "",
    database: address?.database ?? "",
    user: address?.user ?? "",
    secret: "",
    tls: text("tls"),
    caPath: kind === "studies-api" ? text("ca") : "",
    caStored: isServer ? text("ca") : "",
    path: text("path"),
    encoding: text("encoding") || "utf-8",
    url: isServer ? "" : text("url"),
    mapping: isOwn ? OWN_MAPPING : text("mapping") || (kind === "csv" ? "auto" : "eqmd"),
    mappingPath: "",
    mappingStored: isOwn ? { ...mapping } : undefined,
    // One that nobody chose is not shown as chosen.
    timeZone: text("timeZoneFrom") === "computer" ? "" : text("timeZone"),
    issuer: typeof config["issuer"] === "string" ? config["issuer"] : undefined,
  };
}

/** An address that is pasted into the field of the host fills the others; its password goes where it is not shown. */
export function pasteAddress(draft: RecordsDraft, pasted: string): Partial<RecordsDraft> | undefined {
  const address: ServerAddress | undefined = splitServerAddress(pasted);
  if (address === undefined) return undefined;
  const { password, ...parts } = address;
  return { ...parts, secret: password === "" ? draft.secret : password, tls: address.tls || draft.tls };
}

/** How the connection is protected: as it is set, or by whether a network lies between. */
export function tlsOf({ tls, host, caPath, caStored }: RecordsDraft): string {
  if (tls !== "") return tls;
  return isThisComputer(host) && caPath === "" && caStored === "" ? "disable" : "verify-full";
}

/** The database's, file's or server's own name. */
export function suggestRecordsName({ kind, database, host, path, url }: RecordsDraft): string {
  if (kind === "postgres" || kind === "mysql") return database || host;
  if (kind === "studies-api") return URL.canParse(url) ? new URL(url).hostname : "";
  const file = path.split(/[/\\]/).findLast((one) => one !== "") ?? "";
  return file.replace(/\.[^.]+$/, "");
}

/** @returns whether everything that is needed stands there and was read; whether it is right, the test tells */
export function isRecordsFilled(draft: RecordsDraft, read: ReadFiles): boolean {
  const { kind } = draft;
  if (kind === "studies-api") return draft.url.trim() !== "";
  const hasMapping = draft.mapping !== OWN_MAPPING || ownMapping(draft, read) !== undefined;
  if (kind === "csv" || kind === "sqlite") return draft.path.trim() !== "" && hasMapping;
  const hasCertificate = draft.caPath.trim() === "" || read.certificate !== undefined;
  return [draft.host, draft.database, draft.user].every((one) => one.trim() !== "") && hasMapping && hasCertificate;
}

function ownMapping(
  { mappingPath, mappingStored }: RecordsDraft,
  read: ReadFiles,
): Record<string, unknown> | undefined {
  if (mappingPath.trim() === "") return mappingStored;
  return typeof read.mapping === "object" && read.mapping !== null ? read.mapping : undefined;
}

/** What is not in the form (how often everything is read again, how long a statement may take) stays as it was. */
export function toRecordsRequest(
  draft: RecordsDraft,
  read: ReadFiles,
  before: SourceSummary | undefined,
): SourceRequest {
  const { kind } = draft;
  const { timeZone: _zone, timeZoneFrom: _from, issuer: _issuer, ca: _ca, ...kept } = before?.config ?? {};
  const common = {
    ...kept,
    ...(draft.timeZone === "" ? {} : { timeZone: draft.timeZone }),
    ...(draft.issuer === undefined ? {} : { issuer: draft.issuer.trim() }),
  };
  const mapping = draft.mapping === OWN_MAPPING ? ownMapping(draft, read) : draft.mapping;
  if (kind === "csv" || kind === "sqlite") {
    const encoding = kind === "csv" ? { encoding: draft.encoding } : {};
    return { kind, config: { ...common, path: draft.path.trim(), mapping, ...encoding }, secret: undefined };
  }
  const secret = draft.secret === "" ? undefined : draft.secret;
  if (kind === "studies-api") {
    const ca = draft.caPath.trim();
    return { kind, config: { ...common, url: draft.url.trim(), ...(ca === "" ? {} : { ca }) }, secret };
  }
  const ca = draft.caPath.trim() === "" ? draft.caStored : (read.certificate ?? "");
  return {
    kind,
    config: {
      ...common,
      url: joinServerAddress(kind, {
        host: draft.host.trim(),
        port: draft.port.trim(),
        database: draft.database.trim(),
        user: draft.user.trim(),
      }),
      mapping,
      tls: tlsOf(draft),
      ...(ca === "" ? {} : { ca }),
    },
    secret,
  };
}
