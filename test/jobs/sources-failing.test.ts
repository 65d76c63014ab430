import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { Recipe } from "../../src/contract/recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { findFreePort, startOrthanc, type OrthancServer } from "../support/orthanc.ts";
import { runChecked } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import {
  contentsOf,
  createWorkshop,
  EXPORTED_AT,
  isSamePackage,
  resultOf,
  seededRandom,
  syncAll,
  type Workshop,
} from "./workshop.ts";

const root = temporaryDirectory("sources-failing");
const demo = join(root, "demo");
const NAME = "complete_export.zip";

const recipeTo = (destination: string): Recipe => ({
  kind: "imaging",
  version: 1,
  selection: { scope: "all" },
  policy: { kind: "pseudonymised", key: "lung", options: [] },
  images: true,
  previews: false,
  format: "zip",
  compress: 0,
  grouping: "one",
  destination,
});

beforeAll(async () => {
  await makeDemoHospital(demo, { size: "small" });
});

async function entriesOf(zip: string): Promise<Record<string, Buffer>> {
  const folder = `${zip}.unpacked`;
  await runChecked("unzip", ["-q", zip, "-d", folder]);
  return contentsOf(folder);
}

describe("an Orthanc server", () => {
  let orthanc: OrthancServer;
  let proxy: Server;
  let workshop: Workshop;
  let app: App;
  let client: Client<Calls>;
  /** Called before the nth download of an instance since it was set. */
  let onDownload: ((count: number, id: string) => Promise<void>) | undefined;
  let spoilt: string | undefined;
  let downloads = 0;

  beforeAll(async () => {
    const storage = join(root, "orthanc");
    const port = await findFreePort();
    orthanc = await startOrthanc({ storage, port, credentials: null });
    for (const [name, bytes] of Object.entries(contentsOf(demo))) {
      if (/(?:^|\/)IM\d+$|\.dcm$/.test(name)) await orthanc.upload(bytes);
    }
    proxy = createServer((incoming, outgoing) => {
      void (async () => {
        const id = /^\/instances\/([^/]+)\/file/.exec(incoming.url ?? "")?.[1];
        if (id !== undefined) await onDownload?.(++downloads, id);
        const upstream = request(
          { host: "127.0.0.1", port, path: incoming.url, method: incoming.method, headers: incoming.headers },
          (answer) => {
            outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
            answer.on("error", () => outgoing.destroy());
            const spoil = id !== undefined && id === spoilt;
            answer.on("data", (chunk: Buffer) => outgoing.write(spoil ? chunk.map((byte) => byte ^ 1) : chunk));
            answer.on("end", () => outgoing.end());
          },
        );
        upstream.on("error", () => outgoing.destroy());
        upstream.end();
      })();
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = proxy.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    workshop = await createWorkshop(root);
    ({ app, client } = await workshop.open());
    await client["sources.add"]({ name: "pacs", kind: "orthanc", config: { url } });
    await syncAll(client, "pacs");
  });
  afterAll(async () => {
    await app.close();
    proxy.closeAllConnections();
    proxy.close();
    await orthanc.stop();
  });

  async function run(to: string): Promise<{ id: string; result: Awaited<ReturnType<typeof resultOf>> }> {
    const { jobId } = await client["exports.start"]({ recipe: recipeTo(to), exportedAt: EXPORTED_AT });
    return { id: jobId, result: await resultOf(client, jobId) };
  }

  test(
    "killed at ten moments and started again: the job pauses each time and ends as the same package",
    { timeout: 150_000 },
    async () => {
      const reference = join(root, "reference");
      expect((await run(reference)).result.state).toBe("complete");
      const random = seededRandom(7);
      let kills = 0;
      let paused: string | undefined;
      for (let round = 0; kills < 10; round++) {
        const to = join(root, "out");
        const moment = 1 + Math.floor(random() * 40);
        downloads = 0;
        const dead = { now: false };
        onDownload = async (count) => {
          if (count === moment && !dead.now) {
            dead.now = true;
            kills++;
            // SIGKILL; its storage is ours and stays.
            await orthanc.stop();
          }
        };
        if (paused !== undefined) await client["jobs.resume"]({ id: paused });
        const { id, result } =
          paused === undefined ? await run(to) : { id: paused, result: await resultOf(client, paused) };
        if (dead.now) {
          expect(result, `moment ${moment}`).toMatchObject({ state: "paused", error: { code: "SOURCE_UNREACHABLE" } });
          expect(readdirSync(to).toSorted()).toEqual([`${NAME}.partial`, `${NAME}.partial.journal`]);
          orthanc = await startOrthanc({ storage: orthanc.storage, port: orthanc.port, credentials: null });
          paused = id;
        } else {
          expect(result.state).toBe("complete");
          expect(isSamePackage(join(to, NAME), join(reference, NAME))).toBe(true);
          rmSync(to, { recursive: true });
          paused = undefined;
        }
      }
      onDownload = undefined;
      if (paused !== undefined) {
        await client["jobs.resume"]({ id: paused });
        expect((await resultOf(client, paused)).state).toBe("complete");
        expect(isSamePackage(join(root, "out", NAME), join(reference, NAME))).toBe(true);
      }
    },
  );

  test("bytes altered on the way, and an instance deleted since the sync, are listed; the package says it is incomplete", async () => {
    const [first, second] = await workshop.look(({ catalog }) =>
      catalog.all<{ ref: string }>("SELECT ref FROM instance_location ORDER BY ref LIMIT 2"),
    );
    spoilt = first?.ref;
    expect((await orthanc.request("DELETE", `/instances/${second?.ref}`)).status).toBe(200);
    const to = join(root, "incomplete");
    const { result } = await run(to);
    spoilt = undefined;
    expect(result.state).toBe("incomplete");
    const files = await entriesOf(join(to, NAME));
    const receipt = JSON.parse(String(files["receipt.json"])) as {
      result: string;
      counts: { instances: Record<string, number> };
      missing: { path: string; code: string }[];
    };
    expect(receipt.result).toBe("incomplete");
    expect(receipt.counts.instances).toMatchObject({ failed: 2 });
    const failed = receipt.missing.filter(({ code }) => code !== "HELD_BACK");
    expect(failed.map(({ code }) => code).toSorted()).toEqual(["CHECKSUM", "READ_FAILED"]);
    for (const { path, code } of failed) {
      expect(String(files["MISSING.txt"])).toContain(`${path}\t${code}\t`);
      expect(files[path]).toBeUndefined();
    }
    // The ids of the server are no more in it than those of the patients.
    expect(String(files["MISSING.txt"]) + String(files["receipt.json"])).not.toContain(second?.ref);
    const verified = await workshop.satchel("verify", join(to, NAME));
    expect(verified.exitCode).toBe(3);
    expect(await workshop.audit()).toMatchObject({ ok: true });
  });

  test("the command line ends an incomplete export with exit code 3", async () => {
    const other = join(root, "second-workspace");
    mkdirSync(other);
    const second = await createWorkshop(other, { folder: demo });
    const [row] = await second.look(({ catalog }) =>
      catalog.all<{ ref: string }>("SELECT ref FROM instance_location ORDER BY ref"),
    );
    const victim = join(demo, row?.ref ?? "");
    const bytes = readFileSync(victim);
    rmSync(victim);
    const to = join(root, "exit-code");
    const { exitCode, stdout } = await second.satchel(
      "export",
      "imaging",
      "--all",
      "--images",
      "--no-previews",
      "--policy",
      "identified",
      "--to",
      to,
    );
    expect(bytes.length).toBeGreaterThan(0);
    expect(exitCode).toBe(3);
    expect(stdout).toContain('"failed":1');
  });
});

test("a folder source that was unplugged pauses the job; plugged in again, the job goes on to the end", async () => {
  const place = join(root, "unplugged");
  mkdirSync(place);
  const source = join(place, "source");
  await makeDemoHospital(source, { size: "small" });
  const workshop = await createWorkshop(place, { folder: source });
  renameSync(source, `${source}.away`);
  const { app, client } = await workshop.open();
  try {
    const { jobId } = await client["exports.start"]({ recipe: recipeTo(join(place, "out")) });
    expect(await resultOf(client, jobId)).toMatchObject({ state: "paused", error: { code: "SOURCE_UNREACHABLE" } });
    renameSync(`${source}.away`, source);
    await client["jobs.resume"]({ id: jobId });
    expect(await resultOf(client, jobId)).toMatchObject({ state: "complete" });
  } finally {
    await app.close();
  }
});
