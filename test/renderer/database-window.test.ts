import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { createEqmd, type EqmdTruth } from "../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../support/postgres.ts";
import { engineOf } from "../support/window-engine.ts";
import { goTo } from "../support/window-steps.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

let window: TestWindow;
let server: PostgresServer;
let truth: EqmdTruth;
const PASSWORD = "leitura: s3nh@";

beforeAll(async () => {
  server = await startPostgres();
  truth = await createEqmd(server, { patients: 40, notes: 600 });
  await server.createReader(truth.database, "leitura", PASSWORD);
  window = await openWindow({ passphrase: "a passphrase for tests", locale: "en-GB" });
});
afterAll(async () => {
  await window?.close();
  await server?.stop();
});

describe("a hospital's database in the window", () => {
  it("is described by an address that is pasted, whose password is not shown", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Connect a database" }).click();
    const form = page.getByRole("form", { name: "Connect a database" });
    const address = `postgres://${server.user}:${encodeURIComponent(server.password)}@${server.host}:${server.port}/${truth.database}`;
    await form.getByRole("textbox", { name: "Host" }).fill(address);
    expect(await form.getByRole("textbox", { name: "Host" }).inputValue()).toBe(server.host);
    expect(await form.getByRole("textbox", { name: "Port" }).inputValue()).toBe(String(server.port));
    expect(await form.getByRole("textbox", { name: "Database" }).inputValue()).toBe(truth.database);
    expect(await form.getByLabel("Password").getAttribute("type")).toBe("password");
    expect(await form.getByLabel("Password").inputValue()).toBe(server.password);
    await form
      .getByText("America/Bahia")
      .or(form.getByPlaceholder(/^America\/Bahia/))
      .first()
      .waitFor();
  });

  it("is tested before it is saved: a user that may write is worth knowing, with the statements for a safer one", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Test", exact: true }).click();
    const findings = page.getByRole("list", { name: "What the test found" });
    await findings.getByText(/^Worth knowing: This user may also write/).waitFor();
    await findings.getByText(/^In order: PostgreSQL .* answers/).waitFor();
    expect(await findings.locator("pre").first().innerText()).toMatch(/GRANT SELECT/);
    await findings.getByRole("button", { name: "Copy the statements" }).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("whose password is wrong is not added, says so, and can be tried again", async () => {
    const { page } = window;
    const form = page.getByRole("form", { name: "Connect a database" });
    await form.getByRole("textbox", { name: "User" }).fill("leitura");
    await form.getByLabel("Password").fill("guessed");
    await page.getByRole("button", { name: "Test and add" }).click();
    await page.getByText("The source cannot be read yet.").waitFor();
    await page
      .getByRole("list", { name: "What the test found" })
      .getByText(/^Problem:/)
      .waitFor();
    expect(await page.locator("body").innerText()).not.toContain("guessed");
    expect(await engineOf(window)["sources.list"]({})).toEqual([]);
    await form.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Test and add" }).click();
    await form.waitFor({ state: "detached" });
  });

  it("is synced, and its card counts notes", async () => {
    const { page } = window;
    const card = page.getByRole("article", { name: truth.database });
    await card.getByText(/PostgreSQL/).waitFor();
    await card.getByText(new RegExp(`^40 patients · [\\d,]+ notes · 0 exams$`)).waitFor();
    expect(await card.innerText()).not.toContain(PASSWORD);
  });

  it("keeps its password when it is edited and the field stays empty", async () => {
    const { page } = window;
    await page.getByRole("button", { name: `Edit ${truth.database}` }).click();
    const form = page.getByRole("form", { name: `Edit source ${truth.database}` });
    expect(await form.getByLabel("Password").inputValue()).toBe("");
    await form.getByText("One is stored. Leave this empty to keep it.").waitFor();
    await form.getByRole("textbox", { name: "Name" }).fill("EQMD");
    await page.getByRole("button", { name: "Test and save" }).click();
    await page.getByRole("article", { name: "EQMD" }).waitFor();
    await form.waitFor({ state: "detached" });
  });

  it("is linked with images at a person's word alone, and that can be taken back", async () => {
    const { page } = window;
    const issuer = async (): Promise<unknown> => (await engineOf(window)["sources.list"]({}))[0]?.config["issuer"];
    const form = page.getByRole("form", { name: "Edit source EQMD" });
    const choose = async (choice: RegExp): Promise<void> => {
      await page.getByRole("button", { name: "Edit EQMD" }).click();
      await form.getByRole("radio", { name: choice }).click();
    };
    const save = async (): Promise<void> => {
      await page.getByRole("button", { name: "Test and save" }).click();
      await form.waitFor({ state: "detached" });
    };
    // Its name was another when it was added.
    expect(await issuer()).toBe(`source:${truth.database}`);
    await choose(/^The ids are those of the images/);
    await save();
    expect(await issuer()).toBe("");
    await choose(/^The ids have an issuer of their own/);
    const field = form.getByRole("textbox", { name: "Issuer of the patient ids" });
    expect(await field.inputValue()).toBe("source:EQMD");
    await field.fill("North hospital");
    await save();
    expect(await issuer()).toBe("North hospital");
  });

  it("fills the notes of Browse, those of deleted patients apart until they are asked for", async () => {
    const { page } = window;
    await goTo(window, "#/browse/notes");
    const count = (notes: number): string => notes.toLocaleString("en-GB");
    await page.getByRole("button", { name: `Export ${count(truth.exportable)} notes…` }).waitFor();
    await page.getByRole("button", { name: "Deleted patients" }).click();
    await page.getByText(/entered twice, or by request/).waitFor();
    await page.getByRole("switch", { name: "Include notes of deleted patients" }).click();
    await page.keyboard.press("Escape");
    const all = truth.exportable + truth.ofDeletedPatients;
    expect(all).toBeGreaterThan(truth.exportable);
    await page.getByRole("button", { name: `Export ${count(all)} notes…` }).waitFor();
    await page.getByRole("button", { name: "Remove the filter: Deleted patients" }).click();
    await page.getByRole("button", { name: `Export ${count(truth.exportable)} notes…` }).waitFor();
  });

  it("complains of nothing in the console", () => {
    expect(window.complaints).toEqual([]);
  });
});
