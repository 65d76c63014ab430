import type { WorkerPool } from "../jobs/pool.ts";
import type { Finding } from "../package/verify-report.ts";
import type { CallContext } from "./context.ts";

/** The workers for verifying: a job has its own for as long as a package takes. */
export function verifiers({ pool, checking }: CallContext): WorkerPool {
  return pool.isBusy ? checking : pool;
}

/** Findings as the contract has them. */
export function toFindings(findings: readonly Finding[]): { code: string; path: string; text: string }[] {
  return findings.map(({ code, path, sentence }) => ({ code, path, text: sentence }));
}
