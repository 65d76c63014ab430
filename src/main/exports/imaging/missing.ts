import type { ReceiptMissing } from "../../../contract/receipt.ts";
import type { ItemOutcome } from "./item.ts";

/** What an item should have left and did not. Held-back and failed instances lack their file and all previews; the file stands for them. */
export function* missingOf(outcome: ItemOutcome): Generator<ReceiptMissing> {
  if (outcome.path !== undefined) {
    yield {
      path: outcome.path,
      what: "dicom",
      code: outcome.code ?? "INTERNAL",
      reason: outcome.reason ?? "An unexpected error.",
    };
  }
  yield* outcome.missing;
}

/** MISSING.txt: for the person who opens the package without Satchel. */
export function* missingText(missing: Iterable<ReceiptMissing>): Generator<string> {
  yield "This package does not hold everything that was asked for.\n\n";
  yield "Each line: the name it would have had, and why it is not there.\n";
  yield "HELD_BACK means that the policy kept it, since it may show who the patient is; anything else is a failure.\n\n";
  for (const one of missing) yield `${one.path}\t${one.code}\t${one.reason}\n`;
}
