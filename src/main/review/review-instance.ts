import { createHash } from "node:crypto";
import { SatchelError } from "../../contract/errors.ts";
import type { Part10 } from "../dicom/part10.ts";
import { sizeOf, type Piece } from "../dicom/piece.ts";
import { createDicomDeidentifier } from "../deidentify/dicom/deidentifier.ts";
import type { ChangeRecord } from "../deidentify/dicom/rewrite.ts";
import { createPolicy, type InstancePolicy, type PolicySettings } from "../exports/imaging/apply-policy.ts";
import { loadInstance, type LoadedInstance } from "../exports/imaging/load-instance.ts";
import { assertSameInstance } from "../exports/imaging/process-item.ts";
import { compareInstances } from "./compare.ts";
import { chunksOf, walkOutput } from "./read-output.ts";
import { writeDocument, type OwnFile } from "./review-document.ts";
import type { ReviewAnswer, ReviewQuestion } from "./side-messages.ts";
import type { SourceReaders } from "./source-readers.ts";

/** What is to be hashed while somebody waits. The checksum of a larger file is left open. */
const LARGEST_HASHED = 64 * 1024 * 1024;

/** What the policy makes of an instance, with all that a review wants to know of it. */
interface Outcome {
  pieces: Piece[];
  records: readonly ChangeRecord[];
  held: ReviewAnswer["held"];
  leaks: string[];
}

/**
 * Takes one instance through the policy as an export would, and shows what stands in both files. Nothing is written to any destination.
 *
 * @throws SOURCE_*, READ_FAILED, CHECKSUM, NOT_DICOM, BAD_DICOM, TOO_LARGE, CANCELLED
 */
export async function reviewInstance(
  readers: SourceReaders,
  { place, policy, item, document }: ReviewQuestion,
  signal: AbortSignal,
): Promise<ReviewAnswer> {
  const { source, locator, scratch } = place;
  const loaded = await loadInstance(readers.of(source, scratch), source.id, locator, 0, signal);
  try {
    if (signal.aborted) throw new SatchelError("CANCELLED", "The review was cancelled.");
    assertSameInstance(item, loaded.part10);
    const instancePolicy = createPolicy(policy);
    const { pieces, records, held, leaks } = applyTo(loaded.part10, policy, instancePolicy);
    const after = policy.kind === "identified" ? loaded.part10 : walkOutput(pieces, loaded, scratch);
    const { rows, counts } = compareInstances(loaded.part10, after, records);
    const leaves = held.length === 0 && leaks.length === 0;
    const written = writeDocument(document, instancePolicy, leaves ? measure(pieces, loaded) : undefined);
    return { rows, counts, held, leaks: [...leaks, ...written.leaks], ...written.text };
  } finally {
    loaded.close();
  }
}

function applyTo(part10: Part10, policy: PolicySettings, instancePolicy: InstancePolicy): Outcome {
  if (policy.kind === "identified") {
    const applied = instancePolicy.apply(part10);
    return { pieces: applied.held === undefined ? applied.pieces : [], records: [], held: [], leaks: [] };
  }
  const { name, secret } = policy.key;
  const result = createDicomDeidentifier({
    key: { name, secret: Buffer.from(secret) },
    options: policy.options,
    recordChanges: true,
  }).deidentify(part10);
  const held = policy.includeHeld ? [] : result.held.map(({ code, sentence }) => ({ code, reason: sentence }));
  const leaks = result.leaks.map(({ where, kind }) => `${where} (${kind})`);
  return { pieces: result.pieces, records: result.changes ?? [], held, leaks: [...new Set(leaks)] };
}

function measure(pieces: readonly Piece[], loaded: LoadedInstance): OwnFile {
  const size = sizeOf(pieces);
  if (size > LARGEST_HASHED) return { size };
  const hash = createHash("sha256");
  for (const piece of pieces) for (const chunk of chunksOf(piece, loaded)) hash.update(chunk);
  return { size, sha256: hash.digest("hex") };
}
