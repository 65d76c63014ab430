import { hash } from "node:crypto";
import rules from "../../../resources/deidentification-rules.json" with { type: "json" };
import types from "../../../resources/attribute-types.json" with { type: "json" };
import words from "../../../resources/descriptor-words.json" with { type: "json" };
import type { PolicyOption } from "../../contract/policy.ts";
import { OWN_RULES } from "./dicom/beyond-the-table.ts";
import { SOFTWARE_VERSION } from "./software.ts";

/** "PS3.15 2026c" */
export const POLICY_EDITION: string = rules.edition;

/** SHA-256, in hexadecimal, over everything that decides what a policy does: rule tables, word list, options and software. For the receipt. */
export function policyDigest(options: readonly PolicyOption[]): string {
  const document = [rules, types, words, OWN_RULES, [...new Set(options)].sort(), SOFTWARE_VERSION];
  return hash("sha256", JSON.stringify(document), "hex");
}
