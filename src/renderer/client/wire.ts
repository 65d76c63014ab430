import type { Wire } from "../../contract/rpc.ts";

/** What the Electron preload puts into the page: text frames both ways, and nothing else. */
export interface Bridge {
  send(text: string): void;
  onText(handler: (text: string) => void): void;
}
declare global {
  interface Window {
    satchel?: Bridge;
  }
}

const KEPT = "satchel-token";

/**
 * The session's token comes in the fragment, which no request bears, and is taken out of the address bar at once. A reload of the page
 * keeps it; another tab or a bookmark does not.
 */
function takeToken(): string {
  const { hash, pathname } = globalThis.location;
  if (hash.length > 1 && !hash.startsWith("#/")) {
    globalThis.sessionStorage.setItem(KEPT, hash.slice(1));
    globalThis.history.replaceState(null, "", pathname);
  }
  return globalThis.sessionStorage.getItem(KEPT) ?? "";
}
const token = takeToken();

/** For fetching pictures. Electron needs none: its scheme answers only its own window. */
export function authorization(): Record<string, string> {
  return window.satchel === undefined ? { authorization: `Bearer ${token}` } : {};
}

/** Opens the wire that this shell offers. @throws where the connection is refused */
export function openWire(): Promise<Wire> {
  return window.satchel === undefined ? overWebSocket() : Promise.resolve(overBridge(window.satchel));
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

function overWebSocket(): Promise<Wire> {
  const { promise, resolve, reject } = Promise.withResolvers<Wire>();
  const socket = new WebSocket(`ws://${globalThis.location.host}/wire`, [token]);
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
