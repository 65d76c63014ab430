import type { PolicyOption } from "../../../contract/policy.ts";
import { MARKER_TAGS } from "./markers.ts";
import { ruleFor, type Rule } from "./rules.ts";

/**
 * The rules of one data set's elements, found once for each place in the nesting and then by one lookup an element. Places are few; the
 * tags of a place are as many as a hostile file likes, so that what is remembered is bounded.
 */
export interface RuleNode {
  readonly options: ReadonlySet<PolicyOption>;
  readonly sopClassUid: string;
  /** Path of the sequence that encloses the data set, with a dot behind; "" at the top level. */
  readonly prefix: string;
  readonly rules: Map<number, Rule>;
  readonly children: Map<number, RuleNode>;
}

const REMOVE: Rule = { kind: "remove", fallback: "remove", value: "none" };
/** What says how the file was de-identified is written anew: the source's own goes, however often and wherever it stands. */
export const MARKER: Rule = { kind: "keep", fallback: "remove", value: "none" };
const REMEMBERED = 4096;
const DEEPEST_PATH = 9 * 12;

export function openRules(options: ReadonlySet<PolicyOption>, sopClassUid: string, prefix = ""): RuleNode {
  return { options, sopClassUid, prefix, rules: new Map(), children: new Map() };
}

/** The rule of an even-group element in the node's data set. */
export function ruleOf(node: RuleNode, tag: number): Rule {
  const known = node.rules.get(tag);
  if (known !== undefined) return known;
  const rule = findRule(node, tag);
  if (node.rules.size < REMEMBERED) node.rules.set(tag, rule);
  return rule;
}

/** The node of the data sets inside a sequence. Below twelve levels all depths share one: no IOD is that deep. */
export function childOf(node: RuleNode, tag: number): RuleNode {
  const known = node.children.get(tag);
  if (known !== undefined) return known;
  const prefix = node.prefix.length >= DEEPEST_PATH ? node.prefix : `${node.prefix}${hex(tag)}.`;
  const child = openRules(node.options, node.sopClassUid, prefix);
  if (node.children.size < REMEMBERED) node.children.set(tag, child);
  return child;
}

/**
 * Beside the table: no group length, no command, File Meta or directory element (PS3.15 E.1.1), no curve (removal is the cleaning of
 * curves too: their labels are free text), no pixel data in an item (icons
 * go as a whole), and nothing that PS3.6 does not know. Overlays are decided by group, elsewhere.
 */
function findRule(node: RuleNode, tag: number): Rule {
  const group = tag >>> 16;
  if (group < 8 || (tag & 0xffff) === 0 || group >>> 8 === 0x50 || group >= 0xfffe) return REMOVE;
  if (group >>> 8 === 0x60) return REMOVE;
  if (node.prefix === "" && MARKER_TAGS.has(tag)) return MARKER;
  if (node.prefix !== "" && group === 0x7fe0) return REMOVE;
  return ruleFor(node.options, node.sopClassUid, node.prefix + hex(tag)) ?? REMOVE;
}

function hex(tag: number): string {
  return tag.toString(16).padStart(8, "0");
}
