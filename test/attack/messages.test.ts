import { describe, expect, it } from "vitest";
import type { PolicyOption } from "../../src/contract/policy.ts";
import { describeInstance } from "../../src/main/dicom/describe.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { createPolicy } from "../../src/main/exports/imaging/apply-policy.ts";
import { hostileFile, part, type Hostile } from "./hostile-instance.ts";

const CANARY = "ZKANARI^VERRAT";

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}

describe("An error", () => {
  it("does not spell out the bytes that it met where a tag should be", () => {
    const file = hostileFile({ parts: [part(0x00189346, "SQ", CANARY)] });
    const message = messageOf(() => walkPart10(file));
    expect(message).toMatch(/unknown element at byte \d+/);
    expect(message).not.toMatch(/4B5A|414E/i);
  });

  it("still names elements that everybody knows", () => {
    expect(messageOf(() => walkPart10(hostileFile().subarray(0, -2)))).toContain("(7FE0,0010)");
  });

  it("of the sweep names the tag and not the value", () => {
    const file = hostileFile({ parts: [part(0x00100010, "PN", CANARY), part(0x00180015, "CS", "ZKANARI")] });
    const policy = createPolicy({
      kind: "pseudonymised",
      key: { name: "k", secret: Buffer.alloc(32, 3) },
      options: [],
      includeHeld: false,
    });
    const message = messageOf(() => policy.apply(walkPart10(file)));
    expect(message).toContain("(0018,0015)");
    expect(message).not.toMatch(/ZKANARI/i);
  });
});

describe("A row of a metadata document", () => {
  const rowOf = (hostile: Hostile, options: PolicyOption[]): string => {
    const policy = createPolicy({
      kind: "pseudonymised",
      key: { name: "k", secret: Buffer.alloc(32, 3) },
      options,
      includeHeld: false,
    });
    return JSON.stringify(policy.describe(describeInstance(walkPart10(hostileFile(hostile))), "an-orthanc-id"));
  };

  it.each<[string, Hostile, PolicyOption[]]>([
    ["a transfer syntax", { transferSyntax: `1.2.${CANARY}` }, []],
    ["an instance's UID", { parts: [part(0x00080018, "UI", CANARY)] }, ["retain-uids"]],
    ["a study's UID", { parts: [part(0x0020000d, "UI", CANARY)] }, ["retain-uids"]],
    ["a date", { parts: [part(0x00080020, "DA", CANARY), part(0x00080030, "TM", CANARY)] }, ["full-dates"]],
    ["a modality", { parts: [part(0x00080060, "CS", CANARY)] }, []],
    ["a description", { parts: [part(0x00081030, "LO", `CT chest ${CANARY}`)] }, ["clean-descriptors"]],
    ["a sex", { parts: [part(0x00100040, "CS", CANARY)] }, ["retain-patient-characteristics"]],
  ])("does not hold what stands in place of %s", (_, hostile, options) => {
    expect(rowOf(hostile, options)).not.toMatch(/ZKANARI/i);
  });
});
