import { loadInstance } from "../exports/imaging/load-instance.ts";
import type { Dataset } from "../dicom/element.ts";
import type { Part10 } from "../dicom/part10.ts";
import { formatTag } from "../dicom/tag.ts";
import { ITEM_ROW, nameElement } from "./name-element.ts";
import { showValue } from "./show-value.ts";
import type { ElementRow, InstancePlace } from "./side-messages.ts";
import type { SourceReaders } from "./source-readers.ts";

/** Rows that an answer holds: a hostile header may have half a million elements. */
export const MOST_ROWS = 20_000;

/** The header of an instance, File Meta Information first. @throws SOURCE_*, READ_FAILED, CHECKSUM, NOT_DICOM, BAD_DICOM, CANCELLED */
export async function readTags(
  readers: SourceReaders,
  { source, locator, scratch }: InstancePlace,
  signal: AbortSignal,
): Promise<ElementRow[]> {
  const loaded = await loadInstance(readers.of(source, scratch), source.id, locator, 0, signal);
  try {
    return rowsOf(loaded.part10);
  } finally {
    loaded.close();
  }
}

function rowsOf(part10: Part10): ElementRow[] {
  const rows: ElementRow[] = [];
  if (part10.meta !== undefined) addRows(rows, part10, part10.meta, 0);
  addRows(rows, part10, part10.dataset, 0);
  return rows;
}

function addRows(rows: ElementRow[], part10: Part10, dataset: Dataset, depth: number): void {
  for (const element of dataset.elements) {
    if (rows.length >= MOST_ROWS) return;
    const { tag, vr, items } = element;
    rows.push({
      tag: formatTag(tag),
      name: nameElement(element),
      vr,
      depth,
      value: showValue(part10, dataset, element),
    });
    items?.forEach((item, index) => {
      rows.push({ ...ITEM_ROW, name: `Item ${index + 1}`, depth: depth + 1, value: "" });
      addRows(rows, part10, item.dataset, depth + 2);
    });
  }
}
