import type { Dataset, Element } from "../../dicom/element.ts";
import { formatTag } from "../../dicom/tag.ts";
import { putText } from "./apply-rule.ts";
import { cleanedText } from "./clean-text.ts";
import { dummyValue } from "./dummy.ts";
import type { Rewrite } from "./rewrite.ts";
import type { InstanceHit } from "./sweep-instance.ts";

/**
 * Cleans those kept texts in which the sweep found something: a label or a comment that no rule names, and into which somebody typed a
 * name. Allowed words stay, or a dummy where none is left.
 *
 * @returns true where at least one text was cleaned.
 */
export function scrub(rewrite: Rewrite, hits: readonly InstanceHit[], forbidden: ReadonlySet<string>): boolean {
  const places = new Set(hits.filter(({ cleanable }) => cleanable).map(({ where }) => where));
  return places.size > 0 && scrubDataset(rewrite, rewrite.part10.dataset, "", places, forbidden);
}

function scrubDataset(
  rewrite: Rewrite,
  dataset: Dataset,
  path: string,
  places: ReadonlySet<string>,
  forbidden: ReadonlySet<string>,
): boolean {
  let scrubbed = false;
  for (const element of dataset.elements) {
    const here = path + formatTag(element.tag);
    if (places.has(here) && rewrite.changes.get(element)?.kind !== "remove") {
      scrubElement(rewrite, dataset, element, path, forbidden);
      scrubbed = true;
    }
    for (const [index, item] of (element.items ?? []).entries())
      scrubbed = scrubDataset(rewrite, item.dataset, `${here}[${index}]`, places, forbidden) || scrubbed;
  }
  return scrubbed;
}

function scrubElement(
  rewrite: Rewrite,
  dataset: Dataset,
  element: Element,
  path: string,
  forbidden: ReadonlySet<string>,
): void {
  const cleaned = cleanedText(rewrite, dataset, element, forbidden);
  const value = cleaned === undefined || cleaned === "" ? dummyValue(element.vr) : Buffer.from(cleaned, "latin1");
  putText(rewrite, element, path, dataset, "cleaned", value);
}
