import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { inspect } from "../../support/window-inspection.ts";
import { goTo } from "../../support/window-steps.ts";
import { openWindow } from "../../support/window.ts";

const PASSPHRASE = "a passphrase for tests";
const root = temporaryDirectory("accessibility-at-first");

it("the making of a workspace, its unlocking and a wrong passphrase can be used by everybody", async () => {
  const workspace = join(root, "locked");
  const made = await openWindow({ workspace });
  try {
    await made.page.getByRole("heading", { name: "Make the workspace" }).waitFor();
    await made.page.getByRole("textbox", { name: "Passphrase", exact: true }).fill("short");
    await made.page.getByRole("textbox", { name: "The same passphrase again" }).fill("long");
    expect(await inspect(made)).toEqual([]);
  } finally {
    await made.close();
  }
  await (await openWindow({ workspace, passphrase: PASSPHRASE })).close();
  const locked = await openWindow({ workspace });
  try {
    await locked.page.getByRole("textbox", { name: "Passphrase" }).fill("wrong");
    await locked.page.getByRole("button", { name: "Open" }).first().click();
    await locked.page.getByRole("alert").waitFor();
    expect(await inspect(locked)).toEqual([]);
  } finally {
    await locked.close();
  }
});

it("so can an empty workspace", async () => {
  const window = await openWindow({ passphrase: PASSPHRASE });
  try {
    await window.page.getByRole("heading", { name: "Where are the records?" }).waitFor();
    expect(await inspect(window)).toEqual([]);
    for (const screen of ["exports", "packages", "sources", "audit"]) {
      await goTo(window, `#/${screen}`);
      await window.page.getByRole("heading", { level: 1 }).waitFor();
      expect(await inspect(window), screen).toEqual([]);
    }
  } finally {
    await window.close();
  }
});
