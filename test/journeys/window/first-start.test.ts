import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserArguments } from "../../../src/main/shells/loopback/browser.ts";
import { startCountingProxy, type CountingProxy } from "../../support/counting-proxy.ts";
import { watchSockets, type SocketWatch } from "../../support/process-sockets.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { openPage, type TestPage } from "../../support/window.ts";
import { startWindowProcess, type WindowProcess } from "../../support/window-process.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { status } from "../../support/window-steps.ts";

const PASSPHRASE = "teapot gravel orbit lantern";
/** Of the patients that are picked, as bytes in every encoding that their files use: none of it may be in the package. */
const NAMES = ["Mustermann", "Erika", "Gabler", "SN-700312", "Yamada", "Tarou", "SN-700313"]
  .map((name) => Buffer.from(name))
  // 山田 and 太郎 in ISO 2022 IR 87, then in UTF-8.
  .concat(Buffer.from(";3ED"), Buffer.from("B@O:"), Buffer.from("山田"), Buffer.from("太郎"));

const root = temporaryDirectory("first-start");
const workspace = join(root, "workspace");
const hospital = `${workspace}-demo-hospital`;
const out = join(root, "for research");
const shoot = photographer("first-start");
/** What the review said of one instance. */
const reviewed = new Map<string, { before: string; after: string; change: string }>();
let reviewedPath = "";
let satchel: WindowProcess;
let proxy: CountingProxy;
let sockets: SocketWatch;
let opened: TestPage;

/** Values of a DICOM file as DCMTK reads them: tag -> value. */
async function headerOf(file: string): Promise<Map<string, string>> {
  const text = await runChecked("dcmdump", ["-q", "+L", file]);
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, tag = "", value = ""] = /^\(([0-9a-f]{4},[0-9a-f]{4})\) .. \[(.*)\]/.exec(line) ?? [];
    if (tag !== "" && !values.has(tag)) values.set(tag, value);
  }
  return values;
}

/** Which of the names stand in the bytes of the files, or in their paths. */
function namesIn(files: readonly string[]): string[] {
  const contents = files.map((file) => Buffer.concat([Buffer.from(basename(file)), readFileSync(file)]));
  return NAMES.filter((name) => contents.some((content) => content.includes(name))).map((name) => name.toString());
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Nobody listens there. */
const NOWHERE = "127.0.0.1:9";

/**
 * What Satchel itself starts browsers with, but for what would keep them from the proxy: the rule that no name of the network is found.
 * In place of that, the services that Chromium asks of its own accord (accounts, updates, the time) are looked for nowhere.
 */
function quietArguments(): string[] {
  const replaced = ["--host-resolver-rules=", "--no-proxy-server", "--app=", "--user-data-dir=", "--incognito"];
  return [
    ...browserArguments("", "", true)
      .filter((one) => !replaced.some((start) => one.startsWith(start)))
      .map((one) => (one.startsWith("--disable-features=") ? `${one},NetworkTimeServiceQuerying` : one)),
    `--gaia-url=http://${NOWHERE}`,
    `--variations-server-url=http://${NOWHERE}`,
    `--component-updater=url-source=http://${NOWHERE}/`,
    `--apps-gallery-update-url=http://${NOWHERE}/`,
  ];
}

beforeAll(async () => {
  satchel = await startWindowProcess(workspace);
  sockets = watchSockets(satchel.pid);
  proxy = await startCountingProxy();
  const address = await satchel.newAddress();
  opened = await openPage(address, {
    locale: "en-GB",
    browserArguments: [
      ...quietArguments(),
      `--proxy-server=http://127.0.0.1:${proxy.port}`,
      `--proxy-bypass-list=<-loopback>;${NOWHERE};${new URL(address).host}`,
    ],
  });
});
afterAll(async () => {
  sockets.stop();
  await opened.browser.close();
  await satchel.end();
  await proxy.close();
});

describe("from the first start to a verified package", () => {
  it("makes a workspace with a passphrase that is typed twice, and says what cannot be recovered", async () => {
    const { page } = opened;
    await page.getByRole("heading", { name: "Make the workspace" }).waitFor();
    await page.getByText(/cannot be recovered/).waitFor();
    const make = page.getByRole("button", { name: "Make the workspace" });
    await page.getByRole("textbox", { name: "Passphrase", exact: true }).fill(PASSPHRASE);
    await page.getByRole("textbox", { name: "The same passphrase again" }).fill("teapot gravel");
    expect(await make.isDisabled()).toBe(true);
    await page.getByRole("textbox", { name: "The same passphrase again" }).fill("something else");
    await page.getByText("The two are not the same.").waitFor();
    expect(readdirSync(workspace)).toEqual(["window.sock"]);
    await page.getByRole("textbox", { name: "The same passphrase again" }).fill(PASSPHRASE);
    await shoot(page, "passphrase");
    await make.click();
    await page.getByRole("heading", { name: "Where are the records?" }).waitFor();
  });

  it("offers four ways and nothing else, and opens the demo hospital by one press", async () => {
    const { page } = opened;
    const ways = page.getByRole("main").getByRole("button");
    expect(await ways.allInnerTexts()).toEqual([
      "Open the demo hospital",
      "Add a folder",
      "Connect a PACS",
      "Connect a database",
    ]);
    await shoot(page, "welcome");
    await page.getByRole("button", { name: "Open the demo hospital" }).click();
    await status(page).getByText("1 source is syncing").waitFor();
  });

  it("fills Browse with the demo hospital, and says that one file of it needs attention", async () => {
    const { page } = opened;
    await page.getByRole("tab", { name: "Patients (14)" }).waitFor();
    await page
      .getByRole("contentinfo", { name: "Status" })
      .getByText("1 source needs attention", { exact: true })
      .waitFor();
    await shoot(page, "browse");
  });

  it("picks two patients and takes them to an export", async () => {
    const { page } = opened;
    const grid = page.getByRole("grid", { name: "Patients" });
    for (const name of [/Mustermann/, /Yamada/])
      await grid.getByRole("row", { name }).getByRole("gridcell").first().click();
    const selection = page.getByRole("group", { name: "Selection" });
    await selection.getByText(/^Selected: 2 patients with all their studies/).waitFor();
    await shoot(page, "two picked");
    await page.getByRole("button", { name: "Export 2" }).click();
    await page.getByRole("heading", { name: "New export" }).waitFor();
    await page.getByText("2 patients picked by hand").waitFor();
    await page.getByRole("radio", { name: /^Research data set/ }).click();
    await page.getByLabel("Name of the new key").fill("lung-study");
    await page.getByRole("button", { name: "Make key" }).click();
    await page.getByLabel("Folder for the packages").fill(out);
    await page.getByText(/^Makes 1 package, pseudonymised, about/).waitFor();
    await shoot(page, "export");
  });

  it("shows before what the file of the source truly holds, and after what takes its place", async () => {
    const { page } = opened;
    const table = page.getByRole("table", { name: "Header of the instance, before and after" });
    const search = page.getByRole("searchbox", { name: "Find in names and values" });
    for (const tag of ["0008,0018", "0010,0010", "0010,0020", "0010,0030", "0010,0040", "0008,0020", "0028,0010"]) {
      await search.fill(`(${tag})`);
      const row = table
        .getByRole("row")
        .filter({ hasText: `(${tag})` })
        .first();
      const [, , before = "", after = "", change = ""] = await row.getByRole("cell").allInnerTexts();
      reviewed.set(tag, { before, after, change });
    }
    await search.fill("Patient");
    await table.scrollIntoViewIfNeeded();
    await shoot(page, "review");
    reviewedPath = (await page.getByText(/^studies\/.* in .*\.zip$/).innerText()).split(" in ")[0] ?? "";
    const uid = reviewed.get("0008,0018")?.before ?? "";
    const file = filesBelow(hospital).find((one) => basename(one).startsWith("IM") && readFileSync(one).includes(uid));
    const truth = await headerOf(file ?? "no file of the source has that UID");
    expect(Object.fromEntries([...reviewed].map(([tag, { change }]) => [tag, change]))).toEqual({
      "0008,0018": "replaced",
      "0010,0010": "replaced",
      "0010,0020": "replaced",
      "0010,0030": "emptied",
      "0010,0040": "kept",
      "0008,0020": "shifted",
      "0028,0010": "kept",
    });
    for (const tag of ["0010,0010", "0010,0020", "0010,0040"]) expect(reviewed.get(tag)?.before).toBe(truth.get(tag));
    for (const tag of ["0010,0030", "0008,0020"])
      expect(reviewed.get(tag)?.before.replaceAll("-", "")).toBe(truth.get(tag));
  });

  it("is watched while it runs, and ends as verified", async () => {
    const { page } = opened;
    await page.getByRole("button", { name: "Start export" }).click();
    await page.getByRole("heading", { name: "Export 1" }).waitFor();
    await shoot(page, "running");
    await page.getByText("finished and verified").waitFor();
    await shoot(page, "done");
    await page.getByRole("link", { name: "Show in Packages" }).click();
    await page.getByText(/^(\d+) of \1 files verified, today \d\d:\d\d$/).waitFor();
    await shoot(page, "package");
  });

  it("leaves a ZIP that others open, with as many files as were said, and no name of the patients in any of them", async () => {
    const { page } = opened;
    const said = await page.getByText(/^\d+ of \d+ files verified/).innerText();
    const names = readdirSync(out);
    expect(names).toEqual(["selection_export.zip"]);
    const unpacked = join(root, "unpacked");
    execFileSync("unzip", ["-q", join(out, names[0] ?? ""), "-d", unpacked]);
    const files = filesBelow(unpacked);
    expect(said).toContain(`${files.length} of ${files.length} files`);
    expect(files.filter((file) => file.endsWith(".dcm")).length).toBeGreaterThan(10);
    expect(namesIn(files)).toEqual([]);
    // The same search finds what there is to be found.
    expect(namesIn(filesBelow(hospital))).toHaveLength(NAMES.length - 2);
  });

  it("holds in the reviewed file what the review said would leave", async () => {
    const left = await headerOf(join(root, "unpacked", reviewedPath));
    for (const tag of ["0008,0018", "0010,0010", "0010,0020", "0010,0040"])
      expect(left.get(tag)).toBe(reviewed.get(tag)?.after);
    expect(left.get("0008,0020")).toBe(reviewed.get("0008,0020")?.after.replaceAll("-", ""));
    expect(left.get("0010,0030")).toBe(undefined);
  });

  it("has asked nobody outside, neither the page nor the engine, on all that way", async () => {
    expect(opened.complaints).toEqual([]);
    expect(proxy.asked).toEqual([]);
    const port = new URL(opened.page.url()).port;
    const others = [...sockets.seen].filter((one) => !one.includes(` 127.0.0.1:${port} -> `));
    expect(others).toEqual([]);
    expect(sockets.seen.size).toBeGreaterThan(1);
    // The proxy would have seen it.
    const other = await opened.context.newPage();
    await other.goto("http://satchel.invalid/").catch(() => undefined);
    expect(proxy.asked).toContainEqual("GET http://satchel.invalid/");
  });
});
