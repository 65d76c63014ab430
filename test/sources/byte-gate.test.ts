import { expect, it } from "vitest";
import { createByteGate } from "../../src/main/sources/byte-gate.ts";

const { signal } = new AbortController();

it("lets in as much as fits, in order, and the next when something leaves", async () => {
  const gate = createByteGate(10);
  const entered: string[] = [];
  const enter = async (name: string, bytes: number) => {
    const leave = await gate.enter(bytes, signal);
    entered.push(name);
    return leave;
  };
  const a = await enter("a", 6);
  const waiting = [enter("b", 6), enter("c", 1)];
  await Promise.resolve();
  expect(entered).toEqual(["a"]);
  a();
  const leaves = await Promise.all(waiting);
  expect(entered).toEqual(["a", "b", "c"]);
  for (const leave of leaves) leave();
});

it("lets in one that is larger than the limit, alone", async () => {
  const gate = createByteGate(10);
  const leave = await gate.enter(100, signal);
  let second = false;
  const next = gate.enter(1, signal).then((done) => {
    second = true;
    return done;
  });
  await Promise.resolve();
  expect(second).toBe(false);
  leave();
  (await next)();
  expect(second).toBe(true);
});

it("forgets one that is cancelled while it waits, and goes on with the next", async () => {
  const gate = createByteGate(10);
  const leave = await gate.enter(10, signal);
  const controller = new AbortController();
  const cancelled = gate.enter(10, controller.signal);
  const next = gate.enter(10, signal);
  controller.abort();
  await expect(cancelled).rejects.toThrow("aborted");
  leave();
  (await next)();
  // All have left: the whole limit is free again.
  (await gate.enter(10, signal))();
});
