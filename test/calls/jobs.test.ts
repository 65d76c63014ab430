import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { JobProgress } from "../../src/contract/job.ts";
import { createDemoWorkshop, folderNames, recipeTo } from "../jobs/demo-workshop.ts";
import { resultOf, type Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { sentences, stateOf } from "./ask-job.ts";

const root = temporaryDirectory("jobs");
const NAME = "complete_export.zip";
const newFolder = folderNames(root);
let workshop: Workshop;

beforeAll(async () => {
  workshop = await createDemoWorkshop(root);
});

test("a second job waits for its turn, and starts by itself when the first has ended", async () => {
  const { app, client } = await workshop.open();
  try {
    const first = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
    const second = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
    expect(await stateOf(client, second.jobId)).toBe("planned");
    expect((await resultOf(client, first.jobId)).state).toBe("complete");
    expect((await resultOf(client, second.jobId)).state).toBe("complete");
    const times = await Promise.all(
      [first, second].map(async ({ jobId }) =>
        (await client["jobs.log"]({ id: jobId })).map(({ at, text }) => ({ at, text })),
      ),
    );
    const began = times[1]?.find(({ text }) => text === "Started.")?.at ?? "";
    expect(began >= (times[0]?.at(-1)?.at ?? "?")).toBe(true);
  } finally {
    await app.close();
  }
});

test("with two jobs at once allowed, the second does not wait", async () => {
  const { app, client } = await workshop.open();
  try {
    await client["settings.set"]({ jobsAtOnce: 2 });
    const first = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
    const second = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
    expect(await stateOf(client, second.jobId)).toBe("running");
    await Promise.all([resultOf(client, first.jobId), resultOf(client, second.jobId)]);
  } finally {
    await client["settings.set"]({ jobsAtOnce: 1 });
    await app.close();
  }
});

test("a job that waits can be paused and cancelled: neither writes anything, and the one before it goes on", async () => {
  const { app, client } = await workshop.open();
  try {
    const [one, two, three] = [newFolder(), newFolder(), newFolder()];
    const first = await client["exports.start"]({ recipe: recipeTo(one) });
    const second = await client["exports.start"]({ recipe: recipeTo(two) });
    const third = await client["exports.start"]({ recipe: recipeTo(three) });
    expect((await client["jobs.pause"]({ id: second.jobId })).state).toBe("paused");
    expect((await client["jobs.cancel"]({ id: third.jobId })).state).toBe("cancelled");
    expect((await resultOf(client, first.jobId)).state).toBe("complete");
    expect([readdirSync(two), readdirSync(three)]).toEqual([[], []]);
    await client["jobs.resume"]({ id: second.jobId });
    expect((await resultOf(client, second.jobId)).state).toBe("complete");
    expect(await sentences(client, second.jobId)).toContain("Paused while it waited for its turn.");
  } finally {
    await app.close();
  }
});

test("what an ended job cannot do any more is refused with a sentence", async () => {
  const { app, client } = await workshop.open();
  try {
    const { jobId: id } = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
    await expect(client["jobs.remove"]({ id })).rejects.toMatchObject({ code: "USAGE", next: "Cancel it first." });
    await expect(client["jobs.retry"]({ id })).rejects.toMatchObject({ code: "USAGE", next: "Resume it instead." });
    await resultOf(client, id);
    await expect(client["jobs.pause"]({ id })).rejects.toMatchObject({ code: "USAGE" });
    await expect(client["jobs.retry"]({ id })).rejects.toMatchObject({
      code: "USAGE",
      message: "Nothing failed in this job.",
    });
    await expect(client["jobs.log"]({ id: "999999" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  } finally {
    await app.close();
  }
});

test("a forgotten job is gone from the list with its log; its package stays on the disk and on the list of packages", async () => {
  const { app, client } = await workshop.open();
  try {
    const to = newFolder();
    const { jobId: id } = await client["exports.start"]({ recipe: recipeTo(to) });
    await resultOf(client, id);
    expect(await client["jobs.recipe"]({ id })).toEqual(recipeTo(to));
    expect(await client["jobs.remove"]({ id })).toEqual({ ok: true });
    expect((await client["jobs.list"]({})).some((job) => job.id === id)).toBe(false);
    expect(existsSync(join(to, NAME))).toBe(true);
    expect((await client["packages.list"]({ text: to })).rows).toMatchObject([{ path: join(to, NAME), present: true }]);
  } finally {
    await app.close();
  }
});

test("who watches all jobs sees at once what runs and what waits, with phases, and the end of both", async () => {
  const { app, client } = await workshop.open();
  try {
    const first = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
    const second = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
    const seen: JobProgress[][] = [];
    for await (const jobs of client["jobs.progress"]({})) {
      seen.push(jobs);
      if (jobs.length === 0) break;
    }
    expect(seen[0]?.map(({ jobId, phase }) => [jobId, phase === "waiting"])).toEqual([
      [first.jobId, false],
      [second.jobId, true],
    ]);
    const last = seen
      .flat()
      .filter(({ jobId }) => jobId === first.jobId)
      .at(-1);
    expect(last).toMatchObject({ package: NAME, packageNumber: 1, packagesTotal: 1 });
    expect(last?.itemsDone).toBeGreaterThan(0);
    const phases = new Set(seen.flat().map(({ phase }) => phase));
    expect(
      [...phases].every((phase) => ["waiting", "reading", "writing", "finishing", "verifying"].includes(phase)),
    ).toBe(true);
    expect(phases.has("writing") || phases.has("verifying")).toBe(true);
    // One who comes when all is over is told so.
    for await (const jobs of client["jobs.progress"]({})) {
      expect(jobs).toEqual([]);
      break;
    }
  } finally {
    await app.close();
  }
});

test("the shell is told that work is under way, how far it is, and when it is over", async () => {
  const told: { busy: boolean; progress: number | null }[] = [];
  const { app, client } = await workshop.open({ onBusy: (busy, progress) => told.push({ busy, progress }) });
  try {
    const { jobId } = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
    await resultOf(client, jobId);
    for await (const jobs of client["jobs.progress"]({})) if (jobs.length === 0) break;
  } finally {
    await app.close();
  }
  expect(told[0]).toEqual({ busy: true, progress: null });
  expect(told.at(-1)).toEqual({ busy: false, progress: null });
  for (const { progress } of told) expect(progress === null || (progress >= 0 && progress <= 1)).toBe(true);
});

test("a job that waits in one process is cancelled from another", async () => {
  const to = newFolder();
  const { app, client } = await workshop.open();
  const second = await workshop.open({ access: "read" });
  try {
    const first = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
    const { jobId: id } = await client["exports.start"]({ recipe: recipeTo(to) });
    expect((await second.client["jobs.cancel"]({ id })).state).toBe("cancelled");
    expect(readdirSync(to)).toEqual([]);
    await resultOf(client, first.jobId);
  } finally {
    await second.app.close();
    await app.close();
  }
});
