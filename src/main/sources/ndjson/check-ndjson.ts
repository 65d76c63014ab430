import { SatchelError } from "../../../contract/errors.ts";
import type { CheckFinding, CheckReport } from "../source.ts";
import { findFiles, type FoundFile } from "./find-files.ts";
import type { NdjsonConfig } from "./ndjson-config.ts";
import { readItems, type Item } from "./read-items.ts";

/** Files looked into, and of each what stands first: a check must be quick. */
const LOOKED_INTO = 50;

/** Says what is there, and whether its beginning can be read. Nothing is kept. */
export async function checkNdjson(config: NdjsonConfig, signal: AbortSignal): Promise<CheckReport> {
  const findings: CheckFinding[] = [];
  try {
    const { files, links, unreadable } = findFiles(config.path);
    if (files.length === 0)
      findings.push({
        level: "warning",
        text: "There is no file there whose name ends in .ndjson, .jsonl or .json (or .gz behind it).",
        next: "Check that this is the right folder.",
      });
    else findings.push(...(await lookInto(files, signal)));
    if (unreadable.length > 0)
      findings.push({
        level: "warning",
        text: `${unreadable.length} files or folders could not be read: ${unreadable[0]?.reason}.`,
        next: "Give this user the right to read them, or leave them out; each is listed by the sync.",
      });
    if (links > 0)
      findings.push({
        level: "warning",
        text: `${links} symbolic links lead out of the folder; they are not followed.`,
        next: "Add the places they lead to as sources of their own if they belong to the records.",
      });
  } catch (error) {
    if (!(error instanceof SatchelError) || error.code === "CANCELLED") throw error;
    findings.push({ level: "problem", text: error.message, next: error.next });
  }
  return { ok: findings.every((finding) => finding.level !== "problem"), findings };
}

async function lookInto(files: readonly FoundFile[], signal: AbortSignal): Promise<CheckFinding[]> {
  const counts = { resources: 0, points: 0, manifests: 0, broken: 0 };
  for (const file of files.slice(0, LOOKED_INTO)) {
    const first = await firstOf(file, signal);
    if (first === "resource" || first === "deleted" || first === "outcome") counts.resources += 1;
    else if (first === "data-point") counts.points += 1;
    else if (first === "manifest") counts.manifests += 1;
    else if (first === "broken" || first === "cut") counts.broken += 1;
  }
  const findings: CheckFinding[] = [];
  const some = files.length > LOOKED_INTO ? `the first ${LOOKED_INTO} of ${files.length}` : `${files.length}`;
  if (counts.resources + counts.points === 0)
    findings.push({
      level: "warning",
      text: `None of ${some} files looked into holds FHIR resources or Open mHealth data points.`,
      next: "Check that this is the right folder.",
    });
  else
    findings.push({
      level: "ok",
      text: `Of ${some} files ${counts.resources} hold FHIR resources and ${counts.points} Open mHealth data points.`,
    });
  if (counts.manifests > 0)
    findings.push({
      level: "ok",
      text: `${counts.manifests} of them are manifests of a bulk export: its counts will be compared.`,
    });
  if (counts.broken > 0)
    findings.push({
      level: "warning",
      text: `${counts.broken} of them cannot be read from their beginning; the sync will tell each.`,
    });
  return findings;
}

async function firstOf(file: FoundFile, signal: AbortSignal): Promise<Item["kind"] | undefined> {
  for await (const item of readItems(file, signal)) return item.kind;
  return undefined;
}
