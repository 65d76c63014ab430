import { describe, expect, test } from "vitest";
import { isOtherServer } from "../../src/main/calls/source-place.ts";

describe("a password that was given for one server", () => {
  const before = { url: "postgres://me@db.example:5432/eqmd", tls: "verify-full" };

  test("is not sent to another, nor less safely", () => {
    for (const after of [
      { ...before, url: "postgres://me@other.example:5432/eqmd" },
      { ...before, url: "postgres://me@db.example:5433/eqmd" },
      { ...before, url: "postgres://you@db.example:5432/eqmd" },
      { ...before, tls: "require" },
      { ...before, tls: "disable" },
    ])
      expect(isOtherServer(before, after)).toBe(true);
    expect(isOtherServer({ url: "https://a.example/x" }, { url: "http://a.example/x" })).toBe(true);
  });

  test("goes on to serve another database of the same, or a safer connection", () => {
    expect(isOtherServer(before, { ...before, url: "postgresql://me@db.example/other" })).toBe(false);
    expect(isOtherServer({ ...before, tls: "require" }, before)).toBe(false);
    expect(isOtherServer({ url: "https://a.example/x" }, { url: "https://a.example/y" })).toBe(false);
  });
});
