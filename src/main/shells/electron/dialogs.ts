import type { BrowserWindow, Dialog } from "electron";
import type { AppPorts } from "../../app.ts";

/** The platform's own dialogs, over the window that is given; undefined means that the person chose nothing. */
export function nativeDialogs(
  dialog: Dialog,
  window: () => BrowserWindow,
): Required<Pick<AppPorts, "chooseFolder" | "chooseFile">> {
  return {
    async chooseFolder({ title, path }) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title,
        ...(path === undefined ? {} : { defaultPath: path }),
        properties: ["openDirectory", "createDirectory"],
      });
      return canceled ? undefined : filePaths[0];
    },
    async chooseFile({ title, purpose, name, extensions }) {
      const common = {
        title,
        ...(name === undefined ? {} : { defaultPath: name }),
        filters: extensions.length === 0 ? [] : [{ name: title, extensions: [...extensions] }],
      };
      if (purpose === "open") {
        const { canceled, filePaths } = await dialog.showOpenDialog(window(), { ...common, properties: ["openFile"] });
        return canceled ? undefined : filePaths[0];
      }
      // Satchel never overwrites: the dialog need not ask whether it should.
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        ...common,
        properties: ["createDirectory"],
      });
      return canceled || filePath === "" ? undefined : filePath;
    },
  };
}
