import { SatchelError } from "../../contract/errors.ts";
import type { z } from "../../contract/schema.ts";
import { csvConfig } from "./csv/csv-config.ts";
import { csvSource } from "./csv/csv-source.ts";
import { fhirConfig } from "./fhir/fhir-config.ts";
import { fhirSource } from "./fhir/fhir-source.ts";
import { folderConfig } from "./folder/folder-config.ts";
import { folderSource } from "./folder/folder-source.ts";
import { orthancConfig } from "./orthanc/orthanc-config.ts";
import { orthancSource } from "./orthanc/orthanc-source.ts";
import { ndjsonConfig } from "./ndjson/ndjson-config.ts";
import { ndjsonSource } from "./ndjson/ndjson-source.ts";
import { jheConfig } from "./jhe/jhe-config.ts";
import { jheSource } from "./jhe/jhe-source.ts";
import type { RecordsConfig, RecordsSourceKind } from "./records-source.ts";
import type { ResourcesConfig, ResourcesSourceKind } from "./resources-source.ts";
import type { SourceKind } from "./source.ts";
import { mysqlConfig, postgresConfig, sqliteConfig } from "./sql/server-config.ts";
import { mysqlSource, postgresSource, sqliteSource } from "./sql/sql-sources.ts";
import { studiesApiConfig } from "./studies-api/studies-api-config.ts";
import { studiesApiSource } from "./studies-api/studies-api-source.ts";

interface Registered {
  readonly kind: string;
  /** For screens and tables. */
  readonly label: string;
  /** Fills in defaults. Throws USAGE with the first thing that is wrong, never with the values. */
  parseConfig(value: unknown): Record<string, unknown>;
}

/** A kind whose configuration comes as stored JSON: it is checked against the schema at each call. */
export type RegisteredSource =
  | (SourceKind<unknown> & Registered & { readonly holds: "images" })
  | (RecordsSourceKind<unknown> & Registered & { readonly holds: "records" })
  | (ResourcesSourceKind<unknown> & Registered & { readonly holds: "resources" });

function register<Config extends Record<string, unknown>>(
  source: SourceKind<Config>,
  label: string,
  schema: z.ZodType<Config>,
): RegisteredSource {
  const { parse, ...common } = registered(source, label, schema);
  return {
    holds: "images",
    ...common,
    sync: async (config, secret, target, onProgress, signal) =>
      await source.sync(parse(config), secret, target, onProgress, signal),
    openReader: (config, secret, scratch) => source.openReader(parse(config), secret, scratch),
  };
}

/** Records are exported from the catalog alone: their sources are never opened by an export. */
function registerRecords<Config extends RecordsConfig & Record<string, unknown>>(
  source: RecordsSourceKind<Config>,
  label: string,
  schema: z.ZodType<Config>,
): RegisteredSource {
  const { parse, ...common } = registered(source, label, schema);
  return {
    holds: "records",
    ...common,
    sync: async (config, secret, target, onProgress, signal) =>
      await source.sync(parse(config), secret, target, onProgress, signal),
  };
}

/** The same of FHIR resources. */
function registerResources<Config extends ResourcesConfig & Record<string, unknown>>(
  source: ResourcesSourceKind<Config>,
  label: string,
  schema: z.ZodType<Config>,
): RegisteredSource {
  const { parse, ...common } = registered(source, label, schema);
  const authServer = source.authServer?.bind(source);
  const choices = source.choices?.bind(source);
  return {
    holds: "resources",
    ...common,
    takesOptions: source.takesOptions ?? false,
    check: async (config, secret, signal, kept) => await source.check(parse(config), secret, signal, kept),
    sync: async (config, secret, target, onProgress, signal, options, kept) =>
      await source.sync(parse(config), secret, target, onProgress, signal, options, kept),
    ...(choices === undefined
      ? {}
      : {
          choices: async (config: unknown, secret: string | undefined, signal: AbortSignal) =>
            await choices(parse(config), secret, signal),
        }),
    ...(authServer === undefined ? {} : { authServer: (config: unknown) => authServer(parse(config)) }),
  };
}

/** What sources of every kind have. */
function registered<Config extends Record<string, unknown>>(
  source: Pick<SourceKind<Config>, "kind" | "check">,
  label: string,
  schema: z.ZodType<Config>,
): Registered & Pick<SourceKind<unknown>, "check"> & { parse: (value: unknown) => Config } {
  const parse = (value: unknown): Config => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const where = issue?.path.join(".") ?? "";
    throw new SatchelError(
      "USAGE",
      `The settings of the ${label} source are not valid${where === "" ? "" : ` (${where})`}: ${issue?.message ?? "unknown"}.`,
      "Correct them, or remove the source and add it again.",
    );
  };
  return {
    kind: source.kind,
    label,
    parse,
    parseConfig: parse,
    check: async (config, secret, signal) => await source.check(parse(config), secret, signal),
  };
}

/** A new kind of source is one new folder and one line here. */
export const SOURCE_KINDS: readonly RegisteredSource[] = [
  register(folderSource, "DICOM folder", folderConfig),
  register(orthancSource, "Orthanc server", orthancConfig),
  registerRecords(postgresSource, "PostgreSQL", postgresConfig),
  registerRecords(mysqlSource, "MySQL or MariaDB", mysqlConfig),
  registerRecords(sqliteSource, "SQLite", sqliteConfig),
  registerRecords(csvSource, "CSV file", csvConfig),
  registerRecords(studiesApiSource, "studies platform", studiesApiConfig),
  registerResources(fhirSource, "FHIR server", fhirConfig),
  registerResources(jheSource, "JupyterHealth Exchange", jheConfig),
  registerResources(ndjsonSource, "FHIR files", ndjsonConfig),
];

/** @throws USAGE where there is no such kind */
export function sourceKind(kind: string): RegisteredSource {
  const found = SOURCE_KINDS.find((candidate) => candidate.kind === kind);
  if (found === undefined)
    throw new SatchelError(
      "USAGE",
      `There is no kind of source named "${kind}".`,
      `Use one of: ${SOURCE_KINDS.map((candidate) => candidate.kind).join(", ")}.`,
    );
  return found;
}

/** Of a kind whose instances can be opened. @throws USAGE where there is no such kind, or it holds records */
export function imagesKind(kind: string): Extract<RegisteredSource, { holds: "images" }> {
  const found = sourceKind(kind);
  if (found.holds === "images") return found;
  throw new SatchelError("USAGE", `Sources of the kind ${kind} hold no images.`, "Choose a source of images.");
}
