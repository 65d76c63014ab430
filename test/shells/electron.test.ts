/** Smoke tests of the built window, out/main/index.js with out/preload/index.cjs, under whichever Electron is there. */
import { createServer } from "node:http";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { engineOf } from "../electron-double/engine.ts";
import { launch, RUNS_ON, startDouble, type Launched, type LaunchOptions } from "../electron-double/launch.ts";
import { buildTree } from "../support/built-tree.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

console.info(`The window's smoke tests run on ${RUNS_ON}.`);

/** What a page that somebody else got hold of would try, as it runs in the page: gives back what failed. */
const LEAVE = String.raw`async (target) => {
  const failed = [];
  await fetch(target, { mode: "no-cors" }).catch(() => failed.push("fetch"));
  const image = new Image();
  await new Promise((resolve) => {
    image.addEventListener("error", () => resolve(failed.push("image")));
    image.addEventListener("load", resolve);
    image.src = target;
  });
  try {
    new Function("return 1")();
  } catch {
    failed.push("eval");
  }
  const inline = document.createElement("script");
  inline.textContent = "globalThis.inlineRan = true";
  document.head.append(inline);
  if (!("inlineRan" in globalThis)) failed.push("inline script");
  const frame = document.createElement("iframe");
  frame.src = target;
  document.body.append(frame);
  window.open(target);
  return failed;
}`;

describe(`the window under Electron (${RUNS_ON})`, () => {
  const folder = temporaryDirectory("electron");
  const hospital = join(folder, "hospital");
  let tree: string;
  let running: Launched[] = [];

  beforeAll(async () => {
    tree = await buildTree(join(folder, "tree"));
    await makeDemoHospital(hospital, { size: "small" });
  });
  afterEach(async () => {
    await Promise.all(running.map((one) => one.kill()));
    running = [];
  });

  let places = 0;
  const place = (): Pick<LaunchOptions, "workspace" | "userData"> => {
    const own = join(folder, `person-${places++}`);
    return { workspace: join(own, "workspace"), userData: join(own, "user-data") };
  };
  const start = async (options: Partial<LaunchOptions> = {}): Promise<Launched> => {
    const launched = await launch({ tree, ...place(), ...options });
    running.push(launched);
    await launched.page.waitForFunction(() => "satchel" in globalThis);
    return launched;
  };
  const close = async (launched: Launched): Promise<number | null> => {
    await launched.act("close");
    return launched.exited;
  };

  it("opens a new workspace with a key from the platform's key store, asks nobody, and opens it again", async () => {
    const at = place();
    const first = await start(at);
    const engine = await engineOf(first.page);
    expect(await engine["workspace.state"]({})).toEqual({ state: "open", problem: null });
    await first.page.getByRole("navigation").first().waitFor();
    expect(await first.page.title()).toContain("Satchel");
    const kept = statSync(`${at.workspace}.key`);
    expect(kept.mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(at.workspace, "workspace.json"), "utf8"))).toMatchObject({ unlock: "key" });
    expect(await close(first)).toBe(0);

    const again = await start(at);
    expect(await (await engineOf(again.page))["workspace.state"]({})).toEqual({ state: "open", problem: null });
  });

  it("does not trust a key store that is none: it asks for a passphrase and writes no key", async () => {
    const at = place();
    const launched = await start({ ...at, keyStore: "basic_text" });
    const engine = await engineOf(launched.page);
    expect(await engine["workspace.state"]({})).toEqual({ state: "new", problem: null });
    expect(statSync(`${at.workspace}.key`, { throwIfNoEntry: false })).toBeUndefined();
    expect(await engine["workspace.open"]({ passphrase: "correct horse battery staple" })).toMatchObject({
      state: "open",
    });
    expect(await close(launched)).toBe(0);

    const again = await start({ ...at, keyStore: "gnome_libsecret" });
    expect(await (await engineOf(again.page))["workspace.state"]({})).toEqual({ state: "locked", problem: null });
  });

  it("says so and stays locked where the key store that keeps the key has gone", async () => {
    const at = place();
    await close(await start(at));
    const launched = await start({ ...at, keyStore: "basic_text" });
    const { state, problem } = await (await engineOf(launched.page))["workspace.state"]({});
    expect(state).toBe("locked");
    expect(problem).toMatchObject({ code: "WRONG_KEY", message: expect.stringContaining("key store") as string });
  });

  it("knows where a folder lies that is dropped on the window", async () => {
    const { page } = await start({ ...place(), keyStore: "gnome_libsecret" });
    await page.getByRole("button", { name: "Add a folder" }).waitFor();
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([], "scans"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
    const field = page.getByRole("form", { name: "Add a folder" }).getByRole("textbox").first();
    await expect.poll(() => field.inputValue()).toBe("/dropped/scans");
  });

  it("lets the page go nowhere, open nothing, ask for no permission and reach no other address", async () => {
    const { page, act, recorded } = await start();
    let reached = 0;
    const elsewhere = createServer((_request, response) => {
      reached++;
      response.end("<p>elsewhere</p>");
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const { port } = elsewhere.address() as { port: number };
    const url = `http://127.0.0.1:${port}/`;
    const before = page.url();
    const policy = await page.evaluate(async () => (await fetch("/")).headers.get("content-security-policy"));
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w+/=]{24}';/);
    expect(policy).not.toContain("unsafe");
    const attempts = await page.evaluate(`(${LEAVE})(${JSON.stringify(url)})`);
    expect(attempts).toEqual(["fetch", "image", "eval", "inline script"]);
    await expect.poll(() => recorded("window.open")).toEqual([["deny"]]);
    await page.evaluate(`void (location.href = ${JSON.stringify(url)})`);
    await expect.poll(async () => (await recorded("refused navigation")).flat()).toContain(url);
    expect(page.url()).toBe(before);
    for (const name of ["notifications", "geolocation", "camera"]) {
      const state = await page.evaluate(`navigator.permissions.query({ name: "${name}" }).then(({ state }) => state)`);
      expect([name, state]).not.toEqual([name, "granted"]);
    }
    // Behind all of that stands the session: not even the main process could show another address.
    await act("load", url);
    await expect.poll(() => page.url()).not.toBe(before);
    expect(await recorded("request that left")).toEqual([]);
    expect(reached).toBe(0);
    elsewhere.close();
  });

  it("answers its scheme from the page's folder alone, however a path is spelled", async () => {
    const { page } = await start();
    const statuses = await page.evaluate(async () => {
      const paths = [
        "/../package.json",
        "/..%2f..%2fpackage.json",
        "/%2e%2e/%2e%2e/package.json",
        "/assets/..%5c..%5c..%5cpackage.json",
        "/assets/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
        "/assets/",
        "/index.html%00.js",
        "/main/index.js",
      ];
      const post = fetch("/", { method: "POST" });
      return Promise.all([...paths.map((path) => fetch(path)), post].map(async (answer) => (await answer).status));
    });
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 404, 404, 403]);
  });

  it("hears its own page alone: a frame in it and a page that is not ours are not answered", async () => {
    const { page, act, recorded } = await start();
    const request = JSON.stringify({ t: "request", id: 5_000_000, name: "workspace.state", input: {} });
    const answered = (where: string): Promise<boolean> =>
      page.evaluate(
        `new Promise((resolve) => {
          window.satchel.onText((text) => { if (JSON.parse(text).id === 5000000) resolve(true); });
          const sender = ${where};
          sender?.send(${JSON.stringify(request)});
          setTimeout(() => resolve(false), 700);
        })`,
      );
    expect(
      await answered(`(() => {
      const frame = document.createElement("iframe");
      document.body.append(frame);
      return frame.contentWindow.satchel;
    })()`),
    ).toBe(false);
    expect(await answered("window.satchel")).toBe(true);
    await act("load", "data:text/html,<p>foreign</p>");
    await expect
      .poll(async () => page.url().startsWith("data:") || (await recorded("refused request")).length > 0)
      .toBe(true);
    if (page.url().startsWith("data:")) expect(await answered("window.satchel")).toBe(false);
    else expect((await recorded("refused request")).flat().join()).toContain("data:text/html");
  });

  it("gives a page that is loaded anew a wire of its own and ends the old one", async () => {
    const { page } = await start();
    await page.reload();
    await page.waitForFunction(() => "satchel" in globalThis);
    expect(await (await engineOf(page))["workspace.state"]({})).toMatchObject({ state: "open" });
    await page.getByRole("navigation").first().waitFor();
  });

  it("keeps the machine awake while a job runs, asks before it closes, and goes on with the job at the next start", async () => {
    const at = place();
    const packages = join(folder, "packages");
    mkdirSync(packages);
    const first = await start(at);
    const engine = await engineOf(first.page);
    await engine["sources.add"]({ kind: "folder", name: "disk", config: { path: hospital } });
    for await (const event of engine["sources.sync"]({ name: "disk" })) expect(event.type).toMatch(/progress|result/);
    const { jobId } = await engine["exports.start"]({
      recipe: {
        kind: "imaging",
        version: 1,
        selection: { scope: "all" },
        policy: { kind: "identified" },
        images: true,
        previews: true,
        format: "zip",
        compress: 9,
        grouping: "each",
        destination: packages,
      },
    });
    await expect.poll(() => first.recorded("powerSaveBlocker.start")).toEqual([["prevent-app-suspension"]]);
    await expect
      .poll(async () => (await first.recorded("window.setProgressBar")).flat().some((one) => Number(one) >= 0))
      .toBe(true);

    await first.answer("dialog.showMessageBox", { response: 1 });
    await first.act("close");
    await expect.poll(() => first.recorded("dialog.showMessageBox")).toHaveLength(1);
    expect((await first.recorded("dialog.showMessageBox"))[0]?.[0]).toMatchObject({
      message: "Satchel is still at work.",
      buttons: ["Stop and resume at next start", "Keep open"],
      cancelId: 1,
    });
    expect((await engine["jobs.show"]({ id: jobId })).state).toBe("running");

    await first.answer("dialog.showMessageBox", { response: 0 });
    expect(await close(first)).toBe(0);

    const second = await start(at);
    const again = await engineOf(second.page);
    await expect.poll(async () => (await again["jobs.show"]({ id: jobId })).state).toBe("complete");
    await expect.poll(async () => (await second.recorded("powerSaveBlocker.stop")).length).toBe(1);
    expect((await second.recorded("window.setProgressBar")).at(-1)).toEqual([-1]);
    const log = (await again["jobs.log"]({ id: jobId })).map(({ text }) => text).join("\n");
    expect(log).toMatch(/resum|goes on|again/i);

    const made = (await again["packages.list"]({ offset: 0, limit: 10 })).rows[0]?.path ?? "";
    await again["shell.dragOut"]({ path: made });
    const drags = await second.recorded("webContents.startDrag");
    expect(drags).toHaveLength(1);
    expect(drags[0]?.[0]).toMatchObject({ file: made });
    const stranger = join(at.workspace, "workspace.json");
    await expect(again["shell.dragOut"]({ path: stranger })).rejects.toMatchObject({ name: "SatchelError" });
    expect(await second.recorded("webContents.startDrag")).toHaveLength(1);
    expect(await close(second)).toBe(0);
  });

  it("comes up where it was left, or on a display that is there", async () => {
    const at = place();
    const bounds = { x: 2100, y: 120, width: 1100, height: 700 };
    const desk = { x: 0, y: 0, width: 1920, height: 1040 };
    const projector = { x: 1920, y: 0, width: 1600, height: 900 };
    const first = await start({ ...at, displays: [desk, projector] });
    await first.act("resize", bounds);
    await close(first);
    const second = await start({ ...at, displays: [desk, projector] });
    expect((await second.recorded("BrowserWindow"))[0]?.[0]).toMatchObject(bounds);
    await second.act("maximize");
    await close(second);
    const third = await start({ ...at, displays: [desk] });
    const options = (await third.recorded("BrowserWindow"))[0]?.[0];
    expect(options).toMatchObject({ width: 1100, height: 700 });
    expect(options).not.toHaveProperty("x");
    expect(await third.recorded("window.maximize")).toHaveLength(1);
  });

  it("is one at a time: a second start brings the first forward and ends", async () => {
    const at = place();
    const first = await start(at);
    const before = (await first.recorded("window.focus")).length;
    const second = startDouble({ tree, ...at });
    expect(await new Promise((resolve) => second.on("exit", resolve))).toBe(0);
    await expect.poll(async () => (await first.recorded("window.focus")).length).toBe(before + 1);
  });

  it("runs sandboxed, isolated, quiet and without a cache on the disk, and says in About what it is", async () => {
    const launched = await start();
    const options = (await launched.recorded("BrowserWindow"))[0]?.[0];
    expect(options).toMatchObject({
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
        partition: "satchel",
      },
    });
    expect(await launched.recorded("session.fromPartition")).toContainEqual(["satchel", { cache: false }]);
    expect(await launched.recorded("app.enableSandbox")).toHaveLength(1);
    expect((await launched.recorded("appendSwitch")).map(([name]) => name)).toContain("disable-background-networking");
    await launched.answer("dialog.showMessageBox", { response: 0 });
    await launched.act("click-menu", "About Satchel");
    await expect.poll(() => launched.recorded("dialog.showMessageBox")).toHaveLength(1);
    const detail = JSON.stringify(await launched.recorded("dialog.showMessageBox"));
    expect(detail).toMatch(/Satchel \d+\.\d+\.\d+/);
    expect(detail).toContain("Apache-2.0");
    expect(detail).toMatch(/MIT \(\d+\)/);
    expect(detail).toContain("OFL-1.1");
  });
});
