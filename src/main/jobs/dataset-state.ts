import type { DatasetPart } from "../exports/dataset/dataset.ts";
import type { ColumnSummary } from "../exports/table/column-statistics.ts";
import type { EntryRecord } from "../package/entry.ts";
import type { JournalItem } from "../package/journal.ts";
import { entryEnd } from "../package/zip-format.ts";
import { layPart, type DatasetContext, type PartLayout } from "./dataset-context.ts";
import { DatasetSums, type ChunkData } from "./dataset-sums.ts";
import type { Recollection } from "./dataset-journal.ts";
import type { DatasetPackagePlan } from "./stored-plan.ts";

/** A part that is whole. */
export interface MadePart {
  part: DatasetPart;
  record: EntryRecord;
  written: number;
  columns: ColumnSummary[];
}

/** A part that is still to be made, or is being made. */
interface PlannedPart {
  part: DatasetPart;
  chunks: number;
  /** Number of its first chunk in the plan. */
  first: number;
}

/** How far a package of a dataset is: told by its journal, item by item, whether they are read or made. */
export class DatasetState implements Recollection {
  readonly sums = new DatasetSums();
  readonly made: MadePart[] = [];
  readonly #context: DatasetContext;
  readonly #parts: readonly PlannedPart[];
  readonly #table: string | undefined;
  #next = 0;
  #layout: PartLayout | undefined;
  #end = 0;

  constructor(context: DatasetContext, plan: DatasetPackagePlan) {
    this.#context = context;
    const isOneFile = context.recipe.format === "file" || context.recipe.format === "beside";
    this.#table = isOneFile ? plan.table : undefined;
    this.#parts = plan.layout === "patients" ? [] : partsOf(context.dataset.parts, plan.chunks);
  }

  /** The part that is to be made now; undefined where all are whole. */
  get current(): (PlannedPart & { layout: PartLayout }) | undefined {
    const planned = this.#parts[this.#next];
    if (planned === undefined) return undefined;
    const part = this.#table === undefined ? planned.part : { ...planned.part, path: this.#table };
    this.#layout ??= layPart(this.#context.recipe, part, this.#end);
    return { ...planned, layout: this.#layout };
  }

  layoutOf(_item: JournalItem): PartLayout | undefined {
    return this.current?.layout;
  }

  take(item: JournalItem): void {
    const { data, part, entries } = item;
    const current = this.current;
    if (isChunk(data)) {
      this.sums.add(data);
      if (part !== undefined) current?.layout.sums.add(data);
      return;
    }
    const [record] = entries;
    if (record === undefined || current === undefined) return;
    const { layout } = current;
    this.made.push({ part: layout.part, record, written: layout.sums.written, columns: layout.sums.columns });
    this.#end = this.#context.recipe.format === "zip" ? entryEnd(record) : 0;
    this.#next++;
    this.#layout = undefined;
  }
}

function isChunk(data: unknown): data is ChunkData {
  return typeof data === "object" && data !== null && Object.hasOwn(data, "outcome");
}

/** Parts without a chunk are not made, unless they say something even so. */
function partsOf(parts: readonly DatasetPart[], chunks: readonly number[]): PlannedPart[] {
  let first = 0;
  const planned: PlannedPart[] = [];
  for (const [index, part] of parts.entries()) {
    const count = chunks[index] ?? 0;
    if (count > 0 || part.keepEmpty) planned.push({ part, chunks: count, first });
    first += count;
  }
  return planned;
}
