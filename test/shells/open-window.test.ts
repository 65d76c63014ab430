import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { workerEntry } from "../../src/main/places.ts";
import { findBrowser } from "../../src/main/shells/loopback/browser.ts";
import { ringDoorbell } from "../../src/main/shells/loopback/doorbell.ts";
import { allowedHosts } from "../../src/main/shells/loopback/guard.ts";
import { openLoopbackWindow, type WindowOptions } from "../../src/main/shells/loopback/open-window.ts";
import { makePrivateFolder } from "../../src/main/shells/loopback/private-folder.ts";
import { watchWindow } from "../../src/main/shells/loopback/window-life.ts";
import { builtPage } from "../support/built-page.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("open");
let page: string;
let count = 0;
const stops: AbortController[] = [];
beforeAll(async () => {
  page = await builtPage();
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort();
  delete process.env.XDG_RUNTIME_DIR;
});

interface Started {
  ended: Promise<void>;
  notes: string[];
  addresses: string[];
  workspace: string;
  /** The user's runtime folder of this start. */
  runtime: string;
  stop(): void;
}

/** Starts `satchel open`, in this process, on a workspace of its own. */
function start(options: Partial<WindowOptions> = {}, workspace = join(root, `workspace-${(count += 1)}`)): Started {
  const runtime = temporaryDirectoryFor("runtime");
  process.env.XDG_RUNTIME_DIR = runtime;
  const stop = new AbortController();
  stops.push(stop);
  const notes: string[] = [];
  const addresses: string[] = [];
  const ended = openLoopbackWindow(
    {
      paths: { workspace },
      access: "write",
      user: "tester",
      now: () => new Date(),
      workerFile: workerEntry("jobs/worker"),
      secrets: () => ({ kind: "key", key: Buffer.alloc(32, 1) }),
    },
    {
      page,
      port: 0,
      origins: [],
      browser: undefined,
      headless: false,
      stay: false,
      signal: stop.signal,
      note: (text) => notes.push(text),
      onAddress: (address) => addresses.push(address),
      ...options,
    },
  );
  ended.catch(() => undefined);
  return { ended, notes, addresses, workspace, runtime, stop: () => stop.abort() };
}

function temporaryDirectoryFor(label: string): string {
  const folder = join(root, `${label}-${(count += 1)}`);
  execFileSync("mkdir", ["-m", "700", folder]);
  return folder;
}

/** A browser that nobody sees, and that writes down how it was called. */
function quietBrowser(script: string): string {
  const path = join(root, `browser-${(count += 1)}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
/** Its second call only writes down: without a screen Chromium does not hand an address on to the one that runs. */
const chromium = (log: string): string =>
  quietBrowser(
    `file="$(printf '%s' "$1" | sed 's,^--app=file://,,')"
     printf '%s\\n' "$@" > ${log}; stat -c %a "$file" > ${log}.mode; cp "$file" ${log}.page
     [ -e ${log}.pid ] && exit 0
     echo $$ > ${log}.pid
     exec ${process.env.CHROMIUM ?? "/usr/bin/chromium"} --headless=new --disable-gpu "$@"`,
  );
/** Desktops put things of their own beside. */
const ours = (runtime: string): string[] => readdirSync(runtime).filter((name) => name.startsWith("satchel"));
const redirectFiles = (runtime: string): string[] =>
  readdirSync(runtime, { recursive: true, encoding: "utf8" }).filter((name) => /open-[0-9a-f]+\.html$/.test(name));

describe("satchel open", () => {
  it("opens the window by a file that only its user can read, gone once it was used, and ends with the window", async () => {
    const log = join(root, "log");
    const started = start({ browser: chromium(log) });
    await expect.poll(() => started.notes, { timeout: 30_000 }).toEqual(["The window is open."]);
    expect(readFileSync(`${log}.mode`, "utf8").trim()).toBe("600");
    expect(redirectFiles(started.runtime)).toEqual([]);
    const ticket = /#([\w-]{43})"/.exec(readFileSync(`${log}.page`, "utf8"))?.[1] ?? "none";
    const args = readFileSync(log, "utf8");
    expect(args).not.toContain(ticket);
    expect(args).not.toContain("127.0.0.1:");
    const [folder] = ours(started.runtime);
    expect(statSync(join(started.runtime, folder ?? "")).mode & 0o777).toBe(0o700);
    process.kill(Number(readFileSync(`${log}.pid`, "utf8")), "SIGTERM");
    await started.ended;
    expect(ours(started.runtime)).toEqual([]);
    expect(existsSync(join(started.workspace, "window.sock"))).toBe(false);
  });

  it("says so where the browser ends before it has shown anything, and leaves nothing behind", async () => {
    const started = start({ browser: quietBrowser("exit 0") });
    await expect(started.ended).rejects.toMatchObject({ code: "CONNECTION_LOST" });
    expect(ours(started.runtime)).toEqual([]);
  });

  it("says so where the browser cannot be started", async () => {
    const path = quietBrowser("");
    writeFileSync(path, "#!/no/such/interpreter\n");
    await expect(start({ browser: path }).ended).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(start({ browser: "/no/such/browser" }).ended).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("prints an address without a window, and asked a second time gives another", async () => {
    const started = start({ headless: true });
    await expect.poll(() => started.addresses.length).toBe(1);
    const [first = ""] = started.addresses;
    const again = await ringDoorbell(started.workspace, "address");
    expect(again?.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
    expect(again?.address).not.toBe(first);
    expect(new URL(again?.address ?? "").host).toBe(new URL(first).host);
    expect(statSync(join(started.workspace, "window.sock")).mode & 0o777).toBe(0o600);
    started.stop();
    await started.ended;
    expect(await ringDoorbell(started.workspace, "address")).toBeUndefined();
  });

  it("opens another window of the one that runs", async () => {
    const log = join(root, "second");
    const started = start({ browser: chromium(log), stay: true });
    await expect.poll(() => started.notes, { timeout: 30_000 }).toEqual(["The window is open."]);
    const before = readFileSync(`${log}.page`, "utf8");
    expect(await ringDoorbell(started.workspace, "window")).toEqual({ address: null });
    await expect.poll(() => readFileSync(`${log}.page`, "utf8"), { timeout: 30_000 }).not.toBe(before);
    expect(readFileSync(`${log}.mode`, "utf8").trim()).toBe("600");
    const address = new URL(/url=(.*)"/.exec(readFileSync(`${log}.page`, "utf8"))?.[1] ?? "");
    const headers = { authorization: `Bearer ${address.hash.slice(1)}` };
    const answer = await fetch(new URL("/session", address), { method: "POST", headers });
    expect(answer.status).toBe(200);
    expect(redirectFiles(started.runtime)).toEqual([]);
    started.stop();
    await started.ended;
  });

  it("names the near end of a tunnel, and no address of another machine", async () => {
    const started = start({ headless: true, origins: ["http://localhost:9000"] });
    await expect.poll(() => started.addresses[0]).toMatch(/^http:\/\/localhost:9000\/#[\w-]{43}$/);
    started.stop();
    await started.ended;
    for (const origin of [
      "http://hospital.example",
      "https://localhost:1",
      "http://10.0.0.1:80",
      "localhost:1",
      "http://localhost:1/x",
    ])
      expect(() => allowedHosts(1, [origin]), origin).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  it("says which port is not free", async () => {
    const started = start({ headless: true });
    await expect.poll(() => started.addresses.length).toBe(1);
    const port = Number(new URL(started.addresses[0] ?? "").port);
    await expect(start({ headless: true, port }).ended).rejects.toMatchObject({ code: "IN_USE" });
    started.stop();
    await started.ended;
  });
});

describe("the folder for what the browser writes", () => {
  it("is the user's own, and what a window that was killed has left goes with the next, but nothing that is in use", () => {
    const runtime = temporaryDirectoryFor("runtime");
    process.env.XDG_RUNTIME_DIR = runtime;
    const dead = execFileSync("sh", ["-c", "echo $$"], { encoding: "utf8" }).trim();
    mkdirSync(join(runtime, `satchel-window-${dead}-x`, "profile"), { recursive: true });
    mkdirSync(join(runtime, "satchel-window-1-y"));
    const folder = makePrivateFolder();
    expect(dirname(folder)).toBe(runtime);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(ours(runtime).toSorted()).toEqual(["satchel-window-1-y", basename(folder)].toSorted());
  });

  it("is not taken where others may enter, whatever the environment says", () => {
    const runtime = temporaryDirectoryFor("open-to-all");
    chmodSync(runtime, 0o755);
    process.env.XDG_RUNTIME_DIR = runtime;
    const folder = makePrivateFolder();
    expect(dirname(folder)).not.toBe(runtime);
    rmSync(folder, { recursive: true });
  });
});

describe("the end of a window", () => {
  const grace = { page: 40, look: 10 };

  it("does not come while a page is loaded anew", async () => {
    const life = watchWindow(
      () => false,
      () => undefined,
      grace,
    );
    let over = false;
    void life.over.then(() => (over = true));
    life.pages(1);
    life.pages(0);
    life.pages(1);
    await wait(grace.page * 3);
    expect(over).toBe(false);
    life.pages(0);
    expect(await life.over).toBe("closed");
  });

  it("waits for the jobs that run, says so once, and comes when they have ended", async () => {
    let busy = true;
    let said = 0;
    const life = watchWindow(
      () => busy,
      () => said++,
      grace,
    );
    let over = false;
    void life.over.then(() => (over = true));
    life.pages(1);
    life.pages(0);
    await expect.poll(() => said).toBe(1);
    await wait(grace.look * 5);
    expect([said, over]).toEqual([1, false]);
    busy = false;
    expect(await life.over).toBe("closed");
  });
});

describe("the browser that is taken", () => {
  const find = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, there: string, wanted?: string): string =>
    findBrowser(wanted, { platform, env, isProgram: (path) => path === there });

  it.each([
    ["linux", { PATH: "/usr/local/bin:/usr/bin" }, "/usr/bin/chromium"],
    ["linux", { PATH: "/usr/bin" }, "/usr/bin/microsoft-edge-stable"],
    ["darwin", { HOME: "/Users/anna" }, "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
  ] as const)("is found on %s", (platform, env, path) => {
    expect(find(platform, env, path)).toBe(path);
  });

  it("is never one of the folder that one happens to be in", () => {
    expect(() => find("linux", { PATH: ".::bin" }, "chromium")).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
  });

  it("is said to be missing, with what to install", () => {
    expect(() => find("win32", { PROGRAMFILES: "C:\\Program Files" }, "none")).toThrow(
      expect.objectContaining({ code: "NOT_FOUND", next: expect.stringContaining("Install Chromium") as string }),
    );
  });
});
