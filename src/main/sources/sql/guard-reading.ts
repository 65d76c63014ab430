import type { Duplex } from "node:stream";

/**
 * Ends the connection where an answer of the server cannot be read. The drivers read within the socket's "data" event: what is thrown there,
 * as by a text longer than any string may be, is nobody's to catch and would end the process with all that runs in it.
 *
 * @param driver a connection of pg or mysql2 that is established: it holds its socket, encrypted or not, under this name
 */
export function guardReading(driver: object): void {
  const { stream } = driver as { stream?: Duplex };
  if (stream === undefined) throw new Error("the driver does not show its socket");
  for (const listener of stream.listeners("data") as ((data: Buffer) => void)[]) {
    stream.off("data", listener);
    stream.on("data", (data: Buffer) => {
      try {
        listener.call(stream, data);
      } catch (error) {
        stream.destroy(error as Error);
      }
    });
  }
}
