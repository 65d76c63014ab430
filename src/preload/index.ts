import { contextBridge, ipcRenderer, webUtils } from "electron";

// Text frames both ways (contract/rpc.ts), where a dropped folder is, and nothing else; the main process checks who sends frames.
contextBridge.exposeInMainWorld("satchel", {
  send: (text: string) => ipcRenderer.send("satchel", text),
  onText: (handler: (text: string) => void) => {
    ipcRenderer.on("satchel", (_event, text: string) => handler(text));
  },
  pathOf: (dropped: Parameters<typeof webUtils.getPathForFile>[0]) => webUtils.getPathForFile(dropped),
});
