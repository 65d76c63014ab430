import { describe, expect, test } from "vitest";
import { isElsewhere, isOtherServer, placeOf } from "../../src/main/calls/source-place.ts";

test("the place of a source is its path or address, and never shows a password", () => {
  expect(placeOf({ path: "/data/notes.csv" })).toBe("/data/notes.csv");
  expect(placeOf({ url: "http://host:8042" })).toBe("http://host:8042");
  expect(placeOf({ url: "postgres://eqmd@db.hospital:5433/eqmd_db" })).toBe("postgres://eqmd@db.hospital:5433/eqmd_db");
  expect(placeOf({ url: "postgres://eqmd:s3cret@db.hospital/eqmd_db" })).toBe("postgres://eqmd@db.hospital/eqmd_db");
});

test("another tenant of a server is another place: what was read of one says nothing of the other", () => {
  const url = "https://fhir.example/fhir";
  expect(placeOf({ url, tenant: "north" })).toBe(`${url}/north`);
  expect(isElsewhere({ url, tenant: "north" }, { url, tenant: "south" })).toBe(true);
  expect(isElsewhere({ url, tenant: "north" }, { url })).toBe(true);
});

describe("a stored password", () => {
  const before = { url: "postgres://eqmd@db.hospital/eqmd_db", tls: "verify-full" };
  test.each([
    ["another host", { ...before, url: "postgres://eqmd@other.hospital/eqmd_db" }],
    ["another port", { ...before, url: "postgres://eqmd@db.hospital:5433/eqmd_db" }],
    ["another user", { ...before, url: "postgres://root@db.hospital/eqmd_db" }],
    ["another kind of server", { ...before, url: "mysql://eqmd@db.hospital/eqmd_db" }],
    ["a connection that is not checked", { ...before, tls: "require" }],
    ["a connection that is not encrypted", { ...before, tls: "disable" }],
    ["a web server", { url: "https://db.hospital" }],
    ["a file", { path: "/data/notes.sqlite" }],
  ])("is not sent to %s", (_what, after) => {
    expect(isOtherServer(before, after)).toBe(true);
  });

  test.each([
    ["another database there", { ...before, url: "postgres://eqmd@db.hospital/copy" }],
    ["the same, its port written out", { ...before, url: "postgresql://eqmd@db.hospital:5432/eqmd_db" }],
  ])("is sent to %s", (_what, after) => {
    expect(isOtherServer(before, after)).toBe(false);
    expect(isElsewhere(before, after)).toBe(true);
  });

  test("is sent to a server that is better protected than before", () => {
    expect(isOtherServer({ ...before, tls: "disable" }, before)).toBe(false);
  });
});

describe("a client's secret", () => {
  const auth = { kind: "client-credentials", clientId: "one", tokenUrl: "https://tokens.hospital/token" };
  const before = { url: "https://fhir.hospital", auth };
  test.each([
    ["another token endpoint", { ...auth, tokenUrl: "https://other.hospital/token" }],
    ["whatever token endpoint the server names", { kind: "client-credentials", clientId: "one" }],
    ["the server itself, as a token", { kind: "bearer" }],
    ["the server itself, as a password", { kind: "basic", user: "one" }],
  ])("is not sent to %s", (_what, after) => {
    expect(isOtherServer(before, { ...before, auth: after })).toBe(true);
  });

  test("is sent where only the scope is another", () => {
    expect(isOtherServer(before, { ...before, auth: { ...auth, scope: "system/*.rs" } })).toBe(false);
  });
});
