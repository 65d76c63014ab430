import { resolve } from "node:path";
import type { PackageEntry, ReadReceipt } from "../../contract/calls/packages.ts";
import {
  copiesOf,
  findInstance,
  forgetPackage,
  getPackage,
  latestCheck,
  packagePaths,
  recordCheck,
  type PackageRow,
} from "../catalog/packages.ts";
import { heldCodesIn } from "../deidentify/hold-back.ts";
import { meaningOfSentence } from "../exports/table/table-notices.ts";
import { meaningOfOption } from "../exports/table/table-options.ts";
import { verifyOnWorkers } from "../jobs/verify-on-workers.ts";
import { Presence } from "../package/presence.ts";
import { readReceipt, type ShortReceipt } from "../package/read-receipt.ts";
import type { VerifyProgress, VerifyReport } from "../package/verify-report.ts";
import { copyCall } from "./copy-package.ts";
import type { CallContext, HandlersOf } from "./context.ts";
import { latestOf } from "./latest-of.ts";
import { toFindings, verifiers } from "./verifying.ts";

export function packageHandlers(context: CallContext): HandlersOf<"packages"> {
  const presence = new Presence();
  return {
    "packages.list": async ({ text, limit, offset }) => {
      const { catalog } = context.workspace;
      const wanted = text?.toLocaleLowerCase() ?? "";
      const found = packagePaths(catalog).filter(({ path }) => path.toLocaleLowerCase().includes(wanted));
      const packages = found.slice(offset, offset + limit).flatMap(({ id }) => getPackage(catalog, id) ?? []);
      const entries = packages.map((one) => ({ ...describe(context, one), copies: copiesOf(catalog, one.id) }));
      const there = await presence.of(
        entries.flatMap(({ path, copies }) => [path, ...copies.map((copy) => copy.path)]),
      );
      const rows = entries.map(({ copies, ...entry }) => ({
        ...entry,
        present: there.has(entry.path),
        copies: copies.map((copy) => ({ ...copy, present: there.has(copy.path) })),
      }));
      return { total: found.length, rows };
    },
    "packages.verify": async function* ({ path }, signal) {
      const events = latestOf<VerifyProgress, VerifyReport>((onProgress) =>
        verifyOnWorkers(verifiers(context), path, signal, onProgress),
      );
      for await (const event of events) {
        if (event.kind === "progress") {
          const { entries, entriesTotal, bytes } = event.value;
          yield { type: "progress", filesDone: entries, filesTotal: entriesTotal, bytesDone: bytes };
          continue;
        }
        const report = event.value;
        keepCheck(context, resolve(path), report);
        yield {
          type: "result",
          ok: report.ok,
          files: report.entries,
          bytes: report.bytes,
          result: report.receipt?.result ?? "unknown",
          findings: toFindings(report.findings),
        };
      }
    },
    "packages.copy": ({ path, destination }, signal) => copyCall(context, path, destination, signal),
    "packages.receipt": async ({ path }, signal) => withMeanings(await readReceipt(path, signal)),
    "packages.forget": ({ path }) => {
      forgetPackage(context.workspace.catalog, path);
      context.changes.tell("packages");
      return { ok: true };
    },
  };
}

function describe(context: CallContext, row: PackageRow): Omit<PackageEntry, "present" | "copies"> {
  const { catalog } = context.workspace;
  return {
    ...row.result,
    jobId: String(row.job),
    createdAt: row.createdAt,
    policy: row.policy,
    format: row.format,
    check: latestCheck(catalog, row.id),
    picture: row.firstInstance === null ? null : findInstance(catalog, row.firstInstance),
  };
}

/** A receipt holds sentences for whoever unpacks it; a screen says what they mean in its own language. */
function withMeanings(receipt: ShortReceipt): ReadReceipt {
  const meanings = {
    missing: receipt.missing.map((one) => ({
      ...one,
      held: one.code === "HELD_BACK" ? heldCodesIn(one.reason) : undefined,
    })),
    noticeMeanings: receipt.notices.map(meaningOfSentence),
  };
  if ("text" in receipt)
    return { ...receipt, ...meanings, optionMeanings: receipt.policy.options.map(meaningOfOption) };
  return { ...receipt, ...meanings };
}

/** Only a window that may write keeps what it found; verifying needs no workspace. */
function keepCheck(context: CallContext, path: string, report: VerifyReport): void {
  if (context.ports.access !== "write" || !context.gate.isOpen) return;
  const { ok, entries, findings, findingsLeftOut } = report;
  const at = context.ports.now().toISOString();
  const check = { at, ok, files: entries, findings: findings.length + findingsLeftOut };
  if (recordCheck(context.workspace.catalog, path, check)) context.changes.tell("packages");
}
