import type { ReceiptHead } from "../../contract/receipt.ts";

/** A policy as it stands in a receipt, in one line for the audit log. */
export function policyWords(policy: ReceiptHead["policy"]): string {
  const edition = "edition" in policy ? policy.edition : undefined;
  return [policy.kind, edition, policy.key, ...policy.options].filter((part) => part !== undefined).join(" ");
}
