import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { RecordsGate } from "../src/main/records-gate.ts";

const never = new AbortController().signal;

/** Enters and writes down when it is in. */
function entering(gate: RecordsGate, how: "read" | "write", name: string, log: string[], signal = never) {
  return gate[how](signal, () => log.push(`${name} waits`)).then((leave) => {
    log.push(`${name} in`);
    return leave;
  });
}

test("exports read side by side, and a sync waits until the last of them has ended", async () => {
  const gate = new RecordsGate();
  const log: string[] = [];
  const first = await entering(gate, "read", "first", log);
  const second = await entering(gate, "read", "second", log);
  const sync = entering(gate, "write", "sync", log);
  first();
  await turn();
  expect(log).toEqual(["first in", "second in", "sync waits"]);
  expect(gate.isReading).toBe(true);
  second();
  second();
  const leave = await sync;
  expect(gate.isReading).toBe(false);
  const third = entering(gate, "read", "third", log);
  await turn();
  leave();
  (await third)();
  expect(log.slice(3)).toEqual(["sync in", "third waits", "third in"]);
});

test("an export that comes while a sync waits comes after it, so that no sync waits for ever", async () => {
  const gate = new RecordsGate();
  const log: string[] = [];
  const first = await entering(gate, "read", "first", log);
  const sync = entering(gate, "write", "sync", log);
  const late = entering(gate, "read", "late", log);
  first();
  const leave = await sync;
  await turn();
  expect(log).toEqual(["first in", "sync waits", "late waits", "sync in"]);
  leave();
  (await late)();
});

test("who is cancelled while waiting leaves the queue, and those behind go in", async () => {
  const gate = new RecordsGate();
  const log: string[] = [];
  const first = await entering(gate, "read", "first", log);
  const abort = new AbortController();
  const sync = entering(gate, "write", "sync", log, abort.signal);
  const late = entering(gate, "read", "late", log);
  abort.abort();
  await expect(sync).rejects.toMatchObject({ code: "CANCELLED" });
  (await late)();
  first();
  (await gate.write(never))();
  await expect(gate.read(AbortSignal.abort())).rejects.toMatchObject({ code: "CANCELLED" });
});
