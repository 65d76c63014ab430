import type { Command } from "commander";
import { countArgument, listArgument, pathArgument } from "../arguments.ts";
import { withSession } from "../session.ts";
import { authOf, withAuthOptions, type AuthOptions } from "./auth-arguments.ts";
import { resourcesConfig, withResourcesOptions } from "./resource-sources.ts";
import { addSource } from "./sources.ts";
import { choiceArgument } from "./table-arguments.ts";

interface FhirOptions extends AuthOptions {
  name: string;
  timeZone?: string;
  issuer?: string;
  patientIdentifier?: string;
  tenant?: string;
  types?: string;
  filter?: string[];
  patient?: string[];
  since?: string;
  bulk?: string;
  group?: string;
  attachments?: boolean;
  pageSize?: string;
  callsPerMinute?: string;
  exportsPerHour?: string;
  megabytesPerMinute?: string;
  ca?: string;
}

const MEGABYTE = 1_000_000;

/** Adds `source add fhir`. */
export function addFhirCommand(add: Command): void {
  withAuthOptions(
    withResourcesOptions(
      add.command("fhir <url>").description("a FHIR server (R4 or R5), by searches or bulk exports"),
    ),
  )
    .option("--tenant <tenant>", "the part of the path that names a tenant: URL/TENANT/Patient")
    .option("--types <types>", "as Patient,Observation (default: all that the server offers and that tell of patients)")
    .option("--filter <filter...>", "only what matches, as 'Observation?category=laboratory&date=ge2024-01-01'")
    .option("--patient <id...>", "only these patients, by their ids at the server")
    .option("--since <moment>", "only what changed since, with its zone: 2024-01-31T00:00:00Z")
    .option("--bulk <use>", "bulk exports: never (default), auto (where the server offers them) or only")
    .option("--group <id>", "bulk exports of the patients of this group")
    .option("--attachments", "pictures and documents that resources name are read as well")
    .option("--page-size <number>", "resources a page of a search (default 500)")
    .option("--calls-per-minute <number>", "requests that the server is asked at most (default 100)")
    .option("--exports-per-hour <number>", "bulk exports that are begun at most (default 1)")
    .option("--megabytes-per-minute <number>", "downloads at most (default: as fast as they come)")
    .option("--ca <file>", "certificate of the authority that signed the server's, PEM")
    .action(
      withSession("make", async (session, url: string, options: FhirOptions) => {
        const { auth, secret } = await authOf(options);
        return await addSource(session, "fhir", options.name, { url, auth, ...configOf(options) }, secret);
      }),
    );
}

/** @throws USAGE */
function configOf(options: FhirOptions): Record<string, unknown> {
  const { tenant, types, filter, patient, since, bulk, group, attachments, pageSize, ca } = options;
  const { callsPerMinute, exportsPerHour, megabytesPerMinute } = options;
  const use = bulk === undefined ? undefined : choiceArgument(bulk, "--bulk", ["never", "auto", "only"]);
  return {
    ...given({ tenant, filters: filter, patients: patient, since, attachments }),
    ...(types === undefined ? {} : { types: listArgument(types) }),
    ...(use === undefined && group === undefined ? {} : { bulk: given({ use: use ?? "auto", group }) }),
    ...(pageSize === undefined ? {} : { pageSize: countArgument(pageSize, "--page-size", [1, 10_000]) }),
    limits: {
      ...(callsPerMinute === undefined
        ? {}
        : { callsPerMinute: countArgument(callsPerMinute, "--calls-per-minute", [1, 60_000]) }),
      ...(exportsPerHour === undefined
        ? {}
        : { exportsPerHour: countArgument(exportsPerHour, "--exports-per-hour", [1, 1000]) }),
      ...(megabytesPerMinute === undefined
        ? {}
        : { bytesPerMinute: countArgument(megabytesPerMinute, "--megabytes-per-minute", [2, 1_000_000]) * MEGABYTE }),
    },
    ...(ca === undefined ? {} : { ca: pathArgument(ca, "--ca") }),
    ...resourcesConfig(options),
  };
}

/** Without what was not given. */
function given(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
