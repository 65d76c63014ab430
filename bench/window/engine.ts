// The engine in a process of its own, as `satchel open` runs it, with a way in for the benchmark: see engine-process.ts.
import { calls } from "../../src/contract/calls.ts";
import { toErrorRecord } from "../../src/contract/errors.ts";
import { createMemoryWire } from "../../src/contract/memory-wire.ts";
import { connect } from "../../src/contract/rpc.ts";
import { createApp } from "../../src/main/app.ts";
import { PAGE_FOLDER, workerEntry } from "../../src/main/places.ts";
import { serveLoopback } from "../../src/main/shells/loopback/server.ts";
import type { FromEngine, ToEngine } from "./engine-process.ts";
import { watchTurns } from "./turns.ts";

const [workspace = "", keyFile = ""] = process.argv.slice(2);
const turns = watchTurns();
const app = await createApp({
  paths: { workspace },
  access: "write",
  shell: "loopback",
  user: "bench",
  now: () => new Date(),
  workerFile: workerEntry("jobs/worker"),
  secrets: () => ({ kind: "key-file", path: keyFile }),
});
const server = await serveLoopback(app, PAGE_FOLDER, 0);
const [page, engine] = createMemoryWire();
app.serve(engine);
const client = connect(calls, page) as unknown as Record<string, (input: unknown) => unknown>;
const post = (message: FromEngine): void => void process.send?.(message);

async function answer(question: ToEngine): Promise<unknown> {
  if (question.ask === "address") return server.newAddress();
  if (question.ask === "turns") return turns();
  if (question.ask === "memory") return process.memoryUsage();
  const began = performance.now();
  const answered = client[question.name]?.(question.input);
  let last: unknown;
  if (typeof answered === "object" && answered !== null && Symbol.asyncIterator in answered)
    for await (const value of answered as AsyncIterable<unknown>) last = value;
  else last = await answered;
  return { value: last, ms: performance.now() - began };
}

process.on("message", (message: { id: number; question: ToEngine }) => {
  const { id, question } = message;
  answer(question).then(
    (value) => post({ id, value }),
    (thrown: unknown) => post({ id, error: toErrorRecord(thrown) }),
  );
});
process.once("disconnect", () => {
  void server
    .close()
    .then(() => app.close())
    .finally(() => process.exit(0));
});
post({ id: 0, value: "ready" });
