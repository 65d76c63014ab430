import { createServer, type Server } from "node:http";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { ImagingRecipe } from "../../../src/contract/recipe.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import { instanceFile } from "../../exports/instance-file.ts";
import { syncAll } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { engineOf, exportAll } from "../../support/window-engine.ts";
import { goTo } from "../../support/window-steps.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";

/** What becomes a page where somebody forgot that it is text. */
const MARKUP = `"'><img src=x class=foreign onerror=pwned=1><svg class=foreign onload=pwned=1></svg><script>pwned=1</script>{{7*7}}\${pwned=1}`;
/** Turns the reading of what follows around (Unicode UAX 9), and is not seen. */
const TURN = "\u202Egpj.exe\u2066\u200B\uFEFF";
const FAMILY = "Geheimrat";

describe("records and packages of somebody who wishes the window ill", () => {
  const root = temporaryDirectory("hostile-window");
  const folder = join(root, `<img src=x class=foreign onerror=pwned=1>`);
  let window: TestWindow;
  let engine: Client<Calls>;
  let other: Server;
  let otherAddress: string;
  const asked: string[] = [];
  const policies: string[] = [];

  beforeAll(async () => {
    mkdirSync(folder);
    const values = [
      MARKUP,
      TURN,
      `javascript:pwned=1`,
      `\u001b]0;pwned\u0007\u0001`,
      `%s %n \\0 ${"\u0301".repeat(60)}`,
    ];
    for (const [index, value] of values.entries()) {
      const study = `1.2.826.0.1.${index + 1}`;
      const file = instanceFile({
        patientId: `${value}#${index}`,
        issuer: value,
        name: `${FAMILY}^${value}`,
        study,
        instance: `${study}.1.1`,
        modality: value.slice(0, 40),
        description: value,
      });
      writeFileSync(join(folder, `${index}<b class=foreign>.dcm`), file);
      writeFileSync(join(folder, `${index}${TURN}.txt`), MARKUP);
      writeFileSync(join(folder, `broken${index}<b class=foreign>${TURN}.dcm`), file.subarray(0, 300));
    }
    window = await openWindow({ passphrase: "correct horse" });
    engine = engineOf(window);
    await window.page.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", (event) => console.error(`CSP ${event.violatedDirective}`)),
    );
    await engine["keys.new"]({ name: "lung" });
    await engine["sources.add"]({ kind: "folder", name: "ill", config: { path: folder } });
    await syncAll(engine, "ill");
    const recipe: ImagingRecipe = {
      kind: "imaging",
      version: 1,
      selection: { scope: "all" },
      policy: { kind: "identified" },
      images: true,
      previews: false,
      format: "zip",
      compress: 0,
      grouping: "each",
      destination: join(root, `<i class=foreign>${TURN}`),
    };
    await engine["recipes.save"]({ name: `<b class=foreign>${TURN}`, recipe });
    await exportAll(engine, recipe);
    other = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    otherAddress = `127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    window.page.on("console", (message) => {
      if (/Content.Security.Policy|^CSP/i.test(message.text())) policies.push(message.text());
    });
  });
  afterAll(async () => {
    await window.close();
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  });

  const foreign = (): Promise<unknown> =>
    window.page.evaluate(`[document.querySelectorAll(".foreign, script:not([src])").length, typeof pwned]`);

  it("shows them as text on every screen, makes nothing of them, and keeps names out of title and address", async () => {
    const { page } = window;
    const [job] = await engine["jobs.list"]({});
    const { rows } = await engine["packages.list"]({ limit: 100 });
    expect(rows.length).toBeGreaterThan(2);
    for (const hash of [
      "#/browse",
      "#/sources",
      "#/exports",
      "#/exports/new",
      `#/exports/${job?.id}`,
      "#/packages",
      `#/packages/${encodeURIComponent(rows[0]?.path ?? "")}`,
      "#/audit",
      "#/settings",
      "#/help",
      `#/${MARKUP}`,
      `#/exports/${encodeURIComponent(MARKUP)}`,
      `#/packages/${encodeURIComponent(MARKUP)}`,
      "#/browse/%E0%A4%A",
    ]) {
      await goTo(window, hash);
      await page.locator("main h1").first().waitFor();
      await page.waitForTimeout(150);
      expect(await foreign(), hash).toEqual([0, "undefined"]);
      expect(await page.title(), hash).not.toContain(FAMILY);
    }
    await goTo(window, "#/browse");
    await page.getByText(new RegExp(FAMILY)).first().click();
    await page.getByRole("complementary").first().waitFor();
    await page.waitForTimeout(500);
    expect(await foreign()).toEqual([0, "undefined"]);
    expect(await page.title()).not.toContain(FAMILY);
    expect(decodeURIComponent(page.url())).not.toContain(FAMILY);
    expect(window.complaints.filter((text) => !text.includes("Failed to load resource"))).toEqual([]);
  });

  it("keeps nobody's name in the browser: no storage, no cookie, no cache, no worker", async () => {
    const kept = (await window.page.evaluate(`(async () => ({
      session: Object.keys(sessionStorage),
      local: Object.keys(localStorage),
      cookie: document.cookie,
      caches: "caches" in window ? await caches.keys() : [],
      databases: await indexedDB.databases(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      text: JSON.stringify([{ ...sessionStorage }, { ...localStorage }, history.state]),
    }))()`)) as { text: string };
    expect(kept).toMatchObject({ cookie: "", caches: [], databases: [], workers: 0 });
    expect(kept.text).not.toContain(FAMILY);
    const { views } = await engine["settings.get"]({});
    expect(JSON.stringify(views)).not.toContain(FAMILY);
  });

  it("lets not even a script that came in run text as code or reach another port of this machine", async () => {
    const seen = await window.page.evaluate(`(async () => {
      const address = ${JSON.stringify(otherAddress)};
      // What a debugger evaluates at once is let off; from the next task on it is a script like any other.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const outcome = async (action) => { try { return String(await action()); } catch { return "refused"; } };
      const element = (name, set) => new Promise((resolve, reject) => {
        const made = Object.assign(document.createElement(name), set);
        made.onload = () => resolve("loaded");
        made.onerror = () => reject(new Error("refused"));
        setTimeout(() => reject(new Error("nothing came")), 1000);
        document.body.append(made);
      });
      const run = (name, set) => { document.body.append(Object.assign(document.createElement(name), set)); return typeof pwned; };
      return {
        eval: await outcome(() => (0, eval)("1")),
        function: await outcome(() => new Function("return 1")()),
        wasm: await outcome(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
        inline: await outcome(() => run("script", { textContent: "pwned = 1" })),
        handler: await outcome(() => { const one = document.createElement("b"); one.setAttribute("onclick", "pwned = 1"); one.click(); return typeof pwned; }),
        blob: await outcome(() => element("script", { src: URL.createObjectURL(new Blob(["pwned = 1"])) })),
        worker: await outcome(() => new Promise((resolve, reject) => { const one = new Worker(URL.createObjectURL(new Blob([""]))); one.onerror = () => reject(new Error("x")); setTimeout(() => resolve("ran"), 500); })),
        service: await outcome(async () => { await navigator.serviceWorker.register("/assets/none.js"); return "registered"; }),
        fetch: await outcome(async () => (await fetch("http://" + address + "/fetch", { mode: "no-cors" })).type),
        beacon: await outcome(async () => { const sent = navigator.sendBeacon("http://" + address + "/beacon", "x"); await new Promise((resolve) => setTimeout(resolve, 300)); return "asked " + (sent && "only"); }),
        socket: await outcome(() => new Promise((resolve, reject) => { const one = new WebSocket("ws://" + address); one.onopen = () => resolve("open"); one.onerror = () => reject(new Error("x")); })),
        events: await outcome(() => new Promise((resolve, reject) => { const one = new EventSource("http://" + address + "/events"); one.onopen = () => resolve("open"); one.onerror = () => reject(new Error("x")); })),
        image: await outcome(() => element("img", { src: "http://" + address + "/image" })),
        frame: await outcome(async () => { await element("iframe", { src: "http://" + address + "/frame" }); return "an empty one"; }),
        object: await outcome(() => element("object", { data: "http://" + address + "/object" })),
        sheet: await outcome(() => element("link", { rel: "stylesheet", href: "http://" + address + "/sheet" })),
        prefetch: await outcome(() => element("link", { rel: "prefetch", href: "http://" + address + "/prefetch" })),
        base: await outcome(() => { run("base", { href: "http://" + address + "/" }); return document.baseURI.includes(address); }),
        form: await outcome(async () => { const form = Object.assign(document.createElement("form"), { action: "http://" + address + "/form" }); document.body.append(form); form.submit(); await new Promise((resolve) => setTimeout(resolve, 500)); return "stayed"; }),
        pwned: typeof pwned,
      };
    })()`);
    expect(seen).toMatchObject({
      eval: "refused",
      function: "refused",
      wasm: "refused",
      inline: "undefined",
      handler: "undefined",
      blob: "refused",
      worker: "refused",
      service: "refused",
      fetch: "refused",
      socket: "refused",
      events: "refused",
      image: "refused",
      sheet: "refused",
      prefetch: "refused",
      base: "false",
      form: "stayed",
      pwned: "undefined",
    });
    expect(asked, "what the other port was asked").toEqual([]);
    expect(policies.length).toBeGreaterThan(5);
  });
});
