import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import { toErrorRecord, type ErrorRecord } from "../../../src/contract/errors.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { App } from "../../../src/main/app.ts";
import { createWorkshop, syncAll } from "../../jobs/workshop.ts";
import { runCommand } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const SECRET = "Geheimnis-4711";

/** Whatever a page names that is no package, no key and no folder of records: it is refused, soon, and the window goes on. */
describe.skipIf(process.platform === "win32")("a path that is not what it is said to be", () => {
  const root = temporaryDirectory("paths");
  const pipe = join(root, "pipe");
  const loop = join(root, "loop");
  const secret = join(root, SECRET);
  const places = [
    pipe,
    loop,
    secret,
    "/dev/zero",
    "/dev/null",
    "/proc/self/mem",
    "/proc/kmsg",
    join(secret, "x"),
    `${root}\0.zip`,
    "x".repeat(70_000),
    "",
    "relative/way",
    "\\\\?\\C:\\",
    "file:///etc/passwd",
    "~",
  ];
  let app: App;
  let client: Client<Calls>;

  beforeAll(async () => {
    await runCommand("mkfifo", [pipe]);
    symlinkSync(loop, loop);
    writeFileSync(secret, `${SECRET}\n`);
    const workshop = await createWorkshop(root);
    ({ app, client } = await workshop.open({ shell: "loopback" }));
  });
  afterAll(() => app.close());

  async function refusal(work: Promise<unknown> | AsyncIterable<unknown>): Promise<ErrorRecord | { code: "DONE" }> {
    try {
      if (Symbol.asyncIterator in work) {
        for await (const event of work) {
          const { type, ok } = event as { type?: string; ok?: boolean };
          if (type === "result" && ok === false) return { code: "DONE" };
        }
      } else await work;
    } catch (thrown) {
      return toErrorRecord(thrown);
    }
    return { code: "DONE" };
  }

  const asked: Record<string, (path: string) => Promise<unknown> | AsyncIterable<unknown>> = {
    "packages.verify": (path) => client["packages.verify"]({ path }),
    "packages.receipt": (path) => client["packages.receipt"]({ path }),
    "packages.copy, what": (path) => client["packages.copy"]({ path, destination: root }),
    "keys.import": (file) => client["keys.import"]({ name: "taken", file, passphrase: "x" }),
    "keys.openCrosswalk": (file) => client["keys.openCrosswalk"]({ file, passphrase: "x" }),
    "keys.export": (file) => client["keys.export"]({ name: "none", file, passphrase: "long enough to be one" }),
    "shell.reveal": (path) => client["shell.reveal"]({ path }),
    "shell.dragOut": (path) => client["shell.dragOut"]({ path }),
    "sources.test, a folder": (path) => client["sources.test"]({ kind: "folder", config: { path } }),
    "sources.test, an authority": (caFile) =>
      client["sources.test"]({ kind: "orthanc", config: { url: "https://127.0.0.1:9", caFile } }),
  };

  test.each(Object.keys(asked))("is refused by %s, with a sentence that tells nothing of it", async (name) => {
    for (const path of places) {
      const answer = await refusal(asked[name]!(path));
      const about = `${name} of ${path.slice(0, 40)}: ${JSON.stringify(answer).slice(0, 200)}`;
      expect(answer.code, about).not.toBe("INTERNAL");
      expect(JSON.stringify(answer), about).not.toContain(SECRET);
      expect(JSON.stringify(answer).length, about).toBeLessThan(1_000);
    }
    expect(await client["workspace.state"]({})).toMatchObject({ state: "open" });
  });

  test.each(["keys.export", "audit.export"] as const)("%s replaces nothing that is there", async (name) => {
    const write = (file: string): Promise<unknown> =>
      name === "audit.export"
        ? client["audit.export"]({ file })
        : client["keys.export"]({ name: "lung", file, passphrase: "correct horse battery" });
    for (const path of [
      pipe,
      loop,
      secret,
      "/dev/null",
      "/proc/self/mem",
      "/",
      `${root}\0`,
      "",
      root,
      join(root, "none", "x"),
    ]) {
      const answer = await refusal(write(path));
      expect(answer.code, path).not.toBe("DONE");
      expect(answer.code, `${path}: ${JSON.stringify(answer)}`).not.toBe("INTERNAL");
    }
    expect(readdirSync(root).filter((one) => one.includes("partial"))).toEqual([]);
  });

  test("a folder of pipes, links in a circle and devices is synced without waiting for them", async () => {
    const folder = join(root, "odd");
    mkdirSync(folder);
    await runCommand("mkfifo", [join(folder, "one.dcm")]);
    symlinkSync("/dev/zero", join(folder, "two.dcm"));
    symlinkSync(folder, join(folder, "three"));
    symlinkSync("/proc/self/fd", join(folder, "four"));
    await client["sources.add"]({ kind: "folder", name: "odd", config: { path: folder } });
    await syncAll(client, "odd");
    const [source] = await client["sources.list"]({});
    expect(source).toMatchObject({ instances: 0 });
  });

  test("what is to be de-identified by its path is opened only where it is a file", async () => {
    const destination = join(root, "out");
    for (const path of places) {
      const work = client["files.deidentify"]({ paths: [path], destination, key: "lung", options: [] });
      const answer = await refusal(work);
      expect(answer.code, path.slice(0, 40)).not.toBe("INTERNAL");
      expect(JSON.stringify(answer)).not.toContain(SECRET);
    }
  });
});
