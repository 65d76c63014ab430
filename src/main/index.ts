/** Entry of the window under Electron. What must happen before the platform is ready happens here, in the first turn. */
import { app, Menu, protocol, type BrowserWindow } from "electron";
import { join } from "node:path";
import { toErrorRecord } from "../contract/errors.ts";
import { forbidLeaving, keepQuiet } from "./shells/electron/guard.ts";
import { SCHEMES } from "./shells/electron/scheme.ts";
import { startWindow } from "./shells/electron/start.ts";

keepQuiet(app);
forbidLeaving(app);
protocol.registerSchemesAsPrivileged(SCHEMES);
// Not the default, which on a Mac and on Windows is where the workspace may be; and nothing of a patient is ever written there.
if (!app.commandLine.hasSwitch("user-data-dir"))
  app.setPath("userData", join(app.getPath("appData"), "Satchel Window"));
// A menu of ours comes with the window; until then there is none.
Menu.setApplicationMenu(null);

let window: BrowserWindow | undefined;

function comeForward(): void {
  if (window === undefined || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

async function open(): Promise<void> {
  try {
    await app.whenReady();
    window = await startWindow(app);
  } catch (thrown) {
    const { code, message } = toErrorRecord(thrown);
    console.error(`${message} [${code}]`);
    app.exit(1);
  }
}

if (app.requestSingleInstanceLock()) {
  app.on("second-instance", comeForward);
  app.on("activate", comeForward);
  void open();
} else {
  // The one that runs shows itself.
  app.exit(0);
}
