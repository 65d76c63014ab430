import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { jheData } from "../support/jhe-data.ts";
import { PERSON, startJheServer, type JheServer } from "../support/jhe-server.ts";
import { signInAs } from "../support/sign-in-agent.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { engineOf } from "../support/window-engine.ts";
import { goTo } from "../support/window-steps.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

let window: TestWindow;
let exchange: JheServer;
const folder = makeTemporaryDirectory("fhir-sources-window");

beforeAll(async () => {
  exchange = await startJheServer("head", jheData([5, 7, 3]));
  window = await openWindow({ passphrase: "a passphrase for tests", locale: "en-GB" });
});
afterAll(async () => {
  await window?.close();
  await exchange?.close();
});

const button = (name: string | RegExp): Locator => window.page.getByRole("button", { name });
const field = (name: string): Locator => window.page.getByRole("textbox", { name, exact: true });
const card = (name: string): Locator => window.page.getByRole("article", { name });

async function beginForm(kind: string): Promise<void> {
  await goTo(window, "#/sources");
  await goTo(window, `#/sources/add-${kind}`);
  await window.page.getByRole("form", { name: "Connect FHIR" }).waitFor();
}

async function chooseSignIn(kind: RegExp): Promise<void> {
  await window.page.getByRole("combobox", { name: "Sign-in" }).or(field("Sign-in")).first().click();
  await window.page.getByRole("option", { name: kind }).click();
}

describe("a list of FHIR resources without a source", () => {
  it("says where they come from, and leads there", async () => {
    const { page } = window;
    const path = join(folder, "nothing.ndjson");
    writeFileSync(path, "");
    await engineOf(window)["sources.add"]({ kind: "ndjson", name: "nothing", config: { path, timeZone: "UTC" } });
    await goTo(window, "#/browse/resources");
    await page.getByRole("heading", { name: "No FHIR resources yet" }).waitFor();
    expect(await button("Export 0 resources…").isDisabled()).toBe(true);
    await button("Open exported files").click();
    await page.getByRole("radio", { name: "A folder" }).waitFor();
  });
});

describe("a source that a person signs in to", () => {
  it("is saved first, says that nobody has signed in, and is not read before", async () => {
    const { page } = window;
    await beginForm("jhe");
    await field("Address").fill(exchange.url);
    await chooseSignIn(/^A person signs in/);
    await field("Client ID").fill(PERSON);
    expect(await button("Test").count()).toBe(0);
    await field("Name").fill("Portal");
    await button("Save, then sign in").click();
    await card("Portal").getByText("Nobody has signed in yet.").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const [, source] = await engineOf(window)["sources.list"]({});
    expect(source).toMatchObject({ name: "Portal", state: "never" });
  });

  it("leaves the sign-in when it is cancelled, and can begin again", async () => {
    await card("Portal").getByRole("button", { name: "Sign in…" }).click();
    await card("Portal").getByText("Waiting for you to sign in").waitFor();
    await card("Portal").getByRole("button", { name: "Cancel the sign-in" }).click();
    await card("Portal").getByText("Nobody has signed in yet.").waitFor();
    expect(await card("Portal").getByRole("alert").count()).toBe(0);
  });

  it("is read at once when somebody has signed in", async () => {
    await card("Portal").getByRole("button", { name: "Sign in…" }).click();
    const link = card("Portal").getByRole("link", { name: "Open the server's page" });
    await link.waitFor();
    expect(await link.getAttribute("rel")).toContain("noopener");
    await signInAs("anybody", (await link.getAttribute("href")) ?? "");
    await card("Portal").getByText("3 patients · 18 resources").waitFor();
    await card("Portal").getByRole("button", { name: "Sign in again…" }).waitFor();
  });

  it("is edited without another sign-in, and asked what there is to choose with the stored one", async () => {
    const { page } = window;
    await card("Portal").getByRole("button", { name: "Edit Portal" }).click();
    await button("Ask the server what there is to choose").click();
    await page.getByText("The server has answered.").waitFor();
    await button("Test and save").waitFor();
    await button("Cancel").click();
  });
});

describe("a source with a key of its own", () => {
  it("makes the key when it is saved, and shows the public part alone, to copy", async () => {
    const { page } = window;
    await beginForm("fhir");
    await field("Address").fill("https://fhir.example.org/fhir");
    await chooseSignIn(/^Client and key/);
    await field("Client ID").fill("satchel");
    await field("Name").fill("Backend");
    await button("Save and make the key").click();
    await card("Backend").getByRole("button", { name: "Show the public key" }).click();
    const shown = await card("Backend").locator("pre").innerText();
    const { keys } = JSON.parse(shown) as { keys: Record<string, string>[] };
    expect(keys[0]).toMatchObject({ kty: "EC", crv: "P-384", alg: "ES384" });
    expect(keys[0]).not.toHaveProperty("d");
    await card("Backend").getByRole("button", { name: "Copy the public key" }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("is given a new key only after a question", async () => {
    const { page } = window;
    const before = await card("Backend").locator("pre").innerText();
    await card("Backend").getByRole("button", { name: "Make a new key…" }).click();
    const dialog = page.getByRole("dialog", { name: "Make a new key for Backend?" });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await card("Backend").locator("pre").innerText()).toBe(before);
    await card("Backend").getByRole("button", { name: "Make a new key…" }).click();
    await dialog.getByRole("button", { name: "Make a key" }).click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => card("Backend").locator("pre").innerText()).not.toBe(before);
  });
});

describe("files that somebody else exported", () => {
  it("are read from one file, with what could not be taken in named", async () => {
    const { page } = window;
    const path = join(folder, "Patient.ndjson");
    const patient = (id: string) => JSON.stringify({ resourceType: "Patient", id, name: [{ text: `Asha ${id}` }] });
    writeFileSync(path, [patient("1"), patient("2"), '{"resourceType":"Patient"}', ""].join("\n"));
    await beginForm("ndjson");
    await page.getByRole("radio", { name: "One file" }).check();
    await field("File of FHIR or Open mHealth").fill(path);
    await button("Test and add").click();
    await card("Patient").getByText("2 patients · 2 resources").waitFor();
    await card("Patient")
      .getByText(/1 record could not be taken in/)
      .waitFor();
  });

  it("complain of nothing", () => {
    expect(window.complaints).toEqual([]);
  });
});
