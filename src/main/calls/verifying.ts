import type { FindingCode } from "../../contract/finding.ts";
import type { WorkerPool } from "../jobs/pool.ts";
import type { Finding } from "../package/verify-report.ts";
import type { CallContext } from "./context.ts";

/**
 * The workers for verifying. A job has its own for as long as a package takes, and must not wait for them either: only a command, which
 * does one thing, lends them.
 */
export function verifiers({ ports, pool, checking }: CallContext): WorkerPool {
  return ports.shell === "cli" && !pool.isBusy ? pool : checking;
}

/** Findings as the contract has them. */
export function toFindings(findings: readonly Finding[]): { code: FindingCode; path: string; text: string }[] {
  return findings.map(({ code, path, sentence }) => ({ code, path, text: sentence }));
}
