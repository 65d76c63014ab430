import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fhirAuth } from "../../../src/main/sources/fhir-auth/auth-config.ts";
import { createTokenSource } from "../../../src/main/sources/fhir-auth/create-token-source.ts";
import { realPatience } from "../../../src/main/sources/http/retry.ts";
import { runCommand } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const WORDS = { server: "FHIR server", source: "fhir source", api: "the FHIR API" };
const never = new AbortController().signal;
let waits = 0;
const impatient = {
  ...realPatience,
  sleep: () => {
    waits++;
    return Promise.resolve();
  },
};

describe("A token endpoint with the certificate of a hospital's own authority", () => {
  const folder = temporaryDirectory("private-authority");
  const file = (name: string): string => join(folder, name);
  let server: Server;
  let origin: string;
  let asked = 0;

  beforeAll(async () => {
    writeFileSync(file("names"), "subjectAltName=IP:127.0.0.1\n");
    const key = ["-newkey", "rsa:2048", "-nodes", "-keyout"];
    const authority = [
      "req",
      "-x509",
      ...key,
      file("ca.key"),
      "-out",
      file("ca.pem"),
      "-subj",
      "/CN=Hospital",
      "-days",
      "2",
    ];
    const request = ["req", ...key, file("server.key"), "-out", file("server.csr"), "-subj", "/CN=tokens"];
    const signing = ["x509", "-req", "-in", file("server.csr"), "-CA", file("ca.pem"), "-CAkey", file("ca.key")];
    const signed = [...signing, "-CAcreateserial", "-days", "2", "-extfile", file("names"), "-out", file("server.pem")];
    for (const args of [authority, request, signed]) expect((await runCommand("openssl", args)).exitCode).toBe(0);
    server = createServer(
      { key: readFileSync(file("server.key")), cert: readFileSync(file("server.pem")) },
      (_request, response) => {
        asked++;
        response.end(JSON.stringify({ access_token: "granted", token_type: "Bearer", expires_in: 300 }));
      },
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    origin = `https://127.0.0.1:${typeof address === "object" ? String(address?.port) : ""}`;
  });
  afterAll(() => void server.close());

  function tokens(ca?: string) {
    const auth = fhirAuth.parse({ kind: "client-credentials", clientId: "satchel", tokenUrl: `${origin}/token` });
    return createTokenSource({ url: origin, auth, words: WORDS, ca }, "secret", undefined, impatient);
  }

  it("is trusted with that authority's certificate", async () => {
    expect(await tokens(file("ca.pem")).authorization(never)).toEqual({ authorization: "Bearer granted" });
  });

  it("gets no secret without it, and the next step is to give it", async () => {
    asked = 0;
    const failure: unknown = await tokens()
      .authorization(never)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "SOURCE_UNREACHABLE", next: expect.stringContaining("PEM") as string });
    expect(asked).toBe(0);
    // Trust is not a matter of trying again.
    expect(waits).toBe(0);
  });
});
