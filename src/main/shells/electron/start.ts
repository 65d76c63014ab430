import { dialog, ipcMain, Menu, nativeImage, powerSaveBlocker, safeStorage, shell } from "electron";
import type { App as ElectronApp, BrowserWindow } from "electron";
import { join } from "node:path";
import { defaultWorkspace } from "../../access/default-workspace.ts";
import { createApp, type App, type AppPorts } from "../../app.ts";
import { currentUser } from "../../audit/audit-record.ts";
import { PAGE_FOLDER, PRODUCT_FOLDER, workerEntry } from "../../places.ts";
import { answerPicture } from "../picture-answer.ts";
import { showAbout, windowSoftware } from "./about.ts";
import { Activity } from "./activity.ts";
import { askBeforeClosing } from "./closing.ts";
import { nativeDialogs } from "./dialogs.ts";
import { guardSession } from "./guard.ts";
import { keptKey } from "./kept-key.ts";
import { menuTemplate } from "./menu.ts";
import { servePage } from "./page-wire.ts";
import { answerScheme, ORIGIN } from "./scheme.ts";
import { makeWindow, pageSession } from "./window.ts";

/** Once the platform is ready: opens the workspace, where that needs no question, and shows the window. @returns the window */
export async function startWindow(electron: ElectronApp): Promise<BrowserWindow> {
  const session = pageSession();
  const developer = !electron.isPackaged;
  guardSession(session, developer);
  const window = makeWindow(join(electron.getPath("userData"), "window.json"), developer);
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate(process.platform, developer, { about: () => showAbout(dialog, window) })),
  );
  const activity = new Activity(powerSaveBlocker);
  activity.showOn(window);
  const app = await createApp(windowPorts(electron, window, activity));
  answerScheme(session.protocol, PAGE_FOLDER, (url, signal) => answerPicture(app, url, signal));
  servePage(ipcMain, window.webContents, (wire) => app.serve(wire));
  askBeforeClosing(window, dialog, activity, () => void endApplication(electron, app));
  await window.loadURL(`${ORIGIN}/`);
  return window;
}

function windowPorts(electron: ElectronApp, window: BrowserWindow, activity: Activity): AppPorts {
  const workspace = electron.commandLine.getSwitchValue("workspace") || defaultWorkspace();
  const secrets = keptKey(safeStorage, workspace);
  const icon = nativeImage.createFromPath(join(PRODUCT_FOLDER, "resources", "icons", "package-64.png"));
  return {
    paths: { workspace },
    access: "write",
    ...(secrets === undefined ? {} : { secrets }),
    workerFile: workerEntry("jobs/worker"),
    user: currentUser(),
    now: () => new Date(),
    shell: "electron",
    software: windowSoftware(),
    ...nativeDialogs(dialog, () => window),
    reveal: (path) => Promise.resolve(shell.showItemInFolder(path)),
    openAddress: (address) => shell.openExternal(address),
    // Which paths may be dragged is the engine's to say: packages that it made.
    dragOut: (path) => window.webContents.startDrag({ file: path, icon }),
    resumeJobs: true,
    onBusy: (busy, progress) => activity.tell(busy, progress),
  };
}

/** The exit code says whether everything was put away. */
async function endApplication(electron: ElectronApp, app: App): Promise<void> {
  let code = 0;
  await app.close().catch(() => (code = 1));
  electron.exit(code);
}
