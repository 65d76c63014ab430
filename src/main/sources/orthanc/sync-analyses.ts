import { createHash } from "node:crypto";
import { parseAnalysisDocument } from "../analysis-document.ts";
import { forEachConcurrently } from "../concurrent.ts";
import type { OrthancConfig } from "./orthanc-config.ts";
import { isAboutOneThing, type OrthancSync } from "./sync-instances.ts";

/** The places of a study where an AI analysis result may stand. */
export function analysisPlaces(config: OrthancConfig): { kind: "metadata" | "attachments"; name: string }[] {
  return [
    ...config.analysisMetadata.map((name) => ({ kind: "metadata" as const, name })),
    ...config.analysisAttachments.map((name) => ({ kind: "attachments" as const, name })),
  ];
}

export function analysisRef(study: string, kind: string, name: string): string {
  return `studies/${study}/${kind}/${name}`;
}

/**
 * Reads the analysis results of studies into the catalog, and takes out those that are gone. Invalid JSON is a problem of that result.
 *
 * @param studies Orthanc's own ids
 * @throws SOURCE_UNREACHABLE, SOURCE_REFUSED, CANCELLED
 */
export async function syncAnalyses(
  sync: OrthancSync,
  config: OrthancConfig,
  studies: Iterable<string>,
  onDone: () => void,
): Promise<void> {
  await forEachConcurrently(studies, sync.concurrency, async (study) => {
    for (const kind of ["metadata", "attachments"] as const) {
      const wanted = kind === "metadata" ? config.analysisMetadata : config.analysisAttachments;
      if (wanted.length === 0) continue;
      const present = await sync.api.studyNames(study, kind, sync.signal);
      for (const name of wanted) {
        const ref = analysisRef(study, kind, name);
        try {
          if (present.includes(name)) await syncAnalysis(sync, study, kind, name, ref);
          else forgetAnalysis(sync, ref);
        } catch (error) {
          if (!isAboutOneThing(error)) throw error;
          sync.report.problems++;
          sync.target.problem({ ref, code: error.code, reason: error.message });
        }
      }
    }
    onDone();
  });
}

async function syncAnalysis(
  sync: OrthancSync,
  study: string,
  kind: "metadata" | "attachments",
  name: string,
  ref: string,
): Promise<void> {
  const { api, target, report, signal } = sync;
  const bytes = await api.studyContent(study, kind, name, signal);
  const studyInstanceUid = bytes === undefined ? undefined : await api.studyInstanceUid(study, signal);
  if (bytes === undefined || studyInstanceUid === undefined) {
    forgetAnalysis(sync, ref);
    return;
  }
  report.analyses++;
  const stamp = createHash("sha256").update(bytes).digest("hex");
  if (target.known(ref)?.stamp === stamp) {
    target.keep(ref);
    return;
  }
  const parsed = parseAnalysisDocument(bytes);
  const document = "document" in parsed ? parsed.document : undefined;
  target.putAnalysis({ studyInstanceUid, name, ref, stamp, document });
  if ("reason" in parsed) {
    report.problems++;
    target.problem({ ref, code: "SOURCE_ANSWER", reason: `The AI analysis result "${name}" ${parsed.reason}.` });
  }
}

function forgetAnalysis(sync: OrthancSync, ref: string): void {
  if (sync.target.known(ref) !== undefined) sync.target.remove(ref);
}
