import type { WebSocket } from "ws";
import type { Wire } from "../../../contract/rpc.ts";

/** While this many bytes wait for a page that does not read, nothing more is taken from it. */
const PAUSE_ABOVE = 4 * 1024 * 1024;
const RESUME_BELOW = 1024 * 1024;
/** A page that has left this many bytes lying is as good as gone. */
const END_ABOVE = 64 * 1024 * 1024;
/** A peer that answers no ping from one beat to the next is gone. */
const HEARTBEAT_MS = 30_000;

/** Carries frames over a WebSocket. What is sent to a slow page is bounded: it cannot make this process grow. */
export function toWire(peer: WebSocket): Wire {
  let alive = true;
  const heartbeat = setInterval(() => {
    if (!alive) peer.terminate();
    alive = false;
    peer.ping();
  }, HEARTBEAT_MS);
  heartbeat.unref();
  peer.on("pong", () => (alive = true));
  peer.on("close", () => clearInterval(heartbeat));
  // A frame that is too long, or none: ws closes the connection by itself, and says so here.
  peer.on("error", () => peer.terminate());
  const sent = (): void => {
    if (peer.isPaused && peer.bufferedAmount < RESUME_BELOW) peer.resume();
  };
  return {
    send(text) {
      if (peer.readyState !== peer.OPEN) return;
      peer.send(text, sent);
      if (peer.bufferedAmount > END_ABOVE) peer.terminate();
      else if (peer.bufferedAmount > PAUSE_ABOVE) peer.pause();
    },
    onText(handler) {
      peer.on("message", (data: Buffer, isBinary) => {
        if (isBinary) peer.close(1003);
        else handler(data.toString("utf8"));
      });
    },
    onClose: (handler) => void peer.on("close", handler),
    close: () => peer.close(),
  };
}
