import type { IncomingMessage } from "node:http";
import { networkError } from "./exchange.ts";

/** Takes a body while it arrives. `begin` is called once for each attempt and must forget what came before. */
export interface BodySink {
  /** @param length Content-Length in bytes, undefined where the server did not say. Throwing ends the request for good. */
  begin(length: number | undefined): void;
  chunk(chunk: Buffer): void;
}

/**
 * Reads a body to its end.
 *
 * @param tooMuch what is thrown where it has more bytes than `maximumBytes`
 * @throws what the sink throws; ECONNRESET where the body is shorter than it should be
 */
export function readBody(
  response: IncomingMessage,
  maximumBytes: number,
  tooMuch: () => Error,
  sink: BodySink,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const announced = Number(response.headers["content-length"] ?? Number.NaN);
    const length = Number.isNaN(announced) ? undefined : announced;
    let received = 0;
    const fail = (error: unknown): void => {
      reject(error instanceof Error ? error : new Error(String(error)));
      response.destroy();
    };
    response.on("error", fail);
    try {
      if (length !== undefined && length > maximumBytes) throw tooMuch();
      sink.begin(length);
    } catch (error) {
      fail(error);
      return;
    }
    response.on("data", (chunk: Buffer) => {
      received += chunk.length;
      try {
        if (received > maximumBytes) throw tooMuch();
        sink.chunk(chunk);
      } catch (error) {
        fail(error);
      }
    });
    response.on("end", () => {
      if (!response.complete || (length !== undefined && received !== length)) reject(networkError("ECONNRESET"));
      else resolve();
    });
  });
}
