import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Keeps no more than `most` connections, without shutting out the window: where one comes too many, the one that has been there longest
 * without a request under way goes, and where all have one, the one whose answer has been lying longest. Turning away the newcomer
 * instead would let anybody on the machine keep the page out by connections that do nothing, or do not read.
 *
 * @returns `release` takes one out of the count (a wire or a request that has shown its session), `busy` marks a request until the call it
 * returns; undefined where one is under way already: browsers do not ask for more, and answers that nobody reads would fill the memory
 */
export function limitConnections(
  server: Server,
  most: number,
): { release(socket: Socket): void; busy(socket: Socket): (() => void) | undefined; closeAll(): void } {
  const idle = new Set<Socket>();
  const busy = new Set<Socket>();
  const released = new Set<Socket>();
  const asking = new Set<Socket>();
  const every = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    every.add(socket);
    idle.add(socket);
    socket.on("close", () => {
      every.delete(socket);
      idle.delete(socket);
      busy.delete(socket);
      released.delete(socket);
      asking.delete(socket);
    });
    socket.on("error", () => socket.destroy());
    if (idle.size + busy.size <= most) return;
    const [longest] = idle.size > 1 ? idle : busy;
    longest?.destroy();
    // Destroyed sockets close in a later turn; they count no more from now on.
    if (longest === undefined) return;
    idle.delete(longest);
    busy.delete(longest);
  });
  return {
    release(socket) {
      released.add(socket);
      idle.delete(socket);
      busy.delete(socket);
    },
    busy(socket) {
      if (asking.has(socket)) return undefined;
      asking.add(socket);
      if (idle.delete(socket)) busy.add(socket);
      return () => {
        asking.delete(socket);
        if (busy.delete(socket) && !socket.destroyed && !released.has(socket)) idle.add(socket);
      };
    },
    closeAll() {
      for (const socket of every) socket.destroy();
    },
  };
}
