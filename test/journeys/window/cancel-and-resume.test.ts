import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { startGate, type GatedOrthanc } from "../../calls/gated-orthanc.ts";
import { startOrthanc, type OrthancServer } from "../../support/orthanc.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { openPage, type TestPage } from "../../support/window.ts";
import { startWindowProcess, type WindowProcess } from "../../support/window-process.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { makeWorkspace, planResearch, show, status, unlock } from "../../support/window-steps.ts";
import { uploadFolder } from "../../support/upload-folder.ts";

const PASSPHRASE = "teapot gravel orbit lantern";
const root = temporaryDirectory("cancel-and-resume");
const workspace = join(root, "workspace");
const shoot = photographer("cancel-and-resume");
let orthanc: OrthancServer;
/** Between Satchel and Orthanc: shut, it keeps a job in its middle for as long as a test needs. */
let gate: GatedOrthanc;
let satchel: WindowProcess;
let opened: TestPage;
let stored = 0;

/** Lets a few images through, then shuts: the job that is started next stops in its middle. */
async function startAndHold(folder: string): Promise<void> {
  const { page } = opened;
  await page.getByText(/^Makes 1 package, pseudonymised, about/).waitFor();
  // The review reads every instance too; what it asks for is not the job's.
  await page.getByRole("button", { name: "Check again" }).waitFor();
  gate.letThrough(30);
  const before = gate.asked.length;
  await page.getByRole("button", { name: "Start export" }).click();
  await page.getByRole("heading", { name: /^Export \d+$/ }).waitFor();
  await expect.poll(() => gate.asked.length - before, { timeout: 30_000 }).toBeGreaterThan(30);
  await expect
    .poll(() => existsSync(folder) && readdirSync(folder).some((name) => name.endsWith(".partial")))
    .toBe(true);
}

/** Chromium ends without a word to anybody. */
async function crash({ browser }: TestPage): Promise<void> {
  const gone = new Promise((resolve) => browser.once("disconnected", resolve));
  const session = await browser.newBrowserCDPSession();
  // Nobody is left to answer.
  session.send("Browser.crash").catch(() => undefined);
  await gone;
}

async function reopen(): Promise<void> {
  opened = await openPage(await satchel.newAddress(), { locale: "en-GB" });
}

beforeAll(async () => {
  orthanc = await startOrthanc();
  const { folder } = await makeDemoHospital(join(root, "hospital"), { size: "small" });
  stored = await uploadFolder(orthanc, folder);
  gate = await startGate(orthanc);
  satchel = await startWindowProcess(workspace);
  await reopen();
  const { page } = opened;
  await makeWorkspace(page, PASSPHRASE);
  await page.getByRole("button", { name: "Connect a PACS" }).click();
  await page.getByRole("textbox", { name: "Address" }).fill(gate.url);
  await page.getByRole("radiogroup", { name: "Sign-in" }).getByText("User and password").click();
  await page.getByRole("textbox", { name: "User", exact: true }).fill(orthanc.user);
  await page.getByRole("textbox", { name: "Password" }).fill(orthanc.password);
  await page.getByRole("button", { name: "Test and add" }).click();
  await page.getByRole("article").getByText("In order").waitFor();
});
afterAll(async () => {
  gate.open();
  await opened.browser.close();
  await satchel.kill();
  await gate.close();
  await orthanc.stop();
});

describe("a job that does not run through", () => {
  it("is cancelled after a question, and nothing half-made remains", async () => {
    const { page } = opened;
    const folder = join(root, "cancelled");
    await planResearch(page, "lung-study", folder);
    await startAndHold(folder);
    await page.getByRole("main").getByRole("button", { name: "Cancel export" }).click();
    const question = page.getByRole("dialog", { name: "Cancel this export?" });
    await question.getByText("No package is finished yet. What is half written is removed.").waitFor();
    await shoot(page, "question");
    await question.getByRole("button", { name: "Do not cancel" }).click();
    await page.getByRole("main").getByText("running", { exact: true }).waitFor();
    await page.getByRole("main").getByRole("button", { name: "Cancel export" }).click();
    await question.getByRole("button", { name: "Cancel export" }).click();
    await page.getByRole("main").getByText("cancelled", { exact: true }).waitFor();
    await shoot(page, "cancelled");
    await expect.poll(() => (existsSync(folder) ? readdirSync(folder) : [])).toEqual([]);
    gate.open();
    await show(page, "Packages");
    await page.getByText("No package has been made yet.").waitFor();
  });

  it("pauses, is reloaded with the page, resumes where it was, and ends whole", async () => {
    const { page } = opened;
    const folder = join(root, "paused");
    await show(page, "Exports");
    await page.getByRole("button", { name: "Export again" }).click();
    await page.getByLabel("Folder for the packages").fill(folder);
    await startAndHold(folder);
    await page.getByRole("main").getByRole("button", { name: "Pause" }).click();
    await page.getByRole("main").getByText("paused", { exact: true }).waitFor();
    await status(page).getByText("1 export is paused").waitFor();
    await shoot(page, "paused");
    await page.reload();
    await page.getByRole("main").getByText("paused", { exact: true }).waitFor();
    expect(readdirSync(folder).filter((name) => name.endsWith(".zip"))).toEqual([]);
    gate.open();
    const before = gate.asked.length;
    await page.getByRole("main").getByRole("button", { name: "Resume" }).click();
    await page.getByRole("main").getByText("finished and verified").waitFor();
    // What was written before the pause is not asked for again.
    expect(gate.asked.length - before).toBeLessThan(stored);
    expect(readdirSync(folder)).toEqual(["complete_export.zip"]);
  });

  it("goes on while the page is loaded anew, and while its browser has been killed", async () => {
    const { page } = opened;
    const folder = join(root, "without a page");
    await show(page, "Exports");
    await page.getByRole("button", { name: "Export again" }).first().click();
    await page.getByLabel("Folder for the packages").fill(folder);
    await startAndHold(folder);
    await page.reload();
    await page.getByRole("main").getByText("running", { exact: true }).waitFor();
    await status(page).getByRole("progressbar").waitFor();
    await crash(opened);
    gate.open();
    await reopen();
    await show(opened.page, "Exports");
    await opened.page.getByRole("region", { name: "Ended" }).getByText("finished and verified").nth(1).waitFor();
    expect(readdirSync(folder)).toEqual(["complete_export.zip"]);
  });

  it.each([
    ["the window is closed", "ended in order", () => satchel.end()],
    ["Satchel is killed", "killed", () => satchel.kill()],
  ])("is taken up by itself at the next start after %s, and ends whole", async (_how, name, stop) => {
    const folder = join(root, name);
    await show(opened.page, "Exports");
    await opened.page.getByRole("button", { name: "Export again" }).first().click();
    await opened.page.getByLabel("Folder for the packages").fill(folder);
    await startAndHold(folder);
    await opened.browser.close();
    await stop();
    expect(readdirSync(folder).filter((one) => one.endsWith(".zip"))).toEqual([]);
    gate.open();
    satchel = await startWindowProcess(workspace);
    await reopen();
    const { page } = opened;
    await unlock(page, PASSPHRASE);
    await show(page, "Exports");
    // Nobody has pressed Resume.
    await page.getByRole("region", { name: "Now" }).waitFor({ state: "detached" });
    await page
      .getByRole("region", { name: "Ended" })
      .getByRole("listitem")
      .first()
      .getByText("finished and verified")
      .waitFor();
    await shoot(page, `taken up, ${name}`);
    expect(readdirSync(folder)).toEqual(["complete_export.zip"]);
    await runChecked("unzip", ["-tq", join(folder, "complete_export.zip")]);
  });

  it("leaves no error in the page, after whatever was done to it", () => {
    expect(opened.complaints).toEqual([]);
  });
});
