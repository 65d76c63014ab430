/**
 * Answers for the module `electron` where its binary is not present: the parts that Satchel uses, over a page in real Chromium. What the
 * application asks of the platform is told to the test (control.ts); what a person answers comes from it.
 */
import { createCipheriv, createDecipheriv } from "node:crypto";
import { EventEmitter } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { Contents, network } from "./contents.ts";
import { answerOf, onAct, record } from "./control.ts";

type Bounds = { x?: number; y?: number; width: number; height: number };
type WindowOptions = Bounds & { webPreferences: { preload: string } };
type Item = { label?: string; role?: string; click?: () => void; submenu?: Item[] };

const setting = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const paths: Record<string, string> = { appData: tmpdir(), userData: setting("user-data-dir") ?? tmpdir() };
let chromium: BrowserContext | undefined;
let menu: Item[] = [];

class App extends EventEmitter {
  readonly isPackaged = setting("double-packaged") !== undefined;
  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void => record("appendSwitch", name, value ?? ""),
    hasSwitch: (name: string): boolean => setting(name) !== undefined,
    getSwitchValue: (name: string): string => setting(name) ?? "",
  };
  enableSandbox(): void {
    record("app.enableSandbox");
  }
  async whenReady(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }
  getPath(name: string): string {
    return paths[name] ?? tmpdir();
  }
  setPath(name: string, path: string): void {
    paths[name] = path;
  }
  /** The first process keeps its number in a file; a later one wakes it. */
  requestSingleInstanceLock(): boolean {
    mkdirSync(this.getPath("userData"), { recursive: true });
    const lock = join(this.getPath("userData"), "double-instance");
    if (existsSync(lock)) {
      try {
        process.kill(Number(readFileSync(lock, "utf8")), "SIGUSR2");
        return false;
      } catch {
        rmSync(lock);
      }
    }
    writeFileSync(lock, String(process.pid));
    process.on("SIGUSR2", () => this.emit("second-instance"));
    process.on("exit", () => rmSync(lock, { force: true }));
    return true;
  }
  exit(code: number): void {
    record("app.exit", code);
    void (chromium?.close() ?? Promise.resolve()).finally(() => process.exit(code));
  }
}
export const app = new App();
export const ipcMain = new EventEmitter();

export class BrowserWindow extends EventEmitter {
  readonly webContents: Contents;
  #bounds: Required<Bounds>;
  #maximized = false;

  constructor(options: WindowOptions) {
    super();
    record("BrowserWindow", options);
    this.#bounds = { x: 0, y: 0, ...options };
    this.webContents = new Contents(options.webPreferences.preload, ipcMain);
    app.emit("web-contents-created", {}, this.webContents);
    onAct(({ act, value }) => {
      if (act === "close") this.close();
      else if (act === "maximize") this.maximize();
      else if (act === "resize") this.#bounds = value as Required<Bounds>;
      else if (act === "load") void this.webContents.load(String(value));
      else findItem(menu, String(value))?.click?.();
    });
  }
  async loadURL(url: string): Promise<void> {
    chromium = await this.webContents.start(join(app.getPath("userData"), "chromium"));
    await this.webContents.load(url);
    this.emit("ready-to-show");
  }
  show = (): void => record("window.show");
  focus = (): void => record("window.focus");
  isMinimized = (): boolean => false;
  isFullScreen = (): boolean => false;
  isDestroyed = (): boolean => false;
  isMaximized = (): boolean => this.#maximized;
  maximize = (): void => {
    this.#maximized = true;
    record("window.maximize");
  };
  getNormalBounds(): Bounds {
    const { x, y, width, height } = this.#bounds;
    return { x, y, width, height };
  }
  setProgressBar = (value: number): void => record("window.setProgressBar", value);
  close(): void {
    let prevented = false;
    this.emit("close", { preventDefault: () => (prevented = true) });
    if (!prevented) app.exit(0);
  }
}

const pageSession = Object.assign(new EventEmitter(), {
  protocol: {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => network.handlers.set(scheme, handler),
  },
  webRequest: { onBeforeRequest: (handler: typeof network.beforeRequest) => (network.beforeRequest = handler) },
  setPermissionRequestHandler: () => record("session.setPermissionRequestHandler"),
  setPermissionCheckHandler: (check: (contents: null, permission: string) => boolean) => {
    network.permits = (permission) => check(null, permission);
  },
  setDevicePermissionHandler: () => record("session.setDevicePermissionHandler"),
  setDisplayMediaRequestHandler: () => record("session.setDisplayMediaRequestHandler"),
  setSpellCheckerEnabled: (enabled: boolean) => record("session.setSpellCheckerEnabled", enabled),
});
export const session = {
  fromPartition: (name: string, options: unknown): typeof pageSession => {
    record("session.fromPartition", name, options);
    return pageSession;
  },
};
export const protocol = { registerSchemesAsPrivileged: (schemes: unknown): void => record("schemes", schemes) };

async function ask(what: string, options: unknown): Promise<unknown> {
  record(what, options);
  return answerOf(what);
}
export const dialog = {
  showMessageBox: (_window: unknown, options: unknown) => ask("dialog.showMessageBox", options),
  showOpenDialog: (_window: unknown, options: unknown) => ask("dialog.showOpenDialog", options),
  showSaveDialog: (_window: unknown, options: unknown) => ask("dialog.showSaveDialog", options),
};

/** Like Chromium's on Linux: "v11" under a key of the desktop's key store, "v10" under one that everybody knows. */
const store = setting("password-store") ?? "gnome_libsecret";
const storeKey = Buffer.alloc(32, store === "basic_text" ? 1 : 7);
export const safeStorage = {
  isEncryptionAvailable: (): boolean => store !== "none",
  getSelectedStorageBackend: (): string => store,
  encryptString(text: string): Buffer {
    const cipher = createCipheriv("aes-256-ctr", storeKey, Buffer.alloc(16));
    return Buffer.concat([Buffer.from(store === "basic_text" ? "v10" : "v11"), cipher.update(text), cipher.final()]);
  },
  decryptString: (sealed: Buffer): string =>
    createDecipheriv("aes-256-ctr", storeKey, Buffer.alloc(16)).update(sealed.subarray(3)).toString("utf8"),
};

let blockers = 0;
export const powerSaveBlocker = {
  start(kind: string): number {
    record("powerSaveBlocker.start", kind);
    return ++blockers;
  },
  stop: (id: number): void => record("powerSaveBlocker.stop", id),
};
export const Menu = {
  buildFromTemplate: (template: Item[]): Item[] => template,
  setApplicationMenu(template: Item[] | null): void {
    menu = template ?? [];
    record("menu", template);
  },
};
export const nativeImage = {
  createFromPath: (path: string) => ({ path, empty: !existsSync(path) }),
};
export const shell = {
  showItemInFolder: (path: string): void => record("shell.showItemInFolder", path),
  openExternal: (address: string): Promise<void> => Promise.resolve(record("shell.openExternal", address)),
};

const displays = JSON.parse(setting("double-displays") ?? '[{"x":0,"y":0,"width":1920,"height":1040}]') as Bounds[];
const faces = displays.map((workArea, id) => ({ id, workArea }));
export const screen = { getPrimaryDisplay: () => faces[0], getAllDisplays: () => faces };

function findItem(items: readonly Item[], label: string): Item | undefined {
  for (const item of items) {
    const found = item.label === label ? item : findItem(item.submenu ?? [], label);
    if (found !== undefined) return found;
  }
  return undefined;
}
