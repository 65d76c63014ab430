import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { issuerOfSource } from "../../../contract/records.ts";
import { beginAuthDraft, isAuthFilled, toAuthConfig, toSecret, type AuthDraft } from "./auth-draft.ts";
import type { SourceRequest } from "./source-draft.ts";

export const RESOURCE_KINDS = ["fhir", "jhe", "ndjson"] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

export function isResourceKind(kind: string): kind is ResourceKind {
  return RESOURCE_KINDS.some((one) => one === kind);
}

export const BULK_USES = ["never", "auto", "only"] as const;
export const FHIR_VERSIONS = ["auto", "R4", "R5"] as const;

/** What the guide recommends, in megabytes of downloads a minute. */
export const RECOMMENDED_MEGABYTES = 10;
const MEGABYTE = 1_000_000;

/** What stands in the fields of the form for a source of FHIR resources. */
export interface ResourcesDraft {
  kind: ResourceKind;
  /** "" until somebody names it. */
  name: string;
  url: string;
  tenant: string;
  fhirVersion: string;
  auth: AuthDraft;
  ca: string;
  path: string;
  /** One file, not a folder. */
  isFile: boolean;
  types: string[];
  filters: string[];
  patients: string[];
  bulk: string;
  group: string;
  attachments: boolean;
  organizations: string[];
  studies: string[];
  /** Undefined: as it was, or the usual. */
  callsPerMinute: number | undefined;
  exportsPerHour: number | undefined;
  /** Undefined: no limit. */
  megabytesPerMinute: number | undefined;
  /** "": this computer's. */
  timeZone: string;
  /** The patients are those of other sources. Never unasked. */
  isLinked: boolean;
  /** Undefined: the source's own. */
  issuer: string | undefined;
  identifierSystem: string;
}

export function beginResourcesDraft(kind: ResourceKind, source: SourceSummary | undefined): ResourcesDraft {
  const config = source?.config ?? {};
  const bulk = partOf(config, "bulk");
  const limits = partOf(config, "limits");
  const issuer = typeof config["issuer"] === "string" ? config["issuer"] : undefined;
  const identifierSystem = textOf(config, "patientIdentifierSystem");
  const bytes = numberOf(limits, "bytesPerMinute");
  return {
    kind,
    name: source?.name ?? "",
    url: textOf(config, "url"),
    tenant: textOf(config, "tenant"),
    fhirVersion: textOf(config, "fhirVersion") || "auto",
    auth: beginAuthDraft(source),
    ca: textOf(config, "ca"),
    path: textOf(config, "path"),
    isFile: /\.(?:nd|jsonl?|gz)[^/\\]*$/i.test(textOf(config, "path")),
    types: listOf(config, "types"),
    filters: listOf(config, "filters"),
    patients: listOf(config, "patients"),
    bulk: textOf(bulk, "use") || "never",
    group: textOf(bulk, "group"),
    attachments: config["attachments"] === true,
    organizations: listOf(config, "organizations"),
    studies: listOf(config, "studies"),
    callsPerMinute: numberOf(kind === "jhe" ? config : limits, "callsPerMinute"),
    exportsPerHour: numberOf(limits, "exportsPerHour"),
    megabytesPerMinute: bytes === undefined ? undefined : bytes / MEGABYTE,
    timeZone: textOf(config, "timeZone"),
    isLinked: identifierSystem !== "" || (issuer !== undefined && !issuer.startsWith(issuerOfSource(""))),
    issuer,
    identifierSystem,
  };
}

/** The server's, folder's or file's own name. */
export function suggestResourcesName({ kind, url, path }: ResourcesDraft): string {
  if (kind !== "ndjson") return URL.canParse(url) ? new URL(url).hostname : "";
  const last = path.split(/[/\\]/).findLast((one) => one !== "") ?? "";
  return last.replace(/(?:\.(?:ndjson|jsonl?|gz))+$/i, "");
}

/** @returns whether everything that is needed stands there; whether it is right, the test tells */
export function isResourcesFilled(draft: ResourcesDraft, source: SourceSummary | undefined): boolean {
  if (draft.kind === "ndjson") return draft.path.trim() !== "";
  return draft.url.trim() !== "" && isAuthFilled(draft.auth, source);
}

/** What is not in the form (pages, level and lists of bulk exports, how many files at once) stays as it was. */
export function toResourcesRequest(draft: ResourcesDraft, before: SourceSummary | undefined): SourceRequest {
  const { kind } = draft;
  const { timeZone: _zone, issuer: _issuer, ca: _ca, tenant: _tenant, ...kept } = before?.config ?? {};
  const common = {
    ...kept,
    ...(draft.timeZone === "" ? {} : { timeZone: draft.timeZone }),
    ...toLink(draft, before),
  };
  if (kind === "ndjson") return { kind, config: { ...common, path: draft.path.trim() }, secret: undefined };
  const server = {
    ...common,
    url: draft.url.trim(),
    auth: toAuthConfig(draft.auth),
    ...(draft.ca.trim() === "" ? {} : { ca: draft.ca.trim() }),
  };
  const secret = toSecret(draft.auth, before);
  if (kind === "jhe") {
    const { organizations, studies } = draft;
    return { kind, config: { ...server, organizations, studies, ...limit("callsPerMinute", draft) }, secret };
  }
  const { group: _group, ...bulk } = partOf(kept, "bulk");
  const { bytesPerMinute: _bytes, ...limits } = partOf(kept, "limits");
  const { types, filters, patients, attachments, fhirVersion, megabytesPerMinute } = draft;
  return {
    kind,
    config: {
      ...server,
      ...(draft.tenant.trim() === "" ? {} : { tenant: draft.tenant.trim() }),
      fhirVersion,
      types,
      filters,
      patients,
      attachments,
      bulk: { ...bulk, use: draft.bulk, ...(draft.group.trim() === "" ? {} : { group: draft.group.trim() }) },
      limits: {
        ...limits,
        ...limit("callsPerMinute", draft),
        ...limit("exportsPerHour", draft),
        ...(megabytesPerMinute === undefined ? {} : { bytesPerMinute: Math.round(megabytesPerMinute * MEGABYTE) }),
      },
    },
    secret,
  };
}

/** Nobody is linked unasked: what is no longer linked gets an issuer of its own, never that of others. */
function toLink(
  { isLinked, issuer, identifierSystem, name }: ResourcesDraft,
  before: SourceSummary | undefined,
): Record<string, string> {
  if (isLinked)
    return {
      ...(issuer === undefined ? {} : { issuer: issuer.trim() }),
      patientIdentifierSystem: identifierSystem.trim(),
    };
  const stored = before?.config["issuer"];
  const isOwn = typeof stored === "string" && stored.startsWith(issuerOfSource(""));
  return {
    ...(before === undefined ? {} : { issuer: isOwn ? stored : issuerOfSource(name.trim() || before.name) }),
    patientIdentifierSystem: "",
  };
}

function limit(name: "callsPerMinute" | "exportsPerHour", draft: ResourcesDraft): Record<string, number> {
  const value = draft[name];
  return value === undefined ? {} : { [name]: value };
}

function partOf(config: Record<string, unknown>, name: string): Record<string, unknown> {
  const part = config[name];
  return typeof part === "object" && part !== null ? (part as Record<string, unknown>) : {};
}

function textOf(config: Record<string, unknown>, name: string): string {
  const value = config[name];
  return typeof value === "string" ? value : "";
}

function numberOf(config: Record<string, unknown>, name: string): number | undefined {
  const value = config[name];
  return typeof value === "number" ? value : undefined;
}

function listOf(config: Record<string, unknown>, name: string): string[] {
  const value = config[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
