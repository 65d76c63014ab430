import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withSourceKey } from "../../src/main/shells/cli/commands/auth-arguments.ts";
import { createWorkshop, type Workshop } from "../jobs/workshop.ts";
import { jheData } from "../support/jhe-data.ts";
import { PERSON, PRACTITIONER, startJheServer, type JheServer } from "../support/jhe-server.ts";
import { signInAs } from "../support/sign-in-agent.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

describe("an exchange on the command line", () => {
  const root = temporaryDirectory("cli-exchange");
  let workshop: Workshop;
  let server: JheServer;
  beforeAll(async () => {
    server = await startJheServer("head", jheData([5, 7, 3]));
    workshop = await createWorkshop(root);
    process.env["TEST_PRACTITIONER_KEY"] = Buffer.from(`${PRACTITIONER.clientId}:${PRACTITIONER.secret}`).toString(
      "base64",
    );
  });
  afterAll(async () => {
    delete process.env["TEST_PRACTITIONER_KEY"];
    await server.close();
  });

  it("is added with a practitioner's key, checked and synced, and the key is shown nowhere", async () => {
    const added = await workshop.satchel(
      "source",
      "add",
      "jhe",
      `${server.url}/api/v1/`,
      "--name=jhe",
      "--practitioner-key-env=TEST_PRACTITIONER_KEY",
      "--calls-per-minute=60000",
    );
    expect(added.exitCode).toBe(0);
    expect(JSON.parse(added.stdout)).toMatchObject({
      config: { url: server.url, auth: { clientId: PRACTITIONER.clientId } },
    });
    const synced = await workshop.satchel("sync", "jhe");
    expect(synced.exitCode).toBe(0);
    const listed = await workshop.satchel("source", "list");
    for (const { stdout, stderr } of [added, synced, listed])
      expect(stdout + stderr).not.toContain(PRACTITIONER.secret);
  });

  it("is signed in to by a browser", async () => {
    await workshop.satchel("source", "add", "jhe", server.url, "--name", "person", "--client-id", PERSON);
    const child = workshop.start("source", "sign-in", "person");
    const lines: string[] = [];
    child.stdout?.setEncoding("utf8");
    for await (const chunk of child.stdout as AsyncIterable<string>)
      for (const line of chunk.split("\n").filter((one) => one !== "")) {
        lines.push(line);
        const event = JSON.parse(line) as { type: string; address?: string };
        if (event.type === "address") void signInAs("anybody", event.address ?? "");
      }
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual({ type: "result", source: "person" });
    const checked = await workshop.satchel("source", "check", "person");
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true });
  });

  it("takes a private key after its address for the source's own, and shows the public half", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    const file = join(root, "private.pem");
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
    writeFileSync(file, pem, { mode: 0o600 });
    const added = await workshop.satchel(
      "source",
      "add",
      "jhe",
      server.url,
      "--name=signed",
      "--client-id=backend",
      "--key-file",
      file,
    );
    expect(added.exitCode).toBe(0);
    const shown = await workshop.satchel("source", "jwks", "signed");
    expect(JSON.parse(shown.stdout)).toMatchObject({ keys: [{ kty: "EC", crv: "P-384", alg: "ES384", use: "sig" }] });
    expect(added.stdout + added.stderr + shown.stdout).not.toContain(pem.split("\n")[1]);
    expect(Object.keys((JSON.parse(shown.stdout) as { keys: object[] }).keys[0] ?? {})).not.toContain("d");
  });

  it.each([
    [["--auth", "smart-backend"], "--client-id"],
    [["--auth", "basic"], "--user"],
    [["--auth", "magic"], "client-credentials"],
    [["--practitioner-key-env", "NOT_THERE_AT_ALL"], "NOT_THERE_AT_ALL"],
    [["--secret-env", "NOT_THERE_AT_ALL"], "NOT_THERE_AT_ALL"],
    [["--client-id", "one", "--token-url", "http://tokens.example/token"], "https"],
  ])("is not added with %s, and what is wrong is named", async (options, named) => {
    const result = await workshop.satchel("source", "add", "jhe", server.url, "--name", "other", ...options);
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toContain(named);
  });
});

describe("--key-file", () => {
  it("is the key of the workspace wherever it stands, but after the address of a FHIR server or an exchange", () => {
    const before = ["--key-file", "w", "source", "add", "fhir", "http://a"];
    expect(withSourceKey([...before, "--key-file", "s"])).toEqual([...before, "--source-key", "s"]);
    expect(withSourceKey([...before, "--key-file=s"])).toEqual([...before, "--source-key=s"]);
    for (const words of [
      ["sync", "a", "--key-file", "w"],
      ["source", "add", "orthanc", "http://a", "--key-file", "w"],
    ])
      expect(withSourceKey(words)).toEqual(words);
  });
});
