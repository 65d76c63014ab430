import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { JobState } from "../../src/contract/job.ts";
import { createDemoWorkshop, folderNames, recipeTo } from "../jobs/demo-workshop.ts";
import { EXPORTED_AT, isSamePackage, resultOf, type Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { midway, sentences, stateOf } from "./ask-job.ts";

const root = temporaryDirectory("paused-jobs");
const NAME = "complete_export.zip";
const newFolder = folderNames(root);
let workshop: Workshop;

beforeAll(async () => {
  workshop = await createDemoWorkshop(root);
});

test.for(["zip", "folder"] as const)(
  "%s: a job paused several times ends as the same package as one that was never paused",
  async (format) => {
    const name = format === "zip" ? NAME : "complete_export";
    const { app, client } = await workshop.open();
    try {
      const [whole, paused] = [newFolder(), newFolder()];
      const reference = await client["exports.start"]({ recipe: recipeTo(whole, { format }), exportedAt: EXPORTED_AT });
      await resultOf(client, reference.jobId);
      const { jobId: id } = await client["exports.start"]({
        recipe: recipeTo(paused, { format }),
        exportedAt: EXPORTED_AT,
      });
      let pauses = 0;
      for (let round = 0; round < 4; round++) {
        await midway(client, id);
        const { state, error } = await client["jobs.pause"]({ id });
        expect(error).toBe(null);
        if (state !== "paused") break;
        pauses++;
        expect(existsSync(join(paused, name))).toBe(false);
        expect(readdirSync(paused).toSorted()).toEqual([`${name}.partial`, `${name}.partial.journal`]);
        await client["jobs.resume"]({ id });
      }
      expect(pauses).toBeGreaterThan(0);
      expect((await resultOf(client, id)).state).toBe("complete");
      expect(isSamePackage(join(whole, name), join(paused, name))).toBe(true);
      expect(readdirSync(paused)).toEqual([name]);
    } finally {
      await app.close();
    }
  },
);

test("a paused job says so in its log and in the audit log, without an error", async () => {
  const { app, client } = await workshop.open();
  const { jobId: id } = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
  try {
    const watched = resultOf(client, id);
    await client["jobs.pause"]({ id });
    expect(await watched).toMatchObject({ state: "paused", packages: [] });
    expect((await watched).error).toBeUndefined();
    const log = await client["jobs.log"]({ id });
    expect(log.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Planned: 1 package, \d+ instances\.$/),
      "Started.",
      "Began complete_export.zip (1 of 1).",
      "Paused; 0 of 1 package made.",
    ]);
    expect(log.map(({ event, params }) => [event, params])).toEqual([
      ["planned", { packages: 1, instances: expect.any(Number) as number }],
      ["started", {}],
      ["package-began", { name: "complete_export.zip", number: 1, of: 1 }],
      ["paused", { made: 0, of: 1 }],
    ]);
    expect(log.every(({ at, error }) => error === null && !Number.isNaN(Date.parse(at)))).toBe(true);
    await client["jobs.cancel"]({ id });
  } finally {
    await app.close();
  }
  expect(await workshop.audit()).toMatchObject({ ok: true });
});

test("what another put at the destination meanwhile pauses the job with a next step, and is not touched", async () => {
  const { app, client } = await workshop.open();
  try {
    const to = newFolder();
    const first = await client["exports.start"]({ recipe: recipeTo(newFolder()) });
    const { jobId: id } = await client["exports.start"]({ recipe: recipeTo(to) });
    writeFileSync(join(to, NAME), "somebody's own");
    await resultOf(client, first.jobId);
    const { state, error } = await resultOf(client, id);
    expect(state).toBe("paused");
    expect(error).toMatchObject({ code: "ALREADY_EXISTS" });
    expect(error?.next).toMatch(/\w/);
    const log = await client["jobs.log"]({ id });
    expect(log.at(-1)).toMatchObject({ error: { code: "ALREADY_EXISTS" } });
    rmSync(join(to, NAME));
    await client["jobs.resume"]({ id });
    expect((await resultOf(client, id)).state).toBe("complete");
  } finally {
    await app.close();
  }
});

test("closing a window stops its job; opened again, that and the one that waited go on by themselves, the paused one does not", async () => {
  const [reference, running, waiting, paused] = [newFolder(), newFolder(), newFolder(), newFolder()];
  const first = await workshop.open({ resumeJobs: true });
  const whole = await first.client["exports.start"]({ recipe: recipeTo(reference), exportedAt: EXPORTED_AT });
  await resultOf(first.client, whole.jobId);
  const ids = await Promise.all(
    [running, waiting, paused].map(
      async (to) => (await first.client["exports.start"]({ recipe: recipeTo(to), exportedAt: EXPORTED_AT })).jobId,
    ),
  );
  const [one = "", two = "", three = ""] = ids;
  await first.client["jobs.pause"]({ id: three });
  await midway(first.client, one);
  await first.app.close();
  const states = async (): Promise<Record<string, JobState>> =>
    Object.fromEntries((await workshop.jobs()).map(({ id, state }) => [String(id), state]));
  expect(await states()).toMatchObject({ [one]: "interrupted", [two]: "planned", [three]: "paused" });
  expect(readdirSync(running)).not.toContain(NAME);

  // The command line only looks, as ever.
  const look = await workshop.open();
  await look.app.close();
  expect(await states()).toMatchObject({ [one]: "interrupted", [two]: "planned" });

  const second = await workshop.open({ resumeJobs: true });
  try {
    expect((await resultOf(second.client, one)).state).toBe("complete");
    expect((await resultOf(second.client, two)).state).toBe("complete");
    expect(await stateOf(second.client, three)).toBe("paused");
    for (const to of [running, waiting]) expect(isSamePackage(join(reference, NAME), join(to, NAME))).toBe(true);
    expect(await sentences(second.client, one)).toContain(
      "Interrupted, since Satchel is being closed; 0 of 1 package made.",
    );
  } finally {
    await second.app.close();
  }
});

test("a job whose destination has gone when the window opens is paused with the reason, and the window opens", async () => {
  const to = newFolder();
  const first = await workshop.open({ resumeJobs: true });
  const { jobId: id } = await first.client["exports.start"]({ recipe: recipeTo(to) });
  await midway(first.client, id);
  await first.app.close();
  renameSync(to, `${to}-away`);
  const second = await workshop.open({ resumeJobs: true });
  try {
    expect(await resultOf(second.client, id)).toMatchObject({ state: "paused", error: { code: "WRITE_FAILED" } });
    renameSync(`${to}-away`, to);
    await second.client["jobs.resume"]({ id });
    expect((await resultOf(second.client, id)).state).toBe("complete");
  } finally {
    await second.app.close();
  }
});
