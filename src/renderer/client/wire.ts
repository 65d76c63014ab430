import type { Wire } from "../../contract/rpc.ts";
import { session } from "./session.ts";

export { authorization } from "./session.ts";

/** What the Electron preload puts into the page. */
export interface Bridge {
  send(text: string): void;
  onText(handler: (text: string) => void): void;
  /** Where something dropped on the window lies; "" where it lies nowhere. Browsers tell no page. */
  pathOf(dropped: File): string;
}
declare global {
  interface Window {
    satchel?: Bridge;
  }
}

/** Opens the wire that this shell offers. @throws OldAddressError; others where the connection is refused */
export async function openWire(): Promise<Wire> {
  return window.satchel === undefined ? overWebSocket(await session()) : overBridge(window.satchel);
}

function overBridge(bridge: Bridge): Wire {
  return {
    send: (text) => bridge.send(text),
    onText: (handler) => bridge.onText(handler),
    // The main process and the page live and die together.
    onClose: () => undefined,
    close: () => undefined,
  };
}

function overWebSocket(token: string): Promise<Wire> {
  const { promise, resolve, reject } = Promise.withResolvers<Wire>();
  const socket = new WebSocket(`ws://${globalThis.location.host}/wire`, ["satchel", token]);
  socket.addEventListener("open", () =>
    resolve({
      send: (text) => socket.send(text),
      onText: (handler) => socket.addEventListener("message", (event) => handler(String(event.data))),
      onClose: (handler) => socket.addEventListener("close", () => handler()),
      close: () => socket.close(),
    }),
  );
  socket.addEventListener("close", () => reject(new Error("refused")));
  return promise;
}
