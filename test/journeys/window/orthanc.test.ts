import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { startOrthanc, type OrthancServer } from "../../support/orthanc.ts";
import { watchSockets, type SocketWatch } from "../../support/process-sockets.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { uploadFolder } from "../../support/upload-folder.ts";
import { openPage, type TestPage } from "../../support/window.ts";
import { startWindowProcess, type WindowProcess } from "../../support/window-process.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { makeWorkspace, show } from "../../support/window-steps.ts";

const root = temporaryDirectory("orthanc-window");
const workspace = join(root, "workspace");
const out = join(root, "for the patient");
const shoot = photographer("orthanc");
let orthanc: OrthancServer;
let satchel: WindowProcess;
let sockets: SocketWatch;
let opened: TestPage;
let stored = 0;

beforeAll(async () => {
  orthanc = await startOrthanc();
  const { folder } = await makeDemoHospital(join(root, "hospital"), { size: "small" });
  stored = await uploadFolder(orthanc, folder);
  satchel = await startWindowProcess(workspace);
  sockets = watchSockets(satchel.pid);
  opened = await openPage(await satchel.newAddress(), { locale: "en-GB" });
});
afterAll(async () => {
  sockets.stop();
  await opened.browser.close();
  await satchel.end();
  await orthanc.stop();
});

describe("from a PACS to a patient's copy", () => {
  it("says that the password is wrong before anything is saved", async () => {
    const { page } = opened;
    await makeWorkspace(page, "teapot gravel orbit lantern");
    await page.getByRole("button", { name: "Connect a PACS" }).click();
    const form = page.getByRole("form", { name: "Connect a PACS" });
    await form.getByRole("textbox", { name: "Address" }).fill(orthanc.url);
    await form.getByRole("radiogroup", { name: "Sign-in" }).getByText("User and password").click();
    await form.getByRole("textbox", { name: "User", exact: true }).fill(orthanc.user);
    await form.getByRole("textbox", { name: "Password" }).fill("not the password");
    await form.getByRole("textbox", { name: "Name" }).fill("PACS");
    await form.getByRole("button", { name: "Test and add" }).click();
    await form.getByText("The source cannot be read yet.").waitFor();
    await form.getByText(/does not accept the user and password/).waitFor();
    await shoot(page, "wrong password");
    expect(await page.getByRole("article").count()).toBe(0);
    expect(await page.locator("body").innerText()).not.toContain("not the password");
  });

  it("is added once the password is right, and syncs by itself to as many objects as the server has", async () => {
    const { page } = opened;
    await page.getByRole("textbox", { name: "Password" }).fill(orthanc.password);
    await page.getByRole("button", { name: "Test and add" }).click();
    const card = page.getByRole("article", { name: "PACS" });
    await card.waitFor();
    await card.getByText(`${stored.toLocaleString("en-GB")} objects`).waitFor();
    await card.getByText("In order").waitFor();
    await shoot(page, "synced");
    expect(await page.locator("body").innerText()).not.toContain(orthanc.password);
  });

  it("finds one study among all by filters, and takes them away again", async () => {
    const { page } = opened;
    await show(page, "Browse");
    await page.getByRole("tab", { name: /^Studies \(\d+\)$/ }).click();
    const all = await page.getByRole("tab", { name: /^Studies/ }).innerText();
    await page.getByRole("button", { name: "Modality", exact: true, expanded: false }).click();
    await page.getByRole("checkbox", { name: "MR" }).check();
    await page.keyboard.press("Escape");
    await page.getByRole("textbox", { name: "Search name, ID, description" }).fill("山田");
    const grid = page.getByRole("grid", { name: "Studies" });
    await page.getByRole("tab", { name: "Studies (1)", exact: true }).waitFor();
    expect(await grid.getByRole("row", { name: /Yamada, Tarou \(山田 太郎\)/ }).count()).toBe(1);
    await shoot(page, "found");
    await grid
      .getByRole("row", { name: /Yamada/ })
      .getByRole("gridcell")
      .first()
      .click();
    await page
      .getByRole("group", { name: "Selection" })
      .getByText(/^Selected: 1 study of 1 patient/)
      .waitFor();
    await page.getByRole("button", { name: "Clear all filters" }).click();
    await page.getByRole("tab", { name: all, exact: true }).waitFor();
  });

  it("copies that study with names and pictures, said loudly, and verifies it", async () => {
    const { page } = opened;
    await page.getByRole("button", { name: "Export 1" }).click();
    await page.getByRole("radio", { name: /^Patient copy/ }).click();
    await page.getByText("Names leave as they are").first().waitFor();
    await page.getByLabel("Folder for the packages").fill(out);
    await page.getByText(/^Makes 1 package with names, about/).waitFor();
    await shoot(page, "patient copy");
    await page.getByRole("button", { name: "Start export" }).click();
    await page.getByText("finished and verified").waitFor();
    await show(page, "Packages");
    await page.getByText(/^(\d+) of \1 files verified, today/).waitFor();
    await page.getByRole("button", { name: "Verify", exact: true }).click();
    await page.getByText(/^(\d+) of \1 files verified, .+ read\.$/).waitFor();
    await shoot(page, "verified again");
  });

  it("holds in the package the very images that Orthanc keeps, one picture for each frame", async () => {
    const [name = ""] = readdirSync(out);
    expect(readdirSync(out)).toHaveLength(1);
    const list = (await runChecked("unzip", ["-Z1", join(out, name)])).split("\n");
    const images = list.filter((one) => one.endsWith(".dcm"));
    expect(images.length).toBeGreaterThan(1);
    expect(list.filter((one) => one.endsWith(".png")).length).toBeGreaterThanOrEqual(images.length);
    await runChecked("unzip", ["-q", join(out, name), "-d", join(root, "unpacked")]);
    for (const image of images) {
      const file = join(root, "unpacked", image);
      const dump = await runChecked("dcmdump", ["-q", "+P", "0008,0018", file]);
      const uid = /\[(.+)\]/.exec(dump)?.[1]?.trim() ?? "";
      const found = await orthanc.request(
        "POST",
        "/tools/find",
        JSON.stringify({ Level: "Instance", Query: { SOPInstanceUID: uid } }),
      );
      const [id] = JSON.parse(found.text) as string[];
      const md5 = (await orthanc.request("GET", `/instances/${id}/attachments/dicom/md5`)).text;
      expect(await runChecked("md5sum", [file])).toContain(md5);
    }
  });

  it("has talked to that server and to nobody else", () => {
    expect(opened.complaints).toEqual([]);
    const port = new URL(opened.page.url()).port;
    const others = [...sockets.seen].filter(
      (one) => !one.includes(` 127.0.0.1:${port} -> `) && !one.endsWith(`-> 127.0.0.1:${orthanc.port}`),
    );
    expect(others).toEqual([]);
    expect([...sockets.seen].some((one) => one.endsWith(`-> 127.0.0.1:${orthanc.port}`))).toBe(true);
  });
});
