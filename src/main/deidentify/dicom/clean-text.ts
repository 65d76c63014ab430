import type { Dataset, Element } from "../../dicom/element.ts";
import { findElement, readFirst, readText } from "../../dicom/values.ts";
import { cleanDescriptor, foldText } from "../clean-descriptor.ts";
import { fallBack, putText } from "./apply-rule.ts";
import { PUBLISHED_CODING_SCHEMES } from "./beyond-the-table.ts";
import type { DeferredText, Rewrite } from "./rewrite.ts";
import { replaceUidsInText } from "./uids-in-text.ts";

/** VRs of which free text may be cleaned word by word; the others of a row of Clean Descriptors go as the profile says. */
const CLEANED_VRS: ReadonlySet<string> = new Set(["LO", "SH", "ST", "LT", "UT", "UC", "AE", "CS"]);
const MULTI_VALUED_VRS: ReadonlySet<string> = new Set(["LO", "SH", "UC", "AE", "CS"]);
const CODING_SCHEME_DESIGNATOR = 0x00080102;

/** Cleans the texts that had to wait until all names of the instance were known. */
export function cleanDeferred(rewrite: Rewrite, forbidden: ReadonlySet<string>): void {
  for (const deferred of rewrite.deferred) {
    if (deferred.rule.kind === "meaning") cleanMeaning(rewrite, deferred, forbidden);
    else cleanElement(rewrite, deferred, forbidden);
  }
}

function cleanElement(rewrite: Rewrite, deferred: DeferredText, forbidden: ReadonlySet<string>): void {
  const { dataset, element, rule, path } = deferred;
  const cleaned = cleanedText(rewrite, dataset, element, forbidden);
  if (cleaned === undefined || cleaned === "") fallBack(rewrite, element, path, dataset, rule);
  else if (cleaned === readText(rewrite.part10, dataset, element)) rewrite.counts.kept++;
  else putText(rewrite, element, path, dataset, "cleaned", Buffer.from(cleaned, "latin1"));
}

/** Meanings of published codes are those of the publisher. Local ones are typed in by somebody: "CT chest Dr. Smith" is one. */
function cleanMeaning(rewrite: Rewrite, deferred: DeferredText, forbidden: ReadonlySet<string>): void {
  const { dataset, element, path } = deferred;
  const scheme = readFirst(rewrite.part10, dataset, findElement(dataset, CODING_SCHEME_DESIGNATOR));
  if (PUBLISHED_CODING_SCHEMES.has(scheme) || scheme.startsWith("HL7")) {
    if (rewrite.options.has("retain-uids") || !replaceUidsInText(rewrite, dataset, element, path))
      rewrite.counts.kept++;
  } else cleanElement(rewrite, deferred, forbidden);
}

/**
 * What is left of a text when only allowed words stay, or undefined where it cannot be judged. Longer or multi-valued text is cleaned
 * value by value.
 */
export function cleanedText(
  rewrite: Rewrite,
  dataset: Dataset,
  element: Element,
  forbidden: ReadonlySet<string>,
): string | undefined {
  if (!CLEANED_VRS.has(element.vr) || element.outside !== undefined) return undefined;
  const text = readText(rewrite.part10, dataset, element);
  const isForbidden = (word: string): boolean => forbidden.has(word);
  if (!MULTI_VALUED_VRS.has(element.vr) || !text.includes("\\")) return cleanDescriptor(text, isForbidden);
  const values = text.split("\\").map((value) => cleanDescriptor(value, isForbidden));
  if (values.every((value) => value === "")) return "";
  const joined = values.join("\\");
  return joined === text ? text : foldText(joined, false);
}
