import { SatchelError } from "../../../contract/errors.ts";
import type { PolicyOption } from "../../../contract/policy.ts";
import type { Part10 } from "../../dicom/part10.ts";
import type { Piece } from "../../dicom/piece.ts";
import { applyEdits, type Edits } from "../../dicom/splice.ts";
import { findElement, readFirst } from "../../dicom/values.ts";
import { heldReasons, type HeldReason } from "../hold-back.ts";
import type { IdentifyingValues } from "../identifying-values.ts";
import {
  createPseudonyms,
  identityOf,
  isUid,
  type PatientIdentity,
  type ProjectKey,
  type Pseudonyms,
} from "../pseudonym.ts";
import { cleanDeferred } from "./clean-text.ts";
import { createValueCompiler, type CompiledValues } from "./collected-values.ts";
import { createFileMeta, createMarkers } from "./markers.ts";
import { rewriteDataset } from "./rewrite-dataset.ts";
import type { ActionCounts, ChangeRecord, Rewrite } from "./rewrite.ts";
import { openRules, type RuleNode } from "./rule-tree.ts";
import { scrub } from "./scrub.ts";
import { sweepInstance, type InstanceHit } from "./sweep-instance.ts";

export interface DeidentifierOptions {
  key: ProjectKey;
  options: readonly PolicyOption[];
  /** Searches each output for what had to go. Default true. */
  sweep?: boolean;
  /** Tells every change with values before and after: for a review or dry run. Default false. */
  recordChanges?: boolean;
}

export interface Deidentified {
  /** The new file: new header, untouched pixel data. */
  pieces: Piece[];
  /** Why the instance must not leave unseen; empty where nothing speaks against it. The pieces are made all the same. */
  held: HeldReason[];
  actions: ActionCounts;
  /** Only where asked for. Holds patient data. */
  changes?: ChangeRecord[];
  /** What the sweep found; empty where it found nothing or did not run. An instance with leaks must not leave. */
  leaks: InstanceHit[];
  /** The new UIDs, or the old ones under Retain UIDs. "" where the instance has none. */
  sopInstanceUid: string;
  identity: PatientIdentity;
  /** What the policy took away: for sweeping names and documents of the package. Holds patient data. */
  sources: () => IdentifyingValues;
}

export interface DicomDeidentifier {
  readonly pseudonyms: Pseudonyms;
  deidentify(part10: Part10): Deidentified;
}

const SOP_CLASS_UID = 0x00080016;
const SOP_INSTANCE_UID = 0x00080018;
const MEDIA_SOP_CLASS_UID = 0x00020002;
const MEDIA_SOP_INSTANCE_UID = 0x00020003;
const TEMPORAL_MODIFIED = 0x00280303;
/** Rule trees are kept for as many SOP Classes as an archive has. */
const REMEMBERED_CLASSES = 200;

/**
 * De-identifies DICOM instances: Basic Application Level Confidentiality Profile of PS3.15 2026c with the options given, applied to the
 * bytes. The same key, options and input give the same output on any machine and day.
 *
 * @throws USAGE where full-dates and modified-dates are both asked for; KEY_NEEDED.
 */
export function createDicomDeidentifier(settings: DeidentifierOptions): DicomDeidentifier {
  const options: ReadonlySet<PolicyOption> = new Set(settings.options);
  if (options.has("full-dates") && options.has("modified-dates")) {
    throw new SatchelError(
      "USAGE",
      "full-dates and modified-dates exclude each other.",
      "Choose one of them, or neither.",
    );
  }
  const pseudonyms = createPseudonyms(settings.key);
  const trees = new Map<string, RuleNode>();
  const compile = createValueCompiler();
  const markers = createMarkers(options);
  const fileMeta = createFileMeta();

  const treeOf = (sopClassUid: string): RuleNode => {
    const known = trees.get(sopClassUid);
    if (known !== undefined) return known;
    const tree = openRules(options, sopClassUid);
    if (trees.size < REMEMBERED_CLASSES) trees.set(sopClassUid, tree);
    return tree;
  };

  return {
    pseudonyms,
    deidentify(part10) {
      const rewrite = openRewrite(part10, options, pseudonyms, treeOf, settings.recordChanges === true);
      rewriteDataset(rewrite, part10.dataset, rewrite.root, "");
      const before = readFirst(part10, part10.dataset, findElement(part10.dataset, TEMPORAL_MODIFIED));
      rewrite.inserts.set(part10.dataset, markers(part10.encoding, before));
      const compiled = compile(part10, rewrite.collected);
      cleanDeferred(rewrite, compiled.forbidden);
      const sopInstanceUid = newInstanceUid(rewrite);
      const sopClassUid = ownUid(rewrite, sopClassOf(part10));
      if (!isUid(part10.transferSyntaxUid)) throw namelessSyntax();
      const edits: Edits = {
        changes: rewrite.changes,
        inserts: rewrite.inserts,
        dropTrailing: true,
        newMeta: fileMeta(sopClassUid, sopInstanceUid, part10.transferSyntaxUid),
      };
      const { pieces, leaks } = finish(rewrite, edits, compiled, settings.sweep !== false);
      return {
        pieces,
        held: heldReasons(part10),
        actions: rewrite.counts,
        changes: rewrite.records,
        leaks,
        sopInstanceUid,
        identity: rewrite.identity,
        sources: () => ({ ...compiled.values, uids: [...rewrite.collected.uids] }),
      };
    },
  };
}

/** Applies the edits and sweeps. Kept texts in which the sweep finds something are cleaned, and all is swept once more. */
function finish(
  rewrite: Rewrite,
  edits: Edits,
  compiled: CompiledValues,
  sweeping: boolean,
): { pieces: Piece[]; leaks: InstanceHit[] } {
  const { part10, root, collected } = rewrite;
  let pieces = applyEdits(part10, edits);
  if (!sweeping) return { pieces, leaks: [] };
  const own = new Set([rewrite.pseudonyms.patient(rewrite.identity).display]);
  const sweep = (): InstanceHit[] =>
    sweepInstance({ part10, edits, pieces, compiled, uids: collected.uids, root, own });
  let leaks = sweep();
  if (leaks.length > 0 && scrub(rewrite, leaks, compiled.forbidden)) {
    pieces = applyEdits(part10, edits);
    leaks = sweep();
  }
  return { pieces, leaks };
}

/** The error of an instance that would leak: names tags, never values. */
export function leakError(leaks: readonly InstanceHit[]): SatchelError {
  const places = [...new Set(leaks.map(({ where, kind }) => `${where} (${kind})`))].slice(0, 5).join(", ");
  return new SatchelError(
    "LEAK",
    `The leak sweep found an identifying value of the source in the output at ${places}.`,
    "Leave the instance out, or look at it with the identified policy and report the tag.",
  );
}

function openRewrite(
  part10: Part10,
  options: ReadonlySet<PolicyOption>,
  pseudonyms: Pseudonyms,
  treeOf: (sopClassUid: string) => RuleNode,
  recordChanges: boolean,
): Rewrite {
  const { dataset } = part10;
  const first = (tag: number): string => readFirst(part10, dataset, findElement(dataset, tag));
  const identity = identityOf({
    patientId: first(0x00100020),
    issuerOfPatientId: first(0x00100021),
    studyInstanceUid: first(0x0020000d),
  });
  return {
    part10,
    options,
    pseudonyms,
    identity,
    root: treeOf(sopClassOf(part10)),
    days: pseudonyms.dateShift(identity),
    changes: new Map(),
    inserts: new Map(),
    counts: { kept: 0, removed: 0, emptied: 0, replaced: 0, shifted: 0, cleaned: 0 },
    deferred: [],
    collected: { key: "", values: [], uids: new Set(), vendorTexts: [] },
    records: recordChanges ? [] : undefined,
  };
}

function sopClassOf(part10: Part10): string {
  return firstOf(part10, SOP_CLASS_UID, MEDIA_SOP_CLASS_UID);
}

function newInstanceUid(rewrite: Rewrite): string {
  const uid = firstOf(rewrite.part10, SOP_INSTANCE_UID, MEDIA_SOP_INSTANCE_UID);
  return rewrite.options.has("retain-uids") || uid === "" ? ownUid(rewrite, uid) : rewrite.pseudonyms.uid(uid);
}

/** The UID itself, or a new one for what is none: it could say anything. */
function ownUid({ pseudonyms }: Rewrite, uid: string): string {
  return uid === "" || isUid(uid) ? uid : pseudonyms.uid(uid);
}

function namelessSyntax(): SatchelError {
  return new SatchelError(
    "BAD_DICOM",
    "File Meta Information names a transfer syntax that is no UID.",
    "Have the file written again by the system it comes from.",
  );
}

/** The data set's value, or that of File Meta Information where the data set has none. */
function firstOf(part10: Part10, tag: number, metaTag: number): string {
  const { dataset, meta } = part10;
  const value = readFirst(part10, dataset, findElement(dataset, tag));
  return value !== "" || meta === undefined ? value : readFirst(part10, meta, findElement(meta, metaTag));
}
