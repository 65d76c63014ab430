import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Keeps no more than `most` connections, without shutting out the window: where one comes too many, the one that has been there longest
 * without a request under way goes. Turning away the newcomer instead would let idle connections of anybody on the machine keep the
 * page out.
 *
 * @returns `release` takes one out of the count (a wire that has shown its session), `busy` marks a request until the call it returns
 */
export function limitConnections(
  server: Server,
  most: number,
): { release(socket: Socket): void; busy(socket: Socket): () => void; closeAll(): void } {
  const idle = new Set<Socket>();
  const busy = new Map<Socket, number>();
  const every = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    every.add(socket);
    idle.add(socket);
    socket.on("close", () => {
      every.delete(socket);
      idle.delete(socket);
      busy.delete(socket);
    });
    socket.on("error", () => socket.destroy());
    if (idle.size + busy.size <= most) return;
    const [longest] = idle;
    longest?.destroy();
    // Destroyed sockets close in a later turn; they count no more from now on.
    if (longest !== undefined) idle.delete(longest);
  });
  return {
    release(socket) {
      idle.delete(socket);
      busy.delete(socket);
    },
    busy(socket) {
      idle.delete(socket);
      busy.set(socket, (busy.get(socket) ?? 0) + 1);
      let done = false;
      return () => {
        const left = (busy.get(socket) ?? 0) - 1;
        if (done || left < 0) return;
        done = true;
        if (left > 0) busy.set(socket, left);
        else if (busy.delete(socket) && !socket.destroyed) idle.add(socket);
      };
    },
    closeAll() {
      for (const socket of every) socket.destroy();
    },
  };
}
