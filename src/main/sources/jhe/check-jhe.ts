import type { CheckFinding } from "../source.ts";
import { organizationRow, studyRow } from "./admin-rows.ts";
import { detectVersion } from "./detect-version.ts";
import { parse, type JheApi } from "./jhe-api.ts";
import type { JheConfig } from "./jhe-config.ts";
import { isLoopback } from "../fhir-auth/loopback.ts";

/** Says whether the exchange answers, which version it is, what the practitioner sees there and which studies there are to choose from. */
export async function inspectJhe(
  api: JheApi,
  config: JheConfig,
  findings: CheckFinding[],
  signal: AbortSignal,
): Promise<void> {
  const url = new URL(config.url);
  if (url.protocol === "https:") findings.push({ level: "ok", text: "The connection is encrypted (TLS)." });
  else if (!isLoopback(url))
    findings.push({
      level: "warning",
      text: "The connection is not encrypted: patient data and the token can be read on the network.",
      next: "Use https:// if the server or a proxy before it offers it.",
    });
  findings.push(...(await api.tokens.describe(signal)));
  const { version, fhirBase, modern } = await detectVersion(api, signal);
  findings.push({
    level: "ok",
    text: `JupyterHealth Exchange ${version === "" ? "older than 0.0.12" : version} answers; its FHIR API is at ${fhirBase}.`,
  });
  if (!modern)
    findings.push({
      level: "warning",
      text: "Versions up to 0.0.8 give no more than 1,000 observations of a search: patients with more are read by kinds of data and by the Admin API, and what comes is compared with its count.",
      next: "Ask its administrator for version 0.0.12 or later.",
    });
  const organizations = await api.adminPage("organizations", 1, 1000, signal);
  const studies = await api.adminPage("studies", 1, 1000, signal);
  const patients = await api.adminPage("patients", 1, 1, signal);
  const observations = await api.adminPage("observations", 1, 1, signal);
  findings.push({
    level: patients.count === 0 ? "warning" : "ok",
    text: `The practitioner sees ${patients.count.toLocaleString("en")} patients with ${observations.count.toLocaleString("en")} observations.`,
    next: patients.count === 0 ? "Have the practitioner made a member of the organization." : undefined,
  });
  const names = [
    ...named(
      "Organization",
      organizations.rows.map((row) => parse(organizationRow, row, "an organization")),
    ),
    ...named(
      "Study",
      studies.rows.map((row) => parse(studyRow, row, "a study")),
    ),
  ];
  for (const text of names.slice(0, 50)) findings.push({ level: "ok", text });
  if (config.studies.length > 0) {
    const there = new Set(studies.rows.map((row) => parse(studyRow, row, "a study").id));
    for (const id of config.studies.filter((study) => !there.has(study)))
      findings.push({
        level: "problem",
        text: `There is no study ${id}, or the practitioner does not see it.`,
        next: "Choose another.",
      });
  }
}

function named(what: string, rows: { id: string; name: string }[]): string[] {
  return rows.map(({ id, name }) => `${what} ${id}: ${name}.`);
}
