import { describe, expect, it } from "vitest";
import { SatchelError } from "../../src/contract/errors.ts";
import { SOURCE_KINDS, sourceKind } from "../../src/main/sources/registry.ts";

describe("The kinds of source", () => {
  it("are found by name", () => {
    for (const { kind } of SOURCE_KINDS) expect(sourceKind(kind).kind).toBe(kind);
    expect(() => sourceKind("ftp")).toThrow(/no kind of source/);
  });

  it("fill in the defaults of their settings", () => {
    expect(sourceKind("orthanc").parseConfig({ url: "http://host:8042" })).toMatchObject({
      auth: { kind: "none" },
      concurrency: 8,
    });
  });

  it.each([
    ["folder", { path: "relative/path" }],
    ["folder", {}],
    ["folder", { path: "/there", more: 1 }],
    ["orthanc", { url: "nothing" }],
    ["orthanc", "http://host"],
  ])("refuse settings that are none, without repeating them: %s %o", async (kind, settings) => {
    const failure = await sourceKind(kind)
      .check(settings, undefined, new AbortController().signal)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SatchelError);
    expect((failure as SatchelError).code).toBe("USAGE");
    expect((failure as SatchelError).message).not.toContain("relative/path");
  });
});
