import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { instancesIn } from "../../support/dicom-files.ts";
import { startOrthanc, type OrthancServer } from "../../support/orthanc.ts";
import { runChecked } from "../../support/run-command.ts";
import { makeTemporaryDirectory, temporaryDirectory } from "../../support/temporary-directory.ts";
import { engineOf, goTo, syncAll } from "../../support/window-engine.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";

const NAME = "complete_export.zip";
const root = temporaryDirectory("unhappy-job");
const hospital = join(root, "hospital");

/** Only root may mount one. */
function mountSmallDisk(folder: string): boolean {
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=64m", "satchel-test", folder]).status === 0;
}

function unmount(folder: string): void {
  spawnSync("umount", ["--lazy", folder]);
}

const probe = makeTemporaryDirectory("disk-probe");
const canMount = process.getuid?.() === 0 && mountSmallDisk(probe);
if (canMount) unmount(probe);
rmSync(probe, { recursive: true, force: true });

/**
 * Everything that the catalog holds, by a ready recipe, to a folder: as a person would click it. `begin` is called when the review has
 * read every instance and only the job is left to do so.
 */
async function startExport(
  window: TestWindow,
  recipe: RegExp,
  destination: string,
  { adjust, begin }: { adjust?: () => Promise<void>; begin?: () => void } = {},
): Promise<void> {
  const { page } = window;
  await goTo(window, "#/exports/new");
  await page.getByRole("radio", { name: recipe }).click();
  const everything = page.getByRole("button", { name: "Take everything" });
  await page.getByRole("button", { name: /^(?:Pick|Change) in Browse$/ }).waitFor();
  if (await everything.isVisible()) await everything.click();
  const key = page.getByRole("combobox", { name: "Project key" });
  if ((await key.isVisible()) && (await key.inputValue()) === "") {
    await key.click();
    await page.getByRole("option", { name: "lung" }).click();
  }
  await page.getByRole("textbox", { name: "Folder for the packages" }).fill(destination);
  await adjust?.();
  const start = page.getByRole("button", { name: "Start export" });
  await page.getByText(/^Makes \d+ packages?/).waitFor();
  await page.getByRole("button", { name: "Check again" }).waitFor();
  begin?.();
  await start.click();
  await page.getByRole("heading", { name: /^Export \d+$/, level: 1 }).waitFor();
}

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
            if (count === 40) fill(ballast);
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

/** Takes all the room that is left on a disk. Others write to it as well: that it is full is what is wanted. */
function fill(ballast: string): void {
  writeFileSync(ballast, "");
  const { bavail, bsize } = statfsSync(ballast);
  try {
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}

describe("an export from a folder", () => {
  const photograph = photographer("unhappy-folder");
  const out = join(root, "patients");
  let window: TestWindow;
  let engine: Client<Calls>;
  let broken: string;
  let whole: Buffer;

  beforeAll(async () => {
    window = await openWindow({ passphrase: "a passphrase for tests" });
    engine = engineOf(window);
    await engine["sources.add"]({ kind: "folder", name: "archive", config: { path: hospital } });
    await syncAll(engine, "archive");
    await engine["keys.new"]({ name: "lung" });
    broken = instancesIn(hospital)[0] ?? "";
    whole = readFileSync(broken);
  });
  afterAll(() => window.close());

  it("is told of a file that is broken already when the source is read", async () => {
    const { page } = window;
    await goTo(window, "#/sources");
    const card = page.getByRole("article", { name: "archive" });
    await card.getByText("1 file could not be taken in").waitFor();
    await card.getByRole("button", { name: "Show what and why" }).click();
    await card.getByRole("listitem").filter({ hasText: "A DICOM file is broken" }).waitFor();
    await photograph(page, "broken-at-sync");
  });

  it("ends incomplete where a file broke since, says in which package, how much and why, and calls nothing complete", async () => {
    const { page } = window;
    truncateSync(broken, 700);
    await startExport(window, /^Patient copy/, out);
    await page.getByText("finished, incomplete").waitFor();
    const packages = page.getByRole("region", { name: "Packages" }).getByRole("listitem");
    const incomplete = packages.filter({ hasText: /Incomplete: 1 of \d+ instances failed/ });
    expect(await incomplete.count()).toBe(1);
    await incomplete.getByText("Not in this package. Why?").click();
    await incomplete.getByText(/^1: .* has changed since the last sync: sync the source, then retry\.$/).waitFor();
    await photograph(page, "incomplete");
    await page.getByRole("link", { name: "Show in Packages" }).click();
    await page.getByText(/^Incomplete: 1 of \d+ instances failed$/).waitFor();
    const [made] = (await engine["packages.list"]({})).rows.filter(({ result }) => result === "incomplete");
    await page
      .getByRole("group", { name: made?.name ?? "", exact: true })
      .getByRole("button", { name: "Receipt" })
      .click();
    await page
      .getByText("Incomplete: something that should be here is missing")
      .filter({ visible: true })
      .first()
      .waitFor();
    const missing = page.getByRole("table", { name: "Missing, and why" });
    expect(await missing.getByRole("row").filter({ hasText: ".dcm" }).count()).toBe(1);
    await photograph(page, "incomplete-receipt");
  });

  it("makes by “Retry what failed”, after the repair, the missing package and no other", async () => {
    const { page } = window;
    const before = readdirSync(out);
    writeFileSync(broken, whole);
    await goTo(window, "#/sources");
    const card = page.getByRole("article", { name: "archive" });
    await card.getByRole("button", { name: "Sync archive" }).click();
    await card.getByText(/Last time: 0 added, 1 changed, 0 gone/).waitFor();
    await goTo(window, "#/exports");
    await page.getByRole("button", { name: "Retry what failed" }).click();
    await page.getByText("finished and verified").waitFor();
    await photograph(page, "retried");
    expect(await page.getByText(/Incomplete/).count()).toBe(0);
    const added = readdirSync(out, { recursive: true, encoding: "utf8" }).filter(
      (name) => !before.includes(name) && name.endsWith(".zip"),
    );
    expect(added).toHaveLength(1);
  });

  it("counts in the review what will be held back, and says the same in the verdict and the receipt", async () => {
    const { page } = window;
    const to = join(root, "held");
    await goTo(window, "#/exports/new");
    await page.getByRole("radio", { name: /^Research data set/ }).click();
    // What is shown follows what is chosen a moment later. Few instances are checked without being asked.
    await page.getByText("Leak sweep: no identifying value of the source was found").first().waitFor();
    await page.getByRole("button", { name: "Check again" }).waitFor();
    const said = await page.getByText(/^\d+ objects held back$/).innerText();
    await page.getByRole("cell", { name: "Structured reports hold free text about the patient." }).waitFor();
    await photograph(page, "held-in-review");
    await startExport(window, /^Research data set/, to);
    await page.getByText("finished and verified").waitFor();
    await page.getByText(said, { exact: true }).waitFor();
    await page.getByRole("link", { name: "Show in Packages" }).click();
    await page.getByText(said, { exact: true }).waitFor();
    await page.getByRole("group", { name: NAME }).getByRole("button", { name: "Receipt" }).click();
    const row = page.getByRole("row", { name: /^Instances/ });
    await row.waitFor();
    expect((await row.getByRole("cell").allTextContents())[2]).toBe(said.split(" ")[0]);
    await photograph(page, "held-in-receipt");
  });

  it("lets held-back objects pass only for a written reason, which stands in the receipt and in the audit log", async () => {
    const { page } = window;
    const reason = "Ethics vote 12/2026: reports are read by hand";
    await startExport(window, /^Research data set/, join(root, "passed"), {
      adjust: async () => {
        await page.getByRole("button", { name: "Adjust" }).click();
        await page.getByRole("radio", { name: "Let them pass, for a reason that is written down" }).click();
        await page.getByText("Write why held-back objects may pass, under How.").first().waitFor();
        expect(await page.getByRole("button", { name: "Start export" }).isDisabled()).toBe(true);
        await page.getByRole("textbox", { name: "Reason" }).fill(reason);
        await page.getByText("Names may leave in pictures and reports").waitFor();
        await photograph(page, "let-pass");
      },
    });
    await page.getByText("finished and verified").waitFor();
    expect(await page.getByText(/objects held back/).count()).toBe(0);
    await goTo(window, `#/packages/${encodeURIComponent(join(root, "passed", NAME))}`);
    await page.getByText(reason).waitFor();
    await goTo(window, "#/audit");
    await page.getByRole("searchbox", { name: "Search" }).fill("Ethics");
    await page
      .getByRole("status")
      .filter({ hasText: /^[12] records?$/ })
      .waitFor();
    await page.getByRole("grid", { name: "Audit records" }).getByRole("gridcell", { name: "passed" }).first().click();
    await page.getByRole("complementary").getByText(reason).waitFor();
    await photograph(page, "reason-in-audit");
  });

  it("has had no error in the page on all that way, but for the picture of the broken file, which cannot be shown", () => {
    const told = window.complaints.filter((complaint) => !complaint.includes("status of 502"));
    expect(told).toEqual([]);
  });
});
