import { SatchelError } from "../../../contract/errors.ts";
import type { CheckFinding, CheckReport } from "../source.ts";
import type { OrthancApi } from "./orthanc-api.ts";
import type { OrthancConfig } from "./orthanc-config.ts";

/** Older ones lack the calls that Satchel reads sizes and checksums with. */
const OLDEST = [1, 10] as const;

/**
 * Says what a person should know before a sync: whether the server answers, who it is, what it holds, whether the connection is safe,
 * whether checksums are kept and AI analysis results found. A problem ends the check; a warning does not.
 */
export async function checkOrthanc(api: OrthancApi, config: OrthancConfig, signal: AbortSignal): Promise<CheckReport> {
  const findings: CheckFinding[] = [];
  try {
    await inspect(api, config, signal, findings);
  } catch (error) {
    if (!(error instanceof SatchelError) || error.code === "CANCELLED") throw error;
    findings.push({ level: "problem", text: error.message, next: error.next });
  }
  return { ok: findings.every((finding) => finding.level !== "problem"), findings };
}

async function inspect(
  api: OrthancApi,
  config: OrthancConfig,
  signal: AbortSignal,
  findings: CheckFinding[],
): Promise<void> {
  const system = await api.system(signal);
  findings.push({ level: "ok", text: `Orthanc ${system.Version} answers.` });
  const [major = 0, minor = 0] = system.Version.split(".").map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    findings.push({
      level: "warning",
      text: `Satchel was tested with Orthanc ${OLDEST.join(".")} and later.`,
      next: "Have the server updated if the sync reports problems.",
    });
  checkConnection(config, findings);

  const counts = await api.statistics(signal);
  findings.push({
    level: counts.CountInstances === 0 ? "warning" : "ok",
    text:
      `It holds ${counts.CountPatients} patients, ${counts.CountStudies} studies, ${counts.CountSeries} series and ` +
      `${counts.CountInstances} instances (${(counts.TotalUncompressedSize / 1e9).toFixed(2)} GB).`,
    next: counts.CountInstances === 0 ? "Send studies to the server before the sync." : undefined,
  });
  await api.changes(0, 1, signal);

  const [instance] = await api.listIds("instances", 0, 1, signal);
  if (instance !== undefined) {
    const info = await api.attachmentInfo(instance, signal);
    if (info?.UncompressedMD5 === "")
      findings.push({
        level: "warning",
        text: "The server keeps no MD5 of its files: transfers can only be checked by their length.",
        next: "Ask the server's administrator to set StoreMD5ForAttachments to true.",
      });
    else if (info !== undefined)
      findings.push({ level: "ok", text: "The server keeps an MD5 of each file; every transfer is compared with it." });
  }
  await checkAnalyses(api, config, signal, findings);
}

function checkConnection(config: OrthancConfig, findings: CheckFinding[]): void {
  const url = new URL(config.url);
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "https:") findings.push({ level: "ok", text: "The connection is encrypted (TLS)." });
  else if (!local)
    findings.push({
      level: "warning",
      text: "The connection is not encrypted: patient data and credentials can be read on the network.",
      next: "Use https:// if the server or a proxy before it offers it.",
    });
  if (config.auth.kind === "none")
    findings.push({
      level: "warning",
      text: "The server answers without user and password: anyone who reaches it can read it.",
      next: "Ask the server's administrator to switch authentication on.",
    });
}

/** Looks at a few studies only: a check must be quick. */
async function checkAnalyses(
  api: OrthancApi,
  config: OrthancConfig,
  signal: AbortSignal,
  findings: CheckFinding[],
): Promise<void> {
  const names = [...config.analysisMetadata, ...config.analysisAttachments];
  if (names.length === 0) return;
  const studies = await api.listIds("studies", 0, 50, signal);
  let found = 0;
  for (const study of studies) {
    const metadata = config.analysisMetadata.length > 0 ? await api.studyNames(study, "metadata", signal) : [];
    const attachments = config.analysisAttachments.length > 0 ? await api.studyNames(study, "attachments", signal) : [];
    if (
      config.analysisMetadata.some((name) => metadata.includes(name)) ||
      config.analysisAttachments.some((name) => attachments.includes(name))
    )
      found++;
  }
  const text = `AI analysis results (${names.join(", ")}) stand at ${found} of the first ${studies.length} studies.`;
  findings.push(
    found > 0 || studies.length === 0
      ? { level: "ok", text }
      : {
          level: "warning",
          text,
          next: "If there should be some, name the metadata or attachments that hold them in the source's settings.",
        },
  );
}
