import type { DescribedTokenSource } from "../fhir-auth/create-token-source.ts";
import { isLoopback } from "../fhir-auth/loopback.ts";
import type { CheckFinding } from "../source.ts";
import { readCapabilities, type Capabilities } from "./capabilities.ts";
import { FhirRefusal } from "./describe-answer.ts";
import type { FhirClient } from "./fhir-client.ts";
import type { FhirConfig } from "./fhir-config.ts";
import { readSearchPage } from "./read-bundle.ts";
import { typesToRead } from "./resource-types.ts";

/** What a FHIR server offers, whether what the source is to read can be read, and how. */
export async function inspectFhir(
  client: FhirClient,
  tokens: DescribedTokenSource,
  config: FhirConfig,
  findings: CheckFinding[],
  signal: AbortSignal,
): Promise<void> {
  const ok = (text: string): void => void findings.push({ level: "ok", text });
  const warn = (text: string, next?: string): void =>
    void findings.push({ level: "warning", text, ...(next === undefined ? {} : { next }) });
  describeConnection(client.base, config, findings);
  findings.push(...(await tokens.describe(signal)));
  const capabilities = await readCapabilities(client, signal);
  if (capabilities.told) {
    const { software, fhirVersion } = capabilities;
    ok(
      `The FHIR server answers${software === "" ? "" : `: ${software}`}${fhirVersion === "" ? "" : `, FHIR ${fhirVersion}`}.`,
    );
    describeVersion(capabilities, config, warn);
  } else
    warn(
      "The server does not describe itself (no CapabilityStatement): what it has is found out by asking.",
      "Check that the address is that of its FHIR API, such as https://host/fhir.",
    );
  const types = config.types.length > 0 ? config.types : typesToRead(capabilities.types.keys());
  const lacking = capabilities.told ? config.types.filter((type) => !capabilities.types.has(type)) : [];
  if (lacking.length > 0) warn(`The server does not offer ${lacking.join(", ")}.`, "They are asked for all the same.");
  await countPatients(client, types, findings, signal);
  describeExport(capabilities, config, ok, warn);
  if (config.patients.length > 0)
    ok(
      capabilities.everything
        ? "What there is of the chosen patients is read by $everything."
        : "What there is of the chosen patients is read type by type.",
    );
  const { callsPerMinute, exportsPerHour, bytesPerMinute } = config.limits;
  const bytes =
    bytesPerMinute === null ? "" : `, ${(bytesPerMinute / 1e6).toLocaleString("en")} MB of downloads a minute`;
  ok(`It is asked at most ${callsPerMinute} times a minute, for ${exportsPerHour} bulk exports an hour${bytes}.`);
  ok(`Days are told in the time zone ${config.timeZone}.`);
}

function describeVersion(
  { fhirVersion }: Capabilities,
  config: FhirConfig,
  warn: (text: string, next?: string) => void,
): void {
  const release =
    fhirVersion.startsWith("4.0") || fhirVersion.startsWith("4.3") ? "R4" : fhirVersion.startsWith("5.") ? "R5" : "";
  if (config.fhirVersion === "auto") {
    if (release === "" && fhirVersion !== "")
      warn(`FHIR ${fhirVersion} is neither R4 nor R5: elements that differ are left out of exports.`);
  } else if (release !== "" && release !== config.fhirVersion)
    warn(
      `The source is set to ${config.fhirVersion}, but the server speaks ${release}.`,
      "Let the version be found out.",
    );
}

/** One search that shows whether anything may be read. */
async function countPatients(
  client: FhirClient,
  types: readonly string[],
  findings: CheckFinding[],
  signal: AbortSignal,
): Promise<void> {
  const type = types.includes("Patient") ? "Patient" : (types[0] ?? "Patient");
  const url = new URL(`${type}?_summary=count`, client.base);
  try {
    const { total } = readSearchPage((await client.ask({ url, signal })).body);
    if (total === undefined)
      findings.push({
        level: "warning",
        text: "The server does not count what it has: whether all of it came cannot be told, and every sync reads all.",
      });
    else
      findings.push({
        level: total === 0 ? "warning" : "ok",
        text: `It counts ${total.toLocaleString("en")} of ${type}.`,
      });
  } catch (thrown) {
    if (!(thrown instanceof FhirRefusal)) throw thrown;
    findings.push({
      level: thrown.code === "SOURCE_REFUSED" ? "problem" : "warning",
      text: `${type} could not be counted. ${thrown.message}`,
      ...(thrown.next === undefined ? {} : { next: thrown.next }),
    });
  }
}

function describeExport(
  { exports, told }: Capabilities,
  { bulk }: FhirConfig,
  ok: (text: string) => void,
  warn: (text: string, next?: string) => void,
): void {
  if (exports.size > 0) ok(`It offers bulk exports of ${[...exports].map((level) => LEVELS[level]).join(", ")}.`);
  else if (bulk.use === "only")
    warn(
      told ? "The server does not offer bulk exports." : "Whether the server offers bulk exports is not known.",
      "One is begun all the same; let the source use searches if that fails.",
    );
  else ok("It offers no bulk exports: it is read by searches.");
}

const LEVELS = { system: "the whole system", patient: "all patients", group: "groups" } as const;

function describeConnection(base: URL, { auth }: FhirConfig, findings: CheckFinding[]): void {
  if (base.protocol === "https:") findings.push({ level: "ok", text: "The connection is encrypted (TLS)." });
  else if (!isLoopback(base))
    findings.push({
      level: "warning",
      text: `The connection is not encrypted: patient data${auth.kind === "none" ? "" : " and what the source signs in with"} can be read on the network.`,
      next: "Use https:// if the server or a proxy before it offers it.",
    });
  if (auth.kind === "none")
    findings.push({
      level: "warning",
      text: "The server is asked without signing in: if it answers, anyone who reaches it can read it.",
      next: "Ask its administrator to protect it.",
    });
}
