import { z } from "../../../contract/schema.ts";
import { SatchelError } from "../../../contract/errors.ts";
import type { FhirClient } from "./fhir-client.ts";

const named = z.looseObject({ name: z.string(), definition: z.unknown() });
const statement = z.looseObject({
  resourceType: z.literal("CapabilityStatement"),
  fhirVersion: z.string().optional(),
  software: z.looseObject({ name: z.string().optional(), version: z.string().optional() }).optional(),
  instantiates: z.array(z.string()).optional(),
  rest: z
    .array(
      z.looseObject({
        mode: z.string().optional(),
        resource: z
          .array(
            z.looseObject({
              type: z.string(),
              interaction: z.array(z.looseObject({ code: z.string() })).optional(),
              searchParam: z.array(z.looseObject({ name: z.string() })).optional(),
              operation: z.array(named).optional(),
            }),
          )
          .optional(),
        searchParam: z.array(z.looseObject({ name: z.string() })).optional(),
        operation: z.array(named).optional(),
      }),
    )
    .optional(),
});

export type ExportLevel = "system" | "patient" | "group";

/** What a server says of itself. It may be wrong: what matters is tried as well. */
export interface Capabilities {
  /** False where it says nothing, or nothing that can be read. */
  told: boolean;
  /** "4.0.1"; "" where it does not say. */
  fhirVersion: string;
  /** "HAPI FHIR Server 7.2.0"; "" where it does not say. */
  software: string;
  /** Types that can be searched for, with the names of their parameters. */
  types: ReadonlyMap<string, ReadonlySet<string>>;
  /** Levels of `$export`. */
  exports: ReadonlySet<ExportLevel>;
  /** `Patient/$everything` */
  everything: boolean;
  /** Canonical addresses of what it follows. */
  instantiates: readonly string[];
}

const NOTHING: Capabilities = {
  told: false,
  fhirVersion: "",
  software: "",
  types: new Map(),
  exports: new Set(),
  everything: false,
  instantiates: [],
};

/** @throws SOURCE_UNREACHABLE, SOURCE_REFUSED (401), CANCELLED; what is no statement is one that says nothing */
export async function readCapabilities(client: FhirClient, signal: AbortSignal): Promise<Capabilities> {
  try {
    // Not every server knows `_summary`; the whole is mostly below 2 MB.
    const { body } = await client.ask({ url: new URL("metadata", client.base), signal });
    return describeStatement(body);
  } catch (thrown) {
    if (!(thrown instanceof SatchelError) || (thrown.code !== "SOURCE_ANSWER" && thrown.code !== "SOURCE_REFUSED"))
      throw thrown;
    // Some servers show data to whom they do not describe themselves.
    return NOTHING;
  }
}

function describeStatement(body: Buffer): Capabilities {
  let document: unknown;
  try {
    document = JSON.parse(body.toString("utf8"));
  } catch {
    return NOTHING;
  }
  const parsed = statement.safeParse(document);
  if (!parsed.success) return NOTHING;
  const { fhirVersion = "", software, instantiates = [], rest = [] } = parsed.data;
  const server = rest.find(({ mode }) => mode === undefined || mode === "server");
  const types = new Map<string, Set<string>>();
  const common = (server?.searchParam ?? []).map(({ name }) => name);
  for (const { type, interaction, searchParam = [] } of server?.resource ?? []) {
    // Where it names no interactions at all it has only forgotten them.
    if (interaction !== undefined && !interaction.some(({ code }) => code === "search-type")) continue;
    types.set(type, new Set([...common, ...searchParam.map(({ name }) => name)]));
  }
  const exports = new Set<ExportLevel>();
  const operations = (of: string | undefined): { name: string; definition: unknown }[] =>
    (of === undefined ? server?.operation : server?.resource?.find(({ type }) => type === of)?.operation) ?? [];
  // By name alone both of them are "export", and HAPI names all of them at the root as well.
  for (const { name, definition } of [...operations(undefined), ...operations("Patient"), ...operations("Group")]) {
    const said = `${name} ${typeof definition === "string" ? definition : ""}`;
    if (/group[-/]?(export|i\/export)|group-level-export/i.test(said)) exports.add("group");
    else if (/patient-?(level-)?export|patient-export/i.test(said)) exports.add("patient");
  }
  if (operations(undefined).some(isExport)) exports.add("system");
  if (operations("Patient").some(isExport)) exports.add("patient");
  if (operations("Group").some(isExport)) exports.add("group");
  return {
    told: true,
    fhirVersion,
    software: [software?.name, software?.version].filter((one) => one !== undefined).join(" "),
    types,
    exports,
    everything: operations("Patient").some(({ name }) => name.replace(/^\$/, "") === "everything"),
    instantiates,
  };
}

function isExport({ name, definition }: { name: string; definition: unknown }): boolean {
  const said = typeof definition === "string" ? definition : "";
  return name.replace(/^\$/, "") === "export" && !/\/(group|patient)-export(\||$)/i.test(said);
}
