import { afterEach, describe, expect, it } from "vitest";
import { jheConfig } from "../../../src/main/sources/jhe/jhe-config.ts";
import { jheData } from "../../support/jhe-data.ts";
import { PRACTITIONER } from "../../support/jhe-server.ts";
import { jheBench } from "./jhe-bench.ts";

const bench = jheBench();
const { start, check } = bench;
afterEach(() => bench.close());

describe("The check of an exchange", () => {
  it.each([
    ["0.0.8", "older than 0.0.12", "fhir/r5/", true],
    ["0.0.9", "older than 0.0.12", "fhir/r5/", true],
    ["0.0.13", "0.0.13", "FHIR/R5/", false],
    ["head", "0.0.13+0339e9e", "FHIR/R5/", false],
  ] as const)("of release %s says that it is %s, with its FHIR API at %s", async (release, version, base, old) => {
    const { ok, text } = await check(await start(release, jheData([5, 7, 3])));
    expect(ok).toBe(true);
    expect(text).toContain(`JupyterHealth Exchange ${version} answers; its FHIR API is at ${base}`);
    expect(text.includes("1,000 observations of a search")).toBe(old);
  });

  it("names organizations and studies to choose from, and counts what the practitioner sees", async () => {
    const { text } = await check(await start("head", jheData([5, 7, 3])));
    expect(text).toContain("3 patients with 15 observations");
    expect(text).toContain("ok: Organization 2: Clinic 2.");
    expect(text).toContain("ok: Study 30001: Study of glucose.");
  });

  it("says which chosen study is not there", async () => {
    const { ok, text } = await check(await start("head", jheData([5])), { studies: ["30001", "4711"] });
    expect(ok).toBe(false);
    expect(text).toContain("problem: There is no study 4711");
    expect(text).not.toContain("no study 30001");
  });

  it("tells a token that is not taken, and a practitioner client of a release that knows none", async () => {
    const refused = await check(await start("head", jheData([5])), {}, "another-token");
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain("(401)");
    expect(refused.text).not.toContain("another-token");
    const auth = { kind: "client-credentials", clientId: PRACTITIONER.clientId };
    expect((await check(await start("0.0.13", jheData([5])), { auth }, PRACTITIONER.secret)).ok).toBe(true);
    const old = await check(await start("0.0.9", jheData([5])), { auth }, PRACTITIONER.secret);
    expect(old.text).toContain("invalid_client");
  });

  it("says what is there where it is no exchange", async () => {
    const server = await start("head", jheData([5]), {
      before: (_request, response) => {
        response.writeHead(200, { "content-type": "text/html" }).end("<html>Welcome</html>");
        return true;
      },
    });
    const { ok, findings } = await check(server);
    expect(ok).toBe(false);
    expect(findings.at(-1)).toMatchObject({ level: "problem", next: expect.stringContaining("address") as string });
  });
});

describe("The settings of an exchange", () => {
  it.each([
    ["https://jhe.example/", "https://jhe.example"],
    ["https://jhe.example/api/v1/", "https://jhe.example"],
    ["https://jhe.example/FHIR/R5", "https://jhe.example"],
    ["https://jhe.example/fhir/r5/", "https://jhe.example"],
    ["https://jhe.example/below/api/v1", "https://jhe.example/below"],
    ["https://jhe.example/clients/jhe-admin/", "https://jhe.example"],
  ])("take the address %s for %s", (given, url) => {
    expect(jheConfig.parse({ url: given }).url).toBe(url);
  });

  it.each([
    [{ url: "https://user:word@jhe.example" }],
    [{ url: "https://jhe.example?reset=true" }],
    [{ url: "ftp://jhe.example" }],
    [{ url: "https://jhe.example", studies: ["30001/consents?reset=true"] }],
    [
      {
        url: "https://jhe.example",
        auth: { kind: "client-credentials", clientId: "a", tokenUrl: "http://jhe.example/o/token/" },
      },
    ],
    [{ url: "https://jhe.example", ca: "relative.pem" }],
  ])("are refused where they cannot be meant: %o", (config) => {
    expect(jheConfig.safeParse(config).success).toBe(false);
  });
});
