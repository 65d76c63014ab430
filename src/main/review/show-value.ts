import type { Dataset, Element } from "../dicom/element.ts";
import type { Part10 } from "../dicom/part10.ts";
import { readText, readValues } from "../dicom/values.ts";
import { BINARY_VALUE_BYTES, TEXT_VRS } from "../dicom/value-representation.ts";

/** Characters of a value that a table shows. */
const LONGEST_TEXT = 1_000;
/** Numbers of a value that a table shows. */
const MOST_NUMBERS = 64;
/** VRs whose values are arrays or bytes: their size says more than their content. */
const BULK_VRS: ReadonlySet<string> = new Set(["OB", "OW", "OF", "OD", "OL", "OV", "UN", "??"]);

/**
 * A value as a person reads it: decoded by its character set, dates and times with their separators (as far as they are valid), names as
 * they stand; shortened where long, "[1024 bytes]" where binary; of a sequence how many items it has.
 */
export function showValue(part10: Part10, dataset: Dataset, element: Element): string {
  const { vr, items, fragments, outside } = element;
  if (items !== undefined) return items.length === 1 ? "1 item" : `${items.length} items`;
  const length = outside?.length ?? element.valueEnd - element.valueStart;
  if (length === 0) return "";
  if (fragments !== undefined || outside !== undefined || BULK_VRS.has(vr)) return `[${length} bytes]`;
  if (TEXT_VRS.has(vr)) return showText(part10, dataset, element);
  const width = BINARY_VALUE_BYTES[vr];
  if (width === undefined) return `[${length} bytes]`;
  const count = Math.floor(length / width);
  const end = element.valueStart + Math.min(count, MOST_NUMBERS) * width;
  const values = readValues(part10, dataset, { ...element, valueEnd: end });
  return count > MOST_NUMBERS ? `${values.join("\\")}… [${count} values]` : values.join("\\");
}

function showText(part10: Part10, dataset: Dataset, element: Element): string {
  const { vr } = element;
  if (vr === "DA" || vr === "TM" || vr === "DT") {
    const values = readText(part10, dataset, element).split("\\");
    if (values.length <= MOST_NUMBERS) return shorten(values.map((value) => showTemporal(vr, value)).join("\\"));
  }
  return shorten(readText(part10, dataset, element));
}

function shorten(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  // Not within a pair of surrogates.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
  return `${text.slice(0, end)}… [${text.length} characters]`;
}

/** PS3.5 6.2; what is not of the form is shown as it stands. */
function showTemporal(vr: string, value: string): string {
  const text = value.trim();
  if (vr === "DA") return text.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
  if (vr === "TM") return showTime(text);
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?([+-]\d{4})?$/.exec(text);
  if (parts === null) return text;
  const [, year, month, day, time, zone] = parts;
  const offset = zone === undefined ? "" : ` ${zone.slice(0, 3)}:${zone.slice(3)}`;
  return `${year}-${month}-${day}${time === undefined ? "" : ` ${showTime(time)}`}${offset}`;
}

function showTime(text: string): string {
  return text.replace(/^(\d{2})(\d{2})(?:(\d{2})(\.\d{1,6})?)?$/, (_, hour, minute, second, fraction) =>
    second === undefined ? `${hour}:${minute}` : `${hour}:${minute}:${second}${fraction ?? ""}`,
  );
}
