/** The real thing behind the same face. What it asks of the platform is noted by putting a note-taker around Electron's own functions. */
import { _electron } from "playwright-core";
import type { Launched, LaunchOptions } from "./launch.ts";

interface Notes {
  records: { what: string; args: unknown[] }[];
  answers: Record<string, unknown[]>;
}
type Noting = typeof globalThis & { satchelNotes: Notes };

const STORES = { gnome_libsecret: "gnome-libsecret", basic_text: "basic", none: "basic" };

export async function launchElectron(executablePath: string, options: LaunchOptions): Promise<Launched> {
  const electron = await _electron.launch({
    executablePath,
    args: [
      options.tree,
      "--no-sandbox",
      `--workspace=${options.workspace}`,
      `--user-data-dir=${options.userData}`,
      `--password-store=${STORES[options.keyStore ?? "gnome_libsecret"]}`,
    ],
  });
  await electron.evaluate(({ BrowserWindow, dialog, powerSaveBlocker, app }) => {
    const notes: Notes = { records: [], answers: {} };
    (globalThis as Noting).satchelNotes = notes;
    const note = (what: string, ...args: unknown[]): void => void notes.records.push({ what, args });
    const start = powerSaveBlocker.start.bind(powerSaveBlocker);
    const stop = powerSaveBlocker.stop.bind(powerSaveBlocker);
    powerSaveBlocker.start = (kind) => {
      note("powerSaveBlocker.start", kind);
      return start(kind);
    };
    powerSaveBlocker.stop = (id) => {
      note("powerSaveBlocker.stop", id);
      return stop(id);
    };
    Object.assign(dialog, {
      showMessageBox: async (_window: unknown, asked: unknown) => {
        note("dialog.showMessageBox", asked);
        while ((notes.answers["dialog.showMessageBox"] ?? []).length === 0) await new Promise((r) => setTimeout(r, 20));
        return notes.answers["dialog.showMessageBox"]?.shift();
      },
    });
    const watch = (window: Electron.BrowserWindow): void => {
      window.setProgressBar = (value) => note("window.setProgressBar", value);
      window.webContents.startDrag = (item) => note("webContents.startDrag", item);
      window.webContents.on("will-navigate", (event) => {
        if (event.defaultPrevented) note("refused navigation", event.url);
      });
    };
    for (const window of BrowserWindow.getAllWindows()) watch(window);
    app.on("browser-window-created", (_event, window) => watch(window));
  });
  const page = await electron.firstWindow();
  const exited = new Promise<number | null>((resolve) => electron.process().on("exit", resolve));
  return {
    page,
    exited,
    recorded: (wanted) =>
      electron.evaluate(
        (_electron, what) =>
          (globalThis as Noting).satchelNotes.records.filter((one) => one.what === what).map(({ args }) => args),
        wanted,
      ),
    answer: (dialog, value) =>
      electron.evaluate(
        (_electron, [name, given]) =>
          void ((globalThis as Noting).satchelNotes.answers[name as string] ??= []).push(given),
        [dialog, value],
      ),
    act: (act, value) =>
      electron.evaluate(
        async ({ BrowserWindow, Menu }, [what, given]) => {
          const window = BrowserWindow.getAllWindows()[0];
          if (what === "close") window?.close();
          else if (what === "maximize") window?.maximize();
          else if (what === "resize") window?.setBounds(given as Electron.Rectangle);
          else if (what === "load") await window?.loadURL(given as string).catch(() => undefined);
          else
            Menu.getApplicationMenu()
              ?.items.flatMap((item) => item.submenu?.items ?? [])
              .find((item) => item.label === given)
              ?.click();
        },
        [act, value] as const,
      ),
    async kill() {
      electron.process().kill("SIGKILL");
      await exited;
    },
  };
}
