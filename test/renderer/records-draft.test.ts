import { describe, expect, it } from "vitest";
import type { SourceSummary } from "../../src/contract/calls/sources.ts";
import { sourceKind } from "../../src/main/sources/registry.ts";
import {
  beginRecordsDraft,
  isRecordsFilled,
  pasteAddress,
  suggestRecordsName,
  tlsOf,
  toRecordsRequest,
  type ReadFiles,
} from "../../src/renderer/screens/sources/records-draft.ts";
import { joinServerAddress, splitServerAddress } from "../../src/renderer/screens/sources/server-address.ts";

const NOTHING_READ: ReadFiles = { mapping: undefined, certificate: undefined };

const stored: SourceSummary = {
  name: "EQMD",
  kind: "postgres",
  place: "",
  config: {
    url: "postgres://leitura@db.hospital.lan:6432/eqmd",
    mapping: "eqmd",
    timeZone: "America/Bahia",
    issuer: "",
    tls: "verify-full",
    ca: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    wholeEvery: 3,
    statementTimeoutSeconds: 60,
  },
  hasSecret: true,
  state: "ok",
  lastSync: null,
  lastReport: null,
  error: null,
  progress: null,
  patients: 0,
  studies: 0,
  instances: 0,
  notes: 0,
  exams: 0,
  resources: 0,
  problems: 0,
};

describe("an address that is pasted into the field of the host", () => {
  it("fills the fields, and its password goes where it is not shown", () => {
    const draft = beginRecordsDraft("mysql", undefined);
    const filled = {
      ...draft,
      ...pasteAddress(draft, " postgresql://jo%C3%A3o:p@ss:w%2Frd@db.lan:6432/eqmd_db?sslmode=require "),
    };
    expect(filled).toMatchObject({
      kind: "postgres",
      host: "db.lan",
      port: "6432",
      database: "eqmd_db",
      user: "joão",
      secret: "p@ss:w/rd",
      tls: "require",
    });
    expect(JSON.stringify(toRecordsRequest(filled, NOTHING_READ, undefined).config)).not.toContain("ss:w");
  });

  it("may be of MariaDB, of JDBC, of an IPv6 server, or hold a percent sign that encodes nothing", () => {
    expect(splitServerAddress("mariadb://r@[::1]/platform")).toMatchObject({ kind: "mysql", host: "::1", port: "" });
    expect(splitServerAddress("jdbc:postgresql://db/eqmd?user=ana&password=100%25")).toMatchObject({
      host: "db",
      user: "ana",
      password: "100%",
    });
    expect(splitServerAddress("mysql://r:100%@db/platform")).toMatchObject({ password: "100%" });
  });

  it("is taken for the name of a server where it is none", () => {
    for (const text of ["db.hospital.lan", "http://10.0.0.5/", "postgres:", "10.0.0.5:5432"])
      expect(splitServerAddress(text)).toBeUndefined();
  });
});

describe("what is asked of the engine", () => {
  it.each([
    ["postgres", "db.lan", "6432"],
    ["mysql", "::1", ""],
  ] as const)("is a configuration that the engine takes: %s", (kind, host, port) => {
    const draft = { ...beginRecordsDraft(kind, undefined), host, port, database: "o'hara/ção", user: "a@b" };
    expect(isRecordsFilled(draft, NOTHING_READ)).toBe(true);
    const { config } = toRecordsRequest(draft, NOTHING_READ, undefined);
    const parsed = sourceKind(kind).parseConfig(config);
    expect(splitServerAddress(String(parsed["url"]))).toMatchObject({
      host,
      port,
      database: "o'hara/ção",
      user: "a@b",
    });
  });

  it("is one of files and of the platform, too", () => {
    const file = { path: "/data/notas 2024.csv", encoding: "windows-1252", timeZone: "America/Bahia", issuer: "EQMD " };
    const csv = toRecordsRequest({ ...beginRecordsDraft("csv", undefined), ...file }, NOTHING_READ, undefined).config;
    expect(sourceKind("csv").parseConfig(csv)).toEqual({ ...file, issuer: "EQMD", mapping: "auto" });
    const api = { ...beginRecordsDraft("studies-api", undefined), url: "https://studies.example.org", secret: "token" };
    const request = toRecordsRequest(api, NOTHING_READ, undefined);
    expect(request.secret).toBe("token");
    expect(sourceKind("studies-api").parseConfig(request.config)).toMatchObject({ timeZone: "Asia/Shanghai" });
    expect(suggestRecordsName({ ...beginRecordsDraft("csv", undefined), path: "C:\\out\\notas.2024.csv" })).toBe(
      "notas.2024",
    );
  });

  it("leaves who gave out the ids to the engine until somebody says it, and says so that they are those of the images", () => {
    const draft = { ...beginRecordsDraft("csv", undefined), path: "/data/notes.csv" };
    expect(toRecordsRequest(draft, NOTHING_READ, undefined).config).not.toHaveProperty("issuer");
    expect(toRecordsRequest({ ...draft, issuer: "" }, NOTHING_READ, undefined).config).toMatchObject({ issuer: "" });
  });

  it("waits for a mapping of one's own until it has been read without a problem", () => {
    const draft = {
      ...beginRecordsDraft("sqlite", undefined),
      path: "/ehr.db",
      mapping: "own",
      mappingPath: "/m.json",
    };
    expect(isRecordsFilled(draft, NOTHING_READ)).toBe(false);
    expect(isRecordsFilled(draft, { ...NOTHING_READ, mapping: null })).toBe(false);
    const read = { ...NOTHING_READ, mapping: { version: 1 } };
    expect(isRecordsFilled(draft, read)).toBe(true);
    expect(toRecordsRequest(draft, read, undefined).config["mapping"]).toEqual({ version: 1 });
  });
});

it("a time zone that nobody chose is not shown as chosen when the source is edited, and can be chosen then", () => {
  const config = { path: "/data/notes.csv", mapping: "auto", timeZone: "UTC", timeZoneFrom: "computer", issuer: "x" };
  const source = { ...stored, kind: "csv", config };
  const draft = beginRecordsDraft("csv", source);
  expect(draft.timeZone).toBe("");
  const parsed = (timeZone: string): Record<string, unknown> =>
    sourceKind("csv").parseConfig(toRecordsRequest({ ...draft, timeZone }, NOTHING_READ, source).config);
  expect(parsed("")).toMatchObject({ timeZoneFrom: "computer" });
  expect(parsed("America/Bahia")).not.toHaveProperty("timeZoneFrom");
});

describe("a database that is edited", () => {
  it("keeps its password, its certificate and what the form does not show, unless they are changed", () => {
    const draft = beginRecordsDraft("postgres", stored);
    expect(draft).toMatchObject({ secret: "", host: "db.hospital.lan", port: "6432", user: "leitura" });
    expect(toRecordsRequest(draft, NOTHING_READ, stored)).toEqual({
      kind: "postgres",
      config: stored.config,
      secret: undefined,
    });
    expect(toRecordsRequest({ ...draft, secret: "new" }, NOTHING_READ, stored).secret).toBe("new");
    expect(toRecordsRequest({ ...draft, caStored: "" }, NOTHING_READ, stored).config).not.toHaveProperty("ca");
  });

  it("keeps a stored mapping of one's own until another file is chosen", () => {
    const mapping = { version: 1, name: "Ward book" };
    const own = { ...stored, config: { ...stored.config, mapping } };
    const draft = beginRecordsDraft("postgres", own);
    expect(draft.mapping).toBe("own");
    expect(toRecordsRequest(draft, NOTHING_READ, own).config["mapping"]).toEqual(mapping);
    expect(isRecordsFilled({ ...draft, mappingPath: "/other.json" }, NOTHING_READ)).toBe(false);
  });
});

it("a connection is encrypted and checked unless the server is on this computer or a person says otherwise", () => {
  const draft = beginRecordsDraft("postgres", undefined);
  expect(tlsOf({ ...draft, host: "db.hospital.lan" })).toBe("verify-full");
  expect(tlsOf({ ...draft, host: "127.0.0.1" })).toBe("disable");
  expect(tlsOf({ ...draft, host: "localhost", caPath: "/ca.pem" })).toBe("verify-full");
  expect(tlsOf({ ...draft, host: "db.hospital.lan", tls: "disable" })).toBe("disable");
  expect(joinServerAddress("mysql", { host: "::1", port: "", database: "d", user: "u" })).toBe("mysql://u@[::1]/d");
});
