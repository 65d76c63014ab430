import { SatchelError } from "../../../contract/errors.ts";
import type { RulePath } from "./rules.ts";

/** A document that cannot be followed to the letter is not followed at all. The name is the file's; nothing of a secret is in `why`. */
export function refuseRules(name: string, why: string, next: string, cause?: unknown): SatchelError {
  return new SatchelError("USAGE", `The rules ${name} cannot be followed: ${why}`, next, { cause });
}

/** "rule 3 (Patient.name)" */
export function nameRule({ number, path }: RulePath): string {
  return `rule ${number} (${path})`;
}

/** A rule that cannot be followed on one resource (`processingErrors` says what then). Without any value of it. */
export class RuleFailure extends Error {
  override readonly name = "RuleFailure";
  /** Of a rule that does not go with what it meets at all: Microsoft's tool raises it even where others are skipped. */
  readonly isMisplaced: boolean;

  constructor(message: string, isMisplaced = false) {
    super(message);
    this.isMisplaced = isMisplaced;
  }
}

/** A resource that cannot be gone through to the end, so that no rule could answer for all of it. */
export class UnreadableResource extends Error {
  override readonly name = "UnreadableResource";
}
