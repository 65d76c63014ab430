import type { PolicyOption } from "../../../contract/policy.ts";
import type { Dataset, Element } from "../../dicom/element.ts";
import type { NewElement } from "../../dicom/encode.ts";
import type { Part10 } from "../../dicom/part10.ts";
import type { Change } from "../../dicom/splice.ts";
import type { PatientIdentity, Pseudonyms } from "../pseudonym.ts";
import type { RuleNode } from "./rule-tree.ts";
import type { Rule, ValueKind } from "./rules.ts";

/** What happened to elements, counted at every depth; the contents of a removed sequence count as one. */
export interface ActionCounts {
  kept: number;
  removed: number;
  emptied: number;
  replaced: number;
  shifted: number;
  cleaned: number;
}

export type ActionName = keyof ActionCounts;

/** One line of a dry run or review. Holds patient data in `before`: for the screen, never for a log. */
export interface ChangeRecord {
  tag: number;
  /** Tags and item numbers from the top level, "(0040,0275)[0](0040,0007)". */
  path: string;
  keyword: string;
  action: ActionName;
  before: string;
  /** "" where it was removed or emptied. */
  after: string;
}

/** An element whose text can only be judged when all names of the instance are known. */
export interface DeferredText {
  dataset: Dataset;
  element: Element;
  rule: Rule;
  /** Path of items, for the record of changes. */
  path: string;
}

/** The values taken from one instance. Decoding waits until a key is met that no other instance of the series had. */
export interface Collected {
  /** Kinds and raw bytes in order: instances with one key have the same identifying values but for UIDs. */
  key: string;
  readonly values: { kind: ValueKind; dataset: Dataset; element: Element }[];
  readonly uids: Set<string>;
  /** What the manufacturer wrote and the policy keeps, as raw bytes. */
  readonly vendorTexts: string[];
}

/** One instance on its way through the policy. */
export interface Rewrite {
  readonly part10: Part10;
  readonly options: ReadonlySet<PolicyOption>;
  readonly pseudonyms: Pseudonyms;
  readonly identity: PatientIdentity;
  readonly root: RuleNode;
  readonly days: number;
  readonly changes: Map<Element, Change>;
  readonly inserts: Map<Dataset, readonly NewElement[]>;
  readonly counts: ActionCounts;
  readonly deferred: DeferredText[];
  readonly collected: Collected;
  /** Undefined unless the changes are to be told. */
  readonly records: ChangeRecord[] | undefined;
}
