import type { ScrubKind } from "../../../contract/calls/records.ts";
import { GAP, type Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";

const LONGEST_LABEL_GAP = 6;
/** Fewer behind "ID" or "CRP" are something else. */
const FEWEST_ID_DIGITS = 4;

/** What the label before a number says it is: "prontuário nº 123", "CRM-BA 123", "tel: 123". */
export function labelBefore(reading: Reading, at: number): ScrubKind | undefined {
  const id = reading.word(at - 1);
  const isLong = reading.end(at) - reading.start(at) >= FEWEST_ID_DIGITS;
  if (id?.text === "id" && id.shape === "capitals" && isLong && reading.gap(at - 1) <= GAP.mark) return "identifier";
  for (let back = at - 1; back >= 0 && back >= at - 4; back--) {
    const gap = reading.text.slice(reading.end(back), reading.start(back + 1));
    if (gap.length > LONGEST_LABEL_GAP || /[;\n,)]/.test(gap)) return undefined;
    const flags = reading.word(back)?.flags;
    if (flags === undefined) return undefined;
    if ((flags & FLAGS.recordLabel) !== 0) return "record-number";
    if ((flags & FLAGS.phoneLabel) !== 0) return "phone";
    if ((flags & FLAGS.identifierLabel) !== 0) return isProtein(reading, back, at) ? undefined : "identifier";
    if ((flags & FLAGS.labelLink) === 0) return undefined;
  }
  return undefined;
}

/** "CRP 140" is a result; "CRP 03/12345" a psychologist. */
function isProtein(reading: Reading, label: number, at: number): boolean {
  return reading.word(label)!.text === "crp" && reading.end(at) - reading.start(at) < FEWEST_ID_DIGITS
    ? !/^\d{2}\s?[/-]\s?\d{3,}/.test(reading.text.slice(reading.start(at), reading.start(at) + 12))
    : false;
}
