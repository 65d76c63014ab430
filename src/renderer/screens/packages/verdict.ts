import type { PackageEntry } from "../../../contract/calls/packages.ts";
import type { PackageResult } from "../../../contract/job.ts";
import type { Labels } from "../../labels/en/index.ts";
import type { Format } from "../../parts/format.ts";
import type { Tone } from "../../parts/state-badge.tsx";

export interface Verdict {
  tone: Tone;
  words: string;
}

/** What the latest verification of a package said: green only where every file was read again and found right. */
export function checkVerdict(check: PackageEntry["check"], { verdict }: Labels["packages"], format: Format): Verdict {
  if (check === null) return { tone: "neutral", words: verdict.unverified };
  const when = format.moment(check.at);
  return check.ok
    ? { tone: "verified", words: verdict.verified(format.count(check.files), when) }
    : { tone: "failed", words: verdict.damaged(check.findings, format.count(check.findings), when) };
}

/** What a sound package does not hold: failed, which makes it incomplete, and held back, which is the policy's decision. */
export function contentVerdicts(
  made: PackageResult,
  { datasets, packages: { verdict } }: Pick<Labels, "datasets" | "packages">,
  format: Format,
): Verdict[] {
  const { instances, previews, resources, rows, result } = made;
  const verdicts: Verdict[] = [];
  const attention = (words: string): void => {
    verdicts.push({ tone: "attention", words });
  };
  if (rows !== null && rows.written < rows.expected)
    attention(verdict.incompleteRows(format.count(rows.written), format.count(rows.expected)));
  if (instances.failed > 0)
    attention(verdict.incomplete(format.count(instances.failed), format.count(instances.expected)));
  if (previews.failed > 0) attention(verdict.incompletePreviews(format.count(previews.failed)));
  if (result === "incomplete" && verdicts.length === 0) attention(verdict.incompleteOther);
  if (instances.heldBack > 0) attention(verdict.held(instances.heldBack, format.count(instances.heldBack)));
  const withheld = resources?.withheld ?? 0;
  if (withheld > 0) attention(datasets.held(withheld, format.count(withheld)));
  return verdicts;
}
