import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { syncAll } from "../../jobs/workshop.ts";
import { instancesIn } from "../../support/dicom-files.ts";
import { startOrthanc, type OrthancServer } from "../../support/orthanc.ts";
import { runChecked } from "../../support/run-command.ts";
import { canMountSmallDisk, fillDisk, mountSmallDisk, unmount } from "../../support/small-disk.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { engineOf } from "../../support/window-engine.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { startExport } from "../../support/window-steps.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";

const NAME = "complete_export.zip";
const root = temporaryDirectory("unhappy-server");
const hospital = join(root, "hospital");
const canMount = canMountSmallDisk();

beforeAll(async () => {
  await makeDemoHospital(hospital, { size: "small" });
});

describe("an export from a server", () => {
  const photograph = photographer("unhappy-server");
  let orthanc: OrthancServer;
  let proxy: Server;
  let window: TestWindow;
  let engine: Client<Calls>;
  let downloads = 0;
  /** Happens before the nth instance is handed out. */
  let onDownload: ((count: number) => Promise<void> | void) | undefined;

  beforeAll(async () => {
    orthanc = await startOrthanc({ storage: join(root, "orthanc"), credentials: null });
    for (const file of instancesIn(hospital)) await orthanc.upload(readFileSync(file));
    const { port } = orthanc;
    // In between only to know the moment: what it does at that moment is done to the real server, and to the real disk.
    proxy = createServer((incoming, outgoing) => {
      void (async () => {
        if (/^\/instances\/[^/]+\/file/.test(incoming.url ?? "")) await onDownload?.((downloads += 1));
        const { url, method, headers } = incoming;
        const upstream = request({ host: "127.0.0.1", port, path: url, method, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.on("error", () => outgoing.destroy());
          answer.pipe(outgoing);
        });
        upstream.on("error", () => outgoing.destroy());
        upstream.end();
      })();
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = proxy.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    window = await openWindow({ passphrase: "a passphrase for tests" });
    engine = engineOf(window);
    await engine["sources.add"]({ kind: "orthanc", name: "pacs", config: { url } });
    await syncAll(engine, "pacs");
    await engine["keys.new"]({ name: "lung" });
  });
  afterAll(async () => {
    await window.close();
    proxy.closeAllConnections();
    proxy.close();
    await orthanc.stop();
  });

  it("pauses when the server dies, says what to do, pauses again while it is away, and ends complete once it is back", async () => {
    const { page } = window;
    const out = join(root, "server-down");
    await startExport(window, /^Research data set/, out, {
      begin: () => {
        downloads = 0;
        onDownload = async (count) => {
          if (count === 40) await orthanc.kill();
        };
      },
    });
    const alert = page.getByRole("alert");
    await alert.getByText("The source does not answer").waitFor();
    await page.getByText("paused", { exact: true }).waitFor();
    await alert.getByText("Code SOURCE_UNREACHABLE").waitFor();
    await page.getByText("1 export is paused").waitFor();
    await photograph(page, "server-down");
    // Nothing of it bears a final name.
    expect(readdirSync(out).toSorted()).toEqual([`${NAME}.partial`, `${NAME}.partial.journal`]);
    expect(await page.getByText(/files verified/).count()).toBe(0);
    await alert.getByRole("button", { name: "Edit source" }).waitFor();

    const { jobId } = await latestJob();
    const paused = async (): Promise<number> =>
      (await engine["jobs.log"]({ id: jobId })).filter(({ error }) => error?.code === "SOURCE_UNREACHABLE").length;
    expect(await paused()).toBe(1);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(paused, { timeout: 50_000 }).toBe(2);
    await alert.getByText("The source does not answer").waitFor();

    onDownload = undefined;
    orthanc = await startOrthanc({ storage: orthanc.storage, port: orthanc.port, credentials: null });
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("finished and verified").waitFor();
    expect(await alert.count()).toBe(0);
    await page.getByText(/^(\d+) of \1 files verified/).waitFor();
    await photograph(page, "server-back");
    expect(readdirSync(out)).toEqual([NAME]);
    await runChecked("unzip", ["-tq", join(out, NAME)]);
  });

  async function latestJob(): Promise<{ jobId: string }> {
    const jobs = await engine["jobs.list"]({});
    return { jobId: String(Math.max(...jobs.map(({ id }) => Number(id)))) };
  }

  it.skipIf(!canMount)(
    `pauses when the disk is full, keeps what was written, and goes on when there is room${canMount ? "" : " (skipped: only root may mount a small disk)"}`,
    async () => {
      const { page } = window;
      const disk = join(root, "disk");
      mkdirSync(disk);
      mountSmallDisk(disk);
      onTestFinished(() => unmount(disk));
      const out = join(disk, "out");
      const ballast = join(disk, "ballast");
      await startExport(window, /^Research data set/, out, {
        begin: () => {
          downloads = 0;
          onDownload = (count) => {
            if (count === 40) fillDisk(ballast);
          };
        },
      });
      const alert = page.getByRole("alert");
      await alert.getByText("The disk is full").waitFor();
      await page.getByText("paused", { exact: true }).waitFor();
      await photograph(page, "disk-full");
      expect(await alert.getByText(/about \d/).count()).toBe(1);
      expect(readdirSync(out).filter((name) => !/\.partial(?:\.journal)?$/.test(name))).toEqual([]);
      rmSync(ballast);
      await alert.getByRole("button", { name: "Resume" }).click();
      await page.getByText("finished and verified").waitFor();
      expect(readdirSync(out)).toEqual([NAME]);
      await runChecked("unzip", ["-tq", join(out, NAME)]);
    },
  );

  it("has had no error in the page on all that way", () => {
    expect(window.complaints).toEqual([]);
  });
});
