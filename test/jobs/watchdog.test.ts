import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImagingItem } from "../../src/main/exports/imaging/item.ts";
import type { RunSettings } from "../../src/main/jobs/messages.ts";
import { WorkerPool } from "../../src/main/jobs/pool.ts";
import { runItems } from "../../src/main/jobs/run-items.ts";
import { createWatch, findStuck, noteFrame } from "../../src/main/jobs/watchdog.ts";

const item = {} as ImagingItem;
const settings: Omit<RunSettings, "run" | "turn" | "watch"> = {
  kind: "imaging",
  target: "",
  layout: "folder",
  compress: 0,
  policy: { kind: "identified" },
  sources: [],
  scratch: "",
  lanes: 1,
  items: 1,
  givenUp: [],
};

describe("a worker whose decoder never comes back", () => {
  let pool: WorkerPool;
  beforeEach(() => (pool = new WorkerPool(new URL("busy-worker.ts", import.meta.url), 1)));
  afterEach(() => pool.close());

  const run = (signal: AbortSignal, longestFrameSeconds?: number): Promise<void> =>
    runItems<"imaging">({
      pool,
      settings,
      from: 0,
      offset: 0,
      items: [item].values(),
      signal,
      onDone: () => undefined,
      longestFrameSeconds,
    });

  it("is ended, and its item's previews are given up", async () => {
    await expect(run(new AbortController().signal, -1)).rejects.toMatchObject({
      code: "CANNOT_RENDER",
      givenUp: { item: 0, what: "previews" },
    });
  });

  it("does not keep a cancelled job from ending", async () => {
    const abort = new AbortController();
    const running = run(abort.signal);
    setTimeout(() => abort.abort(), 200);
    await expect(running).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

it("counts a frame as stuck only while it is at it", () => {
  const watch = createWatch(3);
  noteFrame(watch, 1, 41);
  expect(findStuck(watch, -1)).toEqual([{ worker: 1, item: 41 }]);
  expect(findStuck(watch)).toEqual([]);
  noteFrame(watch, 1);
  expect(findStuck(watch, -1)).toEqual([]);
});
