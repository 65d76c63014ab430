import { contextBridge, ipcRenderer } from "electron";

// Text frames both ways (contract/rpc.ts) and nothing else; the main process checks who sends them.
contextBridge.exposeInMainWorld("satchel", {
  send: (text: string) => ipcRenderer.send("satchel", text),
  onText: (handler: (text: string) => void) => {
    ipcRenderer.on("satchel", (_event, text: string) => handler(text));
  },
});
