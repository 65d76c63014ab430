import { createServer } from "node:http";
import type { OrthancServer } from "../support/orthanc.ts";

/** A way to an Orthanc server that can be shut: requests wait behind it, and go on once it is open again. */
export interface GatedOrthanc {
  url: string;
  /** Paths asked for, in order. */
  asked: string[];
  /** Lets this many more requests through, then shuts. */
  letThrough(count: number): void;
  open(): void;
  close(): Promise<void>;
}

export async function startGate(orthanc: OrthancServer): Promise<GatedOrthanc> {
  let left = Infinity;
  let waiting: (() => void)[] = [];
  const gated: Omit<GatedOrthanc, "url"> = {
    asked: [],
    letThrough: (count) => void (left = count),
    open() {
      left = Infinity;
      for (const go of waiting) go();
      waiting = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    const pass = async (): Promise<void> => {
      const { authorization = "" } = request.headers;
      const answer = await fetch(`${orthanc.url}${request.url}`, { headers: { authorization } });
      const body = Buffer.from(await answer.arrayBuffer());
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
      response.end(body);
    };
    gated.asked.push(request.url ?? "");
    left -= 1;
    if (left < 0) waiting.push(() => void pass());
    else void pass();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return Object.assign(gated, { url: `http://127.0.0.1:${address.port}` });
}
