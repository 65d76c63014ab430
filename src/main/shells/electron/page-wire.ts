/**
 * The wire of the window: one IPC channel, "satchel", each way, that carries the text frames of contract/rpc.ts.
 *
 * Only the main frame of our own window, showing our own page, may send; whatever else comes is dropped. A document that is loaded
 * (again) begins a new wire and ends the one before it, so that nothing goes on for a page that is gone.
 */
import type { IpcMain, IpcMainEvent, WebContents } from "electron";
import type { Wire } from "../../../contract/rpc.ts";
import { ORIGIN } from "./scheme.ts";

const CHANNEL = "satchel";

/** @param begin is given the wire of each document */
export function servePage(ipcMain: IpcMain, contents: WebContents, begin: (wire: Wire) => void): void {
  let current: PageWire | undefined;
  const end = (): void => {
    current?.close();
    current = undefined;
  };
  const receive = (event: IpcMainEvent, text: unknown): void => {
    if (!isOurPage(event, contents) || typeof text !== "string") return;
    if (current === undefined) {
      current = openPageWire(contents);
      begin(current);
    }
    current.receive(text);
  };
  ipcMain.on(CHANNEL, receive);
  contents.on("did-navigate", end);
  contents.on("render-process-gone", (_event, { reason }) => {
    end();
    if (reason !== "clean-exit" && !contents.isDestroyed()) contents.reload();
  });
  contents.once("destroyed", () => {
    end();
    ipcMain.off(CHANNEL, receive);
  });
}

function isOurPage(event: IpcMainEvent, contents: WebContents): boolean {
  const frame = event.senderFrame;
  // Null where the frame has gone meanwhile.
  if (frame === null || event.sender !== contents || contents.isDestroyed()) return false;
  return frame === contents.mainFrame && (frame.url === ORIGIN || frame.url.startsWith(`${ORIGIN}/`));
}

interface PageWire extends Wire {
  /** Hands on what the page sent. */
  receive(text: string): void;
}

function openPageWire(contents: WebContents): PageWire {
  let closed = false;
  let hear: (text: string) => void = () => undefined;
  const closing: (() => void)[] = [];
  return {
    receive(text) {
      if (!closed) hear(text);
    },
    send(text) {
      if (!closed && !contents.isDestroyed()) contents.send(CHANNEL, text);
    },
    onText(handler) {
      hear = handler;
    },
    onClose(handler) {
      closing.push(handler);
    },
    close() {
      if (closed) return;
      closed = true;
      for (const handler of closing) handler();
    },
  };
}
