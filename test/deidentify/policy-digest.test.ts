import { describe, expect, it } from "vitest";
import { NOTICE_CODES } from "../../src/contract/notice.ts";
import { POLICY_OPTIONS } from "../../src/contract/policy.ts";
import { droppedNotice, IDENTIFIED_NOTICE, meaningOfNotice, policyNotices } from "../../src/main/deidentify/notices.ts";
import { POLICY_EDITION, policyDigest } from "../../src/main/deidentify/policy-digest.ts";

describe("What a receipt says of the policy", () => {
  it("names the edition", () => expect(POLICY_EDITION).toBe("PS3.15 2026c"));

  it("has one digest for one set of options, in any order, and another for any other set", () => {
    expect(policyDigest(["retain-uids", "full-dates"])).toBe(policyDigest(["full-dates", "retain-uids", "full-dates"]));
    const digests = new Set([[], ...POLICY_OPTIONS.map((option) => [option])].map((options) => policyDigest(options)));
    expect(digests.size).toBe(POLICY_OPTIONS.length + 1);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("warns of what every option leaves, and of included instances that would be held back", () => {
    const basic = policyNotices([], false);
    for (const option of POLICY_OPTIONS) expect(policyNotices([option], false)).toHaveLength(basic.length + 1);
    expect(policyNotices([], true)).toHaveLength(basic.length + 1);
    for (const sentence of policyNotices([...POLICY_OPTIONS], true)) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it("can be said in another language: each sentence has its own meaning, and a stranger's has none", () => {
    const sentences = [IDENTIFIED_NOTICE, ...policyNotices([...POLICY_OPTIONS], true), droppedNotice(12)];
    const meanings = sentences.map(meaningOfNotice);
    expect(new Set(meanings.map((meaning) => meaning?.code))).toEqual(new Set(NOTICE_CODES));
    expect(meanings).toHaveLength(NOTICE_CODES.length);
    expect(meanings.at(-1)).toEqual({ code: "analysis-values-dropped", count: 12 });
    expect(meaningOfNotice("Nothing could identify anybody.")).toBe(null);
  });
});
