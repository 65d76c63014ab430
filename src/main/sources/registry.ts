import { SatchelError } from "../../contract/errors.ts";
import type { z } from "../../contract/schema.ts";
import { csvConfig } from "./csv/csv-config.ts";
import { csvSource } from "./csv/csv-source.ts";
import { fhirConfig } from "./fhir/fhir-config.ts";
import { fhirSource } from "./fhir/fhir-source.ts";
import { ndjsonConfig } from "./ndjson/ndjson-config.ts";
import { ndjsonSource } from "./ndjson/ndjson-source.ts";
import { IMAGE_KINDS, type ImagesSource } from "./image-kinds.ts";
import { jheConfig } from "./jhe/jhe-config.ts";
import { jheSource } from "./jhe/jhe-source.ts";
import { registered, type Registered } from "./registered.ts";
import type { RecordsConfig, RecordsSourceKind } from "./records-source.ts";
import type { ResourcesConfig, ResourcesSourceKind } from "./resources-source.ts";
import { mysqlConfig, postgresConfig, sqliteConfig } from "./sql/server-config.ts";
import { mysqlSource, postgresSource, sqliteSource } from "./sql/sql-sources.ts";
import { studiesApiConfig } from "./studies-api/studies-api-config.ts";
import { studiesApiSource } from "./studies-api/studies-api-source.ts";

/** A kind whose configuration comes as stored JSON: it is checked against the schema at each call. */
export type RegisteredSource =
  | ImagesSource
  | (RecordsSourceKind<unknown> & Registered & { readonly holds: "records" })
  | (ResourcesSourceKind<unknown> & Registered & { readonly holds: "resources" });

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

/** A new kind of source is one new folder and one line here. */
export const SOURCE_KINDS: readonly RegisteredSource[] = [
  ...IMAGE_KINDS,
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
