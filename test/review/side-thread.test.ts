import { afterEach, describe, expect, test } from "vitest";
import type { PictureQuestion } from "../../src/main/review/side-messages.ts";
import { SideThread } from "../../src/main/review/side-thread.ts";

const never = new AbortController().signal;
const question = (frame: number): PictureQuestion => ({
  kind: "picture",
  place: {
    source: { id: 1, kind: "folder", config: {}, secret: undefined },
    locator: { ref: "", size: 0, stamp: "" },
    scratch: "",
  },
  frame,
  size: undefined,
  window: undefined,
});

describe("a thread beside the workers", () => {
  let thread: SideThread;
  const open = (longestFrameSeconds?: number): SideThread =>
    (thread = new SideThread(new URL("odd-worker.ts", import.meta.url), longestFrameSeconds));
  afterEach(() => thread.close());
  const ask = async (frame: number, signal = never): Promise<number | undefined> =>
    (await thread.ask(question(frame), signal)).png[0];

  test("answers many at once, each its own", async () => {
    open();
    const frames = Array.from({ length: 50 }, (_, index) => index + 10);
    expect(await Promise.all(frames.map((frame) => ask(frame)))).toEqual(frames);
  });

  test("a frame that never comes ends with its reason, and those behind it are answered all the same", async () => {
    open(0);
    const asked = [10, 1, 11, 12, 13, 14, 15].map((frame) => ask(frame));
    const settled = await Promise.allSettled(asked);
    expect(
      settled.map((one) => (one.status === "fulfilled" ? one.value : (one.reason as { code: string }).code)),
    ).toEqual([10, "CANNOT_RENDER", 11, 12, 13, 14, 15]);
  });

  test("a thread that dies fails what it had in hand, and the next question starts another", async () => {
    open();
    await expect(ask(2)).rejects.toMatchObject({ code: "WORKER_DIED" });
    expect(await ask(7)).toBe(7);
  });

  test("what is aborted is answered at once, whether it waits or is in hand", async () => {
    open();
    const stop = new AbortController();
    const asked = [1, 20, 21, 22, 23, 24].map((frame) => ask(frame, stop.signal));
    stop.abort();
    for (const one of asked) await expect(one).rejects.toMatchObject({ code: "CANCELLED" });
    await expect(ask(30, stop.signal)).rejects.toMatchObject({ code: "CANCELLED" });
    // The one that never comes does not keep others from being answered.
    expect(await ask(31)).toBe(31);
  });

  test("what is under way when the application ends is cancelled, and nothing is taken afterwards", async () => {
    open();
    const asked = ask(1);
    const refused = expect(asked).rejects.toMatchObject({ code: "CANCELLED" });
    await thread.close();
    await refused;
    await expect(ask(7)).rejects.toMatchObject({ code: "CANCELLED" });
  });
});
