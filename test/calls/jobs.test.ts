import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { JobProgress, JobState } from "../../src/contract/job.ts";
import type { Recipe } from "../../src/contract/recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { createWorkshop, EXPORTED_AT, isSamePackage, resultOf, type Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("job-calls");
const NAME = "complete_export.zip";
const source = join(root, "source");
let workshop: Workshop;
let folders = 0;
const newFolder = (): string => join(root, `out-${++folders}`);

beforeAll(async () => {
  await makeDemoHospital(source, { size: "small" });
  workshop = await createWorkshop(root, { folder: source });
});

const recipeTo = (destination: string, change: Partial<Recipe> = {}): Recipe => ({
  kind: "imaging",
  version: 1,
  selection: { scope: "all" },
  policy: { kind: "pseudonymised", key: "lung", options: [] },
  images: true,
  previews: true,
  format: "zip",
  compress: 0,
  grouping: "one",
  destination,
  ...change,
});

async function stateOf(client: Client<Calls>, id: string): Promise<JobState> {
  return (await client["jobs.show"]({ id })).state;
}

/** Resolves when a job has items done, but not all. */
async function midway(client: Client<Calls>, id: string): Promise<void> {
  for await (const event of client["jobs.watch"]({ id })) {
    if (event.type === "progress" && event.progress.itemsDone > 0) return;
  }
}

async function sentences(client: Client<Calls>, id: string): Promise<string[]> {
  return (await client["jobs.log"]({ id })).map(({ text }) => text);
}

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

test("a retry makes anew what failed, beside the old package, and only that", async () => {
  const folder = join(root, "fragile");
  await makeDemoHospital(folder, { size: "small" });
  const place = join(root, "retry");
  mkdirSync(place);
  const own = await createWorkshop(place, { folder });
  const rows = await own.look(({ catalog }) =>
    catalog.all<{ ref: string; uid: string }>(
      `SELECT ref, study_instance_uid AS uid FROM instance_location JOIN instance ON instance.id = instance
         JOIN series ON series.id = series JOIN study ON study.id = study ORDER BY ref`,
    ),
  );
  const victim = join(folder, rows[0]?.ref ?? "");
  const others = [...new Set(rows.map(({ uid }) => uid))].filter((uid) => uid !== rows[0]?.uid).slice(0, 2);
  renameSync(victim, `${victim}.away`);
  const { app, client } = await own.open();
  try {
    const to = newFolder();
    const selection = { scope: "studies" as const, studies: [rows[0]?.uid ?? "", ...others] };
    const policy = { kind: "identified" as const };
    const recipe = recipeTo(to, { selection, policy, grouping: "each", previews: false });
    const { jobId: id } = await client["exports.start"]({ recipe });
    expect((await resultOf(client, id)).state).toBe("incomplete");
    const before = readdirSync(to);
    expect(before).toHaveLength(3);
    renameSync(`${victim}.away`, victim);
    const { jobId: again } = await client["jobs.retry"]({ id });
    const result = await resultOf(client, again);
    const old = (await client["jobs.show"]({ id })).packages.find((one) => one.result === "incomplete");
    expect(result).toMatchObject({ state: "complete", packages: [{ name: old?.name.replace(/\.zip$/, "-2.zip") }] });
    expect(readdirSync(to)).toHaveLength(4);
    expect(await client["jobs.recipe"]({ id: again })).toMatchObject({
      selection: { scope: "studies", studies: [rows[0]?.uid] },
    });
    expect((await sentences(client, id)).at(-1)).toBe(`What failed is made anew by job ${again}.`);
  } finally {
    await app.close();
  }
});

test("a retry of a cancelled job makes what is missing, under its own names", async () => {
  const { app, client } = await workshop.open();
  try {
    const to = newFolder();
    const patients = await client["find.patients"]({ limit: 8 });
    const selection = {
      scope: "patients" as const,
      patients: patients.rows.map(({ patientId, issuer }) => ({ id: patientId, issuer })),
    };
    const { jobId: id } = await client["exports.start"]({ recipe: recipeTo(to, { selection, grouping: "each" }) });
    for await (const event of client["jobs.watch"]({ id }))
      if (event.type === "progress" && event.progress.packageNumber === 2) break;
    const { state, packages } = await client["jobs.cancel"]({ id });
    expect(state).toBe("cancelled");
    expect(packages.length).toBeLessThan(patients.rows.length);
    const { jobId: again } = await client["jobs.retry"]({ id });
    const result = await resultOf(client, again);
    expect(result.packages.map(({ name }) => name)).not.toContain(packages[0]?.name);
    expect(result.packages.length + packages.length).toBe(patients.rows.length);
    expect(readdirSync(to).every((name) => !/_export-\d+\.zip/.test(name))).toBe(true);
  } finally {
    await app.close();
  }
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
