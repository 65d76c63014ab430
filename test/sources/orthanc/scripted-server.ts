import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll } from "vitest";

export interface ScriptedServer {
  url: string;
  requests: IncomingMessage[];
  /** Connections accepted so far. */
  connections: number;
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  close(): Promise<void>;
}

/** A real HTTP server on a free loopback port that answers what the test says; closed after the tests of the file. */
export async function startScriptedServer(answer: ScriptedServer["answer"] = (_, response) => response.end()) {
  const server = createServer((request, response) => {
    scripted.requests.push(request);
    scripted.answer(request, response);
  });
  server.on("connection", () => scripted.connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const scripted: ScriptedServer = {
    url: `http://127.0.0.1:${address.port}`,
    requests: [],
    connections: 0,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  afterAll(() => scripted.close());
  return scripted;
}
