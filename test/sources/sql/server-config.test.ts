import { describe, expect, test } from "vitest";
import { postgresConfig, mysqlConfig, splitServerUrl } from "../../../src/main/sources/sql/server-config.ts";
import { parseMapping } from "../../../src/main/sources/sql/find-mapping.ts";
import { eqmdMapping } from "../../../src/main/sources/sql/mappings/eqmd.ts";

describe("the settings of a database", () => {
  test("take the hospital's time zone and issuer from the mapping unless they are given", () => {
    const config = postgresConfig.parse({ url: "postgres://me@db.example/eqmd_db", mapping: "eqmd" });
    expect(config).toMatchObject({ timeZone: "America/Bahia", statementTimeoutSeconds: 300, wholeEvery: 10 });
    expect(config).not.toHaveProperty("issuer");
    const ofImages = parseMapping(JSON.stringify({ ...eqmdMapping, issuer: "" }));
    expect(postgresConfig.parse({ ...config, mapping: ofImages })).toMatchObject({ issuer: "" });
    expect(postgresConfig.parse({ ...config, timeZone: "America/Manaus", issuer: "HSP" })).toMatchObject({
      timeZone: "America/Manaus",
      issuer: "HSP",
    });
    expect(mysqlConfig.parse({ url: "mysql://me@db/exams", mapping: "studies-platform" }).timeZone).toBe(
      "Asia/Shanghai",
    );
  });

  test("check the server's certificate unless it runs on this computer, whatever the port", () => {
    const tls = (url: string, ca?: string) => postgresConfig.parse({ url, mapping: "eqmd", ca }).tls;
    const ca = "-----BEGIN CERTIFICATE-----";
    expect(tls("postgres://me@db.example/x")).toBe("verify-full");
    expect(tls("postgres://me@10.0.0.7:6543/x")).toBe("verify-full");
    expect(tls("postgres://me@127.0.0.1/x")).toBe("disable");
    expect(tls("postgres://me@[::1]:5433/x")).toBe("disable");
    expect(tls("postgres://me@localhost/x", ca)).toBe("verify-full");
    expect(tls("postgres://me@localhost.example/x")).toBe("verify-full");
  });

  test("hold no password: an address with one is taken apart", () => {
    expect(postgresConfig.safeParse({ url: "postgres://me:secret@db/x", mapping: "eqmd" }).success).toBe(false);
    expect(splitServerUrl("postgres://me:p%40ss%2Fword@db.example:5433/eqmd?sslmode=require")).toEqual({
      url: "postgres://me@db.example:5433/eqmd",
      secret: "p@ss/word",
      tls: "require",
    });
    expect(splitServerUrl("mysql://me@db/x?ssl-mode=VERIFY_CA")).toEqual({
      url: "mysql://me@db/x",
      tls: "verify-full",
    });
    expect(splitServerUrl("postgres://me@db/x")).toEqual({ url: "postgres://me@db/x" });
  });

  test("refuse what would fall back to a weaker connection, without repeating the address", () => {
    for (const url of ["postgres://me:secret@db/x?sslmode=prefer", "postgres://me:secret@db/x?options=-c", "secret"]) {
      const error = (() => {
        try {
          return splitServerUrl(url);
        } catch (thrown) {
          return thrown;
        }
      })();
      expect(error).toMatchObject({ code: "USAGE" });
      expect(String(error)).not.toContain("secret");
    }
  });

  test("refuse addresses of something else, or without user or database", () => {
    for (const url of ["https://me@db/x", "postgres://db/x", "postgres://me@db", "mysql://me@db/x", "nonsense"])
      expect(postgresConfig.safeParse({ url, mapping: "eqmd" }).success).toBe(false);
  });
});

describe("a mapping of the user's own", () => {
  test("can say all that the mappings of Satchel say", () => {
    expect(parseMapping(JSON.stringify(eqmdMapping))).toMatchObject({ name: "EQMD" });
    expect(parseMapping("eqmd")).toBe("eqmd");
  });

  test("is refused with the place that is wrong", () => {
    const document = { version: 1, name: "x", timeZone: "UTC" };
    expect(() => parseMapping("{")).toThrow(/not valid JSON/);
    expect(() => parseMapping(JSON.stringify(document))).toThrow(/neither patients nor exams/);
    expect(() =>
      parseMapping(JSON.stringify({ ...document, timeZone: "Bahia", patients: { from: "p", id: "id" } })),
    ).toThrow(/at timeZone: is not the name of a time zone/);
    expect(() => parseMapping(JSON.stringify({ ...document, patients: { from: "p", id: "id", sql: "DROP" } }))).toThrow(
      /at patients/,
    );
  });
});
