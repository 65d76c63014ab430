import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RecordsSourceKind } from "../../../src/main/sources/records-source.ts";
import { mysqlConfig, postgresConfig, type ServerConfig } from "../../../src/main/sources/sql/server-config.ts";
import { mysqlSource, postgresSource } from "../../../src/main/sources/sql/sql-sources.ts";
import { startMariadb } from "../../support/mariadb.ts";
import { startPostgres } from "../../support/postgres.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { makeCertificates, type Certificates } from "./certificates.ts";

const mapping = { version: 1, name: "people", timeZone: "UTC", patients: { from: "people", id: "id" } };

interface Case {
  kind: string;
  source: RecordsSourceKind<ServerConfig>;
  parse: (value: unknown) => ServerConfig;
  start: (tls: Certificates | undefined) => Promise<{ url: string; password: string; stop: () => Promise<void> }>;
}
const cases: Case[] = [
  {
    kind: "PostgreSQL",
    source: postgresSource,
    parse: (value) => postgresConfig.parse(value),
    async start(tls) {
      const server = await startPostgres(tls === undefined ? {} : { tls });
      const client = await server.connect();
      await client.query("CREATE TABLE people (id integer PRIMARY KEY)");
      return { url: server.url(), password: server.password, stop: () => server.stop() };
    },
  },
  {
    kind: "MariaDB",
    source: mysqlSource,
    parse: (value) => mysqlConfig.parse(value),
    async start(tls) {
      const server = await startMariadb(tls === undefined ? {} : { tls });
      await server.createDatabase("people");
      const client = await server.connect("people");
      await client.query("CREATE TABLE people (id integer PRIMARY KEY)");
      return { url: server.url("people"), password: server.password, stop: () => server.stop() };
    },
  },
];

describe.each(cases)("the way to $kind", ({ source, parse, start }) => {
  const folder = temporaryDirectory("tls");
  const good = makeCertificates(folder, "good", "IP:127.0.0.1");
  const other = makeCertificates(folder, "other", "IP:127.0.0.1");
  const elsewhere = makeCertificates(folder, "elsewhere", "DNS:elsewhere.example,DNS:localhost");
  const servers: { url: string; password: string; stop: () => Promise<void> }[] = [];
  beforeAll(async () => {
    for (const tls of [good, elsewhere, undefined]) servers.push(await start(tls));
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
  });

  async function check(which: number, settings: Record<string, unknown>) {
    const server = servers[which];
    const config = parse({ url: server?.url, mapping, ...settings });
    return await source.check(config, server?.password, new AbortController().signal);
  }

  test("is encrypted and checked where the authority is given", async () => {
    const report = await check(0, { ca: good.authority });
    expect(report.ok).toBe(true);
    expect(report.findings).toContainEqual({
      level: "ok",
      text: expect.stringMatching(/^The connection is encrypted \(TLSv1\.[23]\) and/) as string,
    });
  });

  test("is not taken where another authority signed, or none that is known", async () => {
    for (const settings of [{ ca: other.authority }, { tls: "verify-full" }]) {
      const { ok, findings } = await check(0, settings);
      expect(ok).toBe(false);
      expect(findings[0]?.text).toMatch(
        /could not be reached: its certificate was issued by an authority that this computer/,
      );
    }
  });

  test("is not taken where the certificate is for another host", async () => {
    const { findings } = await check(1, { ca: elsewhere.authority });
    expect(findings[0]?.text).toMatch(/its certificate was issued for another host name/);
  });

  test("is never in the clear where encryption is asked for and the server has none", async () => {
    for (const settings of [{ tls: "require" }, { ca: good.authority }]) {
      const { ok, findings } = await check(2, settings);
      expect(ok).toBe(false);
      expect(findings[0]?.text).toMatch(/offers no encrypted connection/);
    }
  });

  test("may be encrypted without a check, or in the clear, where that is asked for; both are warned of", async () => {
    expect((await check(1, { tls: "require" })).findings).toContainEqual(
      expect.objectContaining({
        level: "warning",
        text: expect.stringContaining("certificate is not checked") as string,
      }),
    );
    expect((await check(2, {})).findings).toContainEqual(
      expect.objectContaining({ level: "warning", text: expect.stringContaining("not encrypted") as string }),
    );
  });
});
