import { loadInstance } from "../exports/imaging/load-instance.ts";
import type { Dataset } from "../dicom/element.ts";
import type { Part10 } from "../dicom/part10.ts";
import { formatTag } from "../dicom/tag.ts";
import { BoundedRows } from "./bounded-rows.ts";
import { ITEM_ROW, nameElement } from "./name-element.ts";
import { showValue } from "./show-value.ts";
import type { ElementRow, InstancePlace } from "./side-messages.ts";
import type { SourceReaders } from "./source-readers.ts";

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
  const rows = new BoundedRows<ElementRow>();
  if (part10.meta !== undefined) addRows(rows, part10, part10.meta, 0);
  addRows(rows, part10, part10.dataset, 0);
  if (rows.rest === undefined) return rows.rows;
  return [...rows.rows, { tag: "", name: rows.rest, vr: "", depth: 0, value: "" }];
}

function addRows(rows: BoundedRows<ElementRow>, part10: Part10, dataset: Dataset, depth: number): void {
  for (const element of dataset.elements) {
    const { tag, vr, items } = element;
    const value = showValue(part10, dataset, element);
    const name = nameElement(element);
    rows.add({ tag: formatTag(tag), name, vr, depth, value }, name, value);
    items?.forEach((item, index) => {
      rows.add({ ...ITEM_ROW, name: `Item ${index + 1}`, depth: depth + 1, value: "" });
      addRows(rows, part10, item.dataset, depth + 2);
    });
  }
}
