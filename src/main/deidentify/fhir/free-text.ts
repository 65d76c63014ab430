import { foldText } from "../clean-descriptor.ts";
import { isPlainText, isPlainToken } from "./vocabulary.ts";
import type { Rule, Treatment } from "./treatment.ts";

/**
 * Text that a person wrote: left out, or scrubbed and left out all the same where something of the patient is still in it. One word as codes
 * are written ("Positive", "white_patches", "FOLLOWUP_DONE") is a choice and stays.
 */
export const freeText: Rule = (value, treatment) => {
  if (typeof value === "string" && isPlainToken(value) && treatment.person.isSilent(value)) return value;
  if (typeof value !== "string" || treatment.policy.text === "drop" || treatment.dropsText)
    return treatment.drop(value);
  const scrubbed = treatment.person.scrub(value, treatment.scrubber());
  if (scrubbed.trim() === "" || !treatment.person.isSilent(scrubbed)) return treatment.drop(value);
  treatment.count("scrubbed");
  treatment.scrubbed.push(scrubbed);
  return scrubbed;
};

const SHORTEST = 4;

/**
 * Whether scrubbed text still has what was left out elsewhere in its resource: the display of a reference, the number of an identifier. Words
 * that everybody uses do not count.
 */
export function hasWhatWasLeftOut({ scrubbed, left }: Treatment): boolean {
  if (scrubbed.length === 0 || left.length === 0) return false;
  const texts = scrubbed.map((text) => foldText(text));
  return left.some((value) => {
    const folded = foldText(value.trim());
    // What was scrubbed is left out as it was, too.
    if (folded.length < SHORTEST || folded.length > 100 || isPlainText(value)) return false;
    return texts.some((text) => text.includes(folded));
  });
}
