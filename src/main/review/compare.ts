import { CHANGES, type Change, type ReviewRow } from "../../contract/calls/exports.ts";
import type { Dataset, Element } from "../dicom/element.ts";
import type { Part10 } from "../dicom/part10.ts";
import { formatTag } from "../dicom/tag.ts";
import type { ActionName, ChangeRecord } from "../deidentify/dicom/rewrite.ts";
import { BoundedRows } from "./bounded-rows.ts";
import { ITEM_ROW, nameElement } from "./name-element.ts";
import { showValue } from "./show-value.ts";

export interface Comparison {
  rows: ReviewRow[];
  /** Of all elements, at every depth, also where `rows` had to end earlier. */
  counts: Record<Change, number>;
}

interface Side {
  part10: Part10;
  dataset: Dataset;
}

interface Pair {
  tag: number;
  before: Element | undefined;
  after: Element | undefined;
}

interface Gathered {
  rows: BoundedRows<ReviewRow>;
  counts: Record<Change, number>;
  actions: ReadonlyMap<string, ActionName>;
}

/**
 * Lays two files side by side, element by element. What is told is what stands in the output: a change that was meant and is not there
 * is not told, one that was not meant is. Of what was meant only the kind of a change is taken (shifted, cleaned, replaced), which the
 * values cannot say. Group lengths are left out.
 *
 * @param records what the de-identifier says that it changed.
 */
export function compareInstances(before: Part10, after: Part10, records: readonly ChangeRecord[]): Comparison {
  const gathered: Gathered = {
    rows: new BoundedRows(),
    counts: Object.fromEntries(CHANGES.map((change) => [change, 0])) as Record<Change, number>,
    actions: new Map(records.map(({ path, action }) => [path, action])),
  };
  compareDatasets(gathered, sideOf(before, before.meta), sideOf(after, after.meta), "", 0);
  compareDatasets(gathered, sideOf(before, before.dataset), sideOf(after, after.dataset), "", 0);
  const { rows, counts } = gathered;
  const last: ReviewRow[] =
    rows.rest === undefined
      ? []
      : [{ tag: "", name: rows.rest, vr: "", depth: 0, before: null, after: null, change: "kept" }];
  return { rows: [...rows.rows, ...last], counts };
}

function sideOf(part10: Part10, dataset: Dataset | undefined): Side | undefined {
  return dataset === undefined ? undefined : { part10, dataset };
}

function compareDatasets(
  gathered: Gathered,
  before: Side | undefined,
  after: Side | undefined,
  path: string,
  depth: number,
): void {
  for (const pair of pairsOf(before?.dataset, after?.dataset)) {
    if ((pair.tag & 0xffff) === 0) continue;
    const here = path + formatTag(pair.tag);
    const change = changeOf(pair, before?.part10, after?.part10, gathered.actions.get(here));
    gathered.counts[change]++;
    const either = (pair.after ?? pair.before) as Element;
    addRow(gathered, {
      tag: formatTag(pair.tag),
      name: nameElement(either),
      vr: either.vr,
      depth,
      before:
        pair.before === undefined || before === undefined
          ? null
          : showValue(before.part10, before.dataset, pair.before),
      after:
        pair.after === undefined || after === undefined ? null : showValue(after.part10, after.dataset, pair.after),
      change,
    });
    const items = Math.max(pair.before?.items?.length ?? 0, pair.after?.items?.length ?? 0);
    for (let index = 0; index < items; index++) {
      const was = before && sideOf(before.part10, pair.before?.items?.[index]?.dataset);
      const is = after && sideOf(after.part10, pair.after?.items?.[index]?.dataset);
      addRow(gathered, {
        ...ITEM_ROW,
        name: `Item ${index + 1}`,
        depth: depth + 1,
        before: was === undefined ? null : "",
        after: is === undefined ? null : "",
        change: was === undefined ? "added" : is === undefined ? "removed" : "kept",
      });
      compareDatasets(gathered, was, is, `${here}[${index}]`, depth + 2);
    }
  }
}

function addRow({ rows }: Gathered, row: ReviewRow): void {
  rows.add(row, row.name, row.before, row.after);
}

/** Elements of the same tag belong together; where a tag stands several times, in their order. */
function pairsOf(before: Dataset | undefined, after: Dataset | undefined): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const side of ["before", "after"] as const) {
    const met = new Map<number, number>();
    for (const element of (side === "before" ? before : after)?.elements ?? []) {
      const { tag } = element;
      const times = met.get(tag) ?? 0;
      met.set(tag, times + 1);
      const pair = pairs.get(`${tag} ${times}`) ?? { tag, before: undefined, after: undefined };
      pair[side] = element;
      pairs.set(`${tag} ${times}`, pair);
    }
  }
  return [...pairs.values()].sort((one, other) => one.tag - other.tag);
}

function changeOf(
  { before, after }: Pair,
  source: Part10 | undefined,
  output: Part10 | undefined,
  meant: ActionName | undefined,
): Change {
  if (before === undefined || source === undefined) return "added";
  if (after === undefined || output === undefined) return "removed";
  const kind = meant === "shifted" || meant === "cleaned" ? meant : "replaced";
  const [was, is] = [before.items?.length, after.items?.length];
  if (was !== undefined || is !== undefined) {
    if (was === is && meant !== "replaced") return "kept";
    return was !== undefined && was > 0 && lengthOf(after) === 0 ? "emptied" : kind;
  }
  if (isSameValue(before, source, after, output)) return "kept";
  return lengthOf(after) === 0 ? "emptied" : kind;
}

function lengthOf({ items, outside, valueStart, valueEnd }: Element): number {
  return items?.length ?? outside?.length ?? valueEnd - valueStart;
}

/** A value that was left in the file is never rewritten, only passed on or left out. */
function isSameValue(before: Element, source: Part10, after: Element, output: Part10): boolean {
  if (before.vr !== after.vr) return false;
  if (before.outside !== undefined || after.outside !== undefined) return lengthOf(before) === lengthOf(after);
  const was = source.bytes.subarray(before.valueStart, before.valueEnd);
  return was.equals(output.bytes.subarray(after.valueStart, after.valueEnd));
}
