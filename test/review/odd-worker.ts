/** A side thread for tests: frame 1 never comes back, frame 2 ends the thread, anything else is answered with its number. */
import { parentPort } from "node:worker_threads";
import { noteFrame } from "../../src/main/jobs/watchdog.ts";
import type { FromSideThread, ToSideThread } from "../../src/main/review/side-messages.ts";

let watch = new SharedArrayBuffer(8);
parentPort?.on("message", (message: ToSideThread) => {
  if (message.type === "watch") ({ watch } = message);
  if (message.type !== "ask" || message.question.kind !== "picture") return;
  const { frame } = message.question;
  noteFrame(watch, 0, message.id);
  if (frame === 1) for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
  if (frame === 2) throw new Error("the thread ends");
  noteFrame(watch, 0);
  const answer = { png: Uint8Array.of(frame), window: undefined };
  parentPort?.postMessage({ type: "answer", id: message.id, answer } satisfies FromSideThread);
});
