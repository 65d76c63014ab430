import { BrowserWindow, screen, session } from "electron";
import { join } from "node:path";
import { PRODUCT_FOLDER } from "../../places.ts";
import { placeWindow, readWindowState, SMALLEST, writeWindowState } from "./window-state.ts";

/** In memory alone: no picture and no name of a patient is left in a cache on the disk. */
const PARTITION = "satchel";

export function pageSession(): Electron.Session {
  return session.fromPartition(PARTITION, { cache: false });
}

/**
 * Makes the one window, where it was left the last time, still empty and hidden.
 *
 * @param stateFile remembers its place
 * @param developer allows the tools of developers
 */
export function makeWindow(stateFile: string, developer: boolean): BrowserWindow {
  const state = readWindowState(stateFile);
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const window = new BrowserWindow({
    ...placeWindow(
      state,
      [primary, ...others].map((display) => display.workArea),
    ),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: "Satchel",
    icon: join(PRODUCT_FOLDER, "resources", "icons", "satchel-256.png"),
    show: false,
    webPreferences: {
      partition: PARTITION,
      preload: join(PRODUCT_FOLDER, "out", "preload", "index.cjs"),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: developer,
    },
  });
  if (state?.maximized === true) window.maximize();
  const remember = (): void => {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  window.on("close", remember);
  window.once("ready-to-show", () => window.show());
  return window;
}
