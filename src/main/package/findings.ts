/** Collects what verify finds, bounded however broken the package is. */
import type { FindingCode } from "../../contract/finding.ts";
import type { Finding } from "./verify-report.ts";

const LIMIT = 1_000;

export class Findings {
  readonly list: Finding[] = [];
  leftOut = 0;

  add(code: FindingCode, path: string, sentence: string): void {
    if (this.list.length < LIMIT) this.list.push({ code, path: printable(path), sentence });
    else this.leftOut++;
  }
}

/** A name out of a hostile package must not steer a terminal or fill a screen. */
export function printable(name: string): string {
  const visible = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\u{fffd}");
  return visible.length > 300 ? `${visible.slice(0, 300)}…` : visible;
}
