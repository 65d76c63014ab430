import { basename, join, resolve } from "node:path";
import type { CopyEvent } from "../../contract/calls/packages.ts";
import { toErrorRecord } from "../../contract/errors.ts";
import type { Receipt } from "../../contract/receipt.ts";
import { appendAudit } from "../audit/audit-log.ts";
import { addCopy, beginCopying, endCopying, packageAt, wasCopying } from "../catalog/packages.ts";
import { verifyOnWorkers } from "../jobs/verify-on-workers.ts";
import { copyPackage, type CopyProgress, type CopyReport } from "../package/copy-package.ts";
import { partialPath } from "../package/publish.ts";
import type { VerifyReport } from "../package/verify-report.ts";
import { policyWords } from "./policy-words.ts";
import { readReceipt } from "../package/read-receipt.ts";
import type { CallContext } from "./context.ts";
import { assertApart } from "./destination.ts";
import { latestOf } from "./latest-of.ts";
import { toFindings, verifiers } from "./verifying.ts";

/** Copies under way in this process: what lies there of them is no leftover. */
const underWay = new Set<string>();

/** Share of a copy's work that each step takes, about: for the bar in the taskbar. */
const STEPS: CopyProgress["step"][] = ["copying", "flushing", "reading-back", "verifying"];

/** Copies a package, tells how far it is, lists the copy, and writes down that it left. */
export async function* copyCall(
  context: CallContext,
  source: string,
  destination: string,
  signal: AbortSignal,
): AsyncGenerator<CopyEvent> {
  const path = resolve(source);
  assertApart(context, destination);
  // Nothing but packages is copied, and tables that were made alone: those have no receipt.
  const isAlone = packageAt(context.workspace.catalog, path)?.format === "file";
  const receipt = isAlone ? undefined : await readReceipt(path, signal);
  let copying: Promise<CopyReport> | undefined;
  const events = latestOf<CopyProgress, CopyReport>(
    (onProgress) => (copying = copyAndRecord(context, path, resolve(destination), receipt, signal, onProgress)),
  );
  try {
    for await (const event of events) {
      if (event.kind === "progress") {
        yield { type: "progress", ...event.value };
        continue;
      }
      const { ok, readBack, path: made, files, bytes, findings } = event.value;
      yield { type: "result", ok, readBack, path: made, files, bytes, findings: toFindings(findings) };
    }
  } finally {
    // Where nobody listens any more it has been aborted, and clears up before the catalog may be closed.
    await Promise.allSettled([copying]);
  }
}

async function copyAndRecord(
  context: CallContext,
  source: string,
  destination: string,
  receipt: Receipt | undefined,
  signal: AbortSignal,
  onProgress: (progress: CopyProgress) => void,
): Promise<CopyReport> {
  const { catalog } = context.workspace;
  const work = context.busy.begin();
  const partial = partialPath(join(destination, basename(source)));
  let begun = false;
  try {
    const report = await copyPackage(source, destination, {
      signal,
      onProgress(progress) {
        const share = progress.bytesTotal === 0 ? 0 : progress.bytesDone / progress.bytesTotal;
        work.update((STEPS.indexOf(progress.step) + share) / STEPS.length);
        onProgress(progress);
      },
      verify: (path, onBytes, names) =>
        receipt === undefined
          ? Promise.resolve(READ_BACK)
          : verifyOnWorkers(
              verifiers(context),
              path,
              signal,
              ({ bytes, bytesTotal }) => onBytes(bytes, bytesTotal),
              names,
            ),
      isOwnLeftover: () => !underWay.has(partial) && wasCopying(catalog, partial),
      begin() {
        beginCopying(catalog, partial);
        underWay.add(partial);
        begun = true;
      },
      end: () => endCopying(catalog, partial),
    });
    keepCopy(context, source, report);
    writeAudit(context, receipt, destination, report, report.ok ? "complete" : "failed (the copy differed)");
    return report;
  } catch (thrown) {
    const { code } = toErrorRecord(thrown);
    writeAudit(context, receipt, destination, undefined, code === "CANCELLED" ? "cancelled" : `failed (${code})`);
    throw thrown;
  } finally {
    if (begun) underWay.delete(partial);
    work.end();
  }
}

function keepCopy(context: CallContext, source: string, report: CopyReport): void {
  const { catalog } = context.workspace;
  const made = packageAt(catalog, source);
  if (!report.ok || made === undefined) return;
  const { path, medium, readBack, files } = report;
  const at = context.ports.now().toISOString();
  addCopy(catalog, made.id, { path, medium, readBack, check: { at, ok: true, files, findings: 0 } });
  context.changes.tell("packages");
}

/** A table alone has nothing to be verified by: that its copy was read back and found the same is all there is. */
const READ_BACK: VerifyReport = {
  layout: "folder",
  ok: true,
  entries: 1,
  bytes: 0,
  dicom: 0,
  findings: [],
  findingsLeftOut: 0,
  receipt: undefined,
};

function countsOf(receipt: Receipt | undefined): Record<string, number> {
  if (receipt === undefined) return {};
  if (receipt.kind === "imaging") return { exported: receipt.counts.instances.exported };
  if (receipt.kind === "notes" || receipt.kind === "studies") return { rows: receipt.counts.rows.written };
  if (receipt.kind === "report" || receipt.kind === "quality") return { documents: receipt.counts.documents };
  return "types" in receipt ? { resources: receipt.counts.resources.exported } : {};
}

function writeAudit(
  context: CallContext,
  receipt: Receipt | undefined,
  destination: string,
  report: CopyReport | undefined,
  result: string,
): void {
  const { ports, workspace, changes } = context;
  appendAudit(workspace.audit, {
    at: ports.now().toISOString(),
    user: ports.user,
    action: "copy package",
    subjects: [],
    policy: receipt === undefined ? "a table alone" : policyWords(receipt.policy),
    destination,
    counts: {
      ...countsOf(receipt),
      ...(report === undefined ? {} : { files: report.files, bytes: report.bytes }),
    },
    result,
  });
  changes.tell("audit");
}
