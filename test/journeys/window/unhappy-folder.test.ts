import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { syncAll } from "../../jobs/workshop.ts";
import { instancesIn } from "../../support/dicom-files.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { engineOf } from "../../support/window-engine.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { goTo, startExport } from "../../support/window-steps.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";

const NAME = "complete_export.zip";
const root = temporaryDirectory("unhappy-folder");
const hospital = join(root, "hospital");

beforeAll(async () => {
  await makeDemoHospital(hospital, { size: "small" });
});

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
    const ofPicture = /status of 502 .*\/pictures\/frame\?(?:.*&)?instance=(\d+)/;
    expect(window.complaints.filter((complaint) => !ofPicture.test(complaint))).toEqual([]);
    // One instance and no other: the file that this journey broke.
    const instances = new Set(window.complaints.map((complaint) => ofPicture.exec(complaint)?.[1]));
    expect(instances.size).toBeLessThanOrEqual(1);
  });
});
