import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { ChildProcess } from "node:child_process";
import { pathToFileURL } from "node:url";
import { afterEach, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { createDemoWorkshop, folderNames, recipeTo } from "./demo-workshop.ts";
import { createWorkshop, ended, EXPORTED_AT, isSamePackage, resultOf, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("neighbours");
const children = new Set<ChildProcess>();
let workshop: Workshop;
const newFolder = folderNames(root);

beforeAll(async () => {
  workshop = await createDemoWorkshop(root);
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** Starts an export in a process of its own and waits until it writes. */
async function startExport(to: string, ...more: string[]): Promise<ChildProcess> {
  const child = workshop.start("export", "imaging", "--all", "--images", "--key", "lung", "--to", to, ...more);
  child.stdout?.resume();
  child.stderr?.resume();
  children.add(child);
  const partial = join(to, "complete_export.zip.partial");
  while (!existsSync(partial) && child.exitCode === null) await setTimeout(1);
  expect(child.exitCode).toBe(null);
  return child;
}

test("two jobs at once in one application end as they would have one after the other", async () => {
  const { app, client } = await workshop.open();
  try {
    const [one, two] = [newFolder(), newFolder()];
    const first = await client["exports.start"]({ recipe: recipeTo(one), exportedAt: EXPORTED_AT });
    const second = await client["exports.start"]({ recipe: recipeTo(two), exportedAt: EXPORTED_AT });
    const results = await Promise.all([resultOf(client, first.jobId), resultOf(client, second.jobId)]);
    expect(results.map(({ state }) => state)).toEqual(["complete", "complete"]);
    expect(isSamePackage(join(one, "complete_export.zip"), join(two, "complete_export.zip"))).toBe(true);
  } finally {
    await app.close();
  }
});

test("a job that waits for another's workers is cancelled at once, and the other is not disturbed", async () => {
  const { app, client } = await workshop.open();
  try {
    const [one, two] = [newFolder(), newFolder()];
    const first = await client["exports.start"]({ recipe: recipeTo(one) });
    const second = await client["exports.start"]({ recipe: recipeTo(two) });
    expect(await client["jobs.cancel"]({ id: second.jobId })).toMatchObject({ state: "cancelled" });
    // Nothing half-named is left, and the first was still at work: the cancel did not wait for it.
    expect(readdirSync(two)).toEqual([]);
    expect(await client["jobs.show"]({ id: first.jobId })).toMatchObject({ state: "running" });
    expect(await resultOf(client, first.jobId)).toMatchObject({ state: "complete" });
  } finally {
    await app.close();
  }
});

test("two jobs that want the same name: one makes it, the other is told and harms nothing", async () => {
  const { app, client } = await workshop.open();
  try {
    const to = newFolder();
    const first = await client["exports.start"]({ recipe: recipeTo(to) });
    const second = await client["exports.start"]({ recipe: recipeTo(to) });
    const results = await Promise.all([resultOf(client, first.jobId), resultOf(client, second.jobId)]);
    expect(results[0]).toMatchObject({ state: "complete" });
    expect(results[1]).toMatchObject({ state: "paused", error: { code: "ALREADY_EXISTS" } });
    const bytes = readFileSync(join(to, "complete_export.zip"));
    expect(await client["jobs.cancel"]({ id: second.jobId })).toMatchObject({ state: "cancelled" });
    expect(readdirSync(to)).toEqual(["complete_export.zip"]);
    expect(readFileSync(join(to, "complete_export.zip")).equals(bytes)).toBe(true);
  } finally {
    await app.close();
  }
});

test("after a cancelled job the next one of the same application is whole: no late answer is taken for its own", async () => {
  const { app, client } = await workshop.open();
  try {
    for (let round = 0; round < 6; round++) {
      const to = newFolder();
      const { jobId } = await client["exports.start"]({ recipe: recipeTo(to, { policy: { kind: "identified" } }) });
      // Each time a little later: the last ones are cancelled while they are verified, or are whole by then.
      await setTimeout(80 * round);
      const { state } = await client["jobs.cancel"]({ id: jobId });
      expect(["cancelled", "complete"]).toContain(state);
      expect(readdirSync(to)).toEqual(state === "complete" ? ["complete_export.zip"] : []);
    }
    const to = newFolder();
    const { jobId } = await client["exports.start"]({ recipe: recipeTo(to) });
    expect(await resultOf(client, jobId)).toMatchObject({ state: "complete" });
  } finally {
    await app.close();
  }
});

test("a worker that dies pauses the job; resuming it, in the same application too, makes the whole package", async () => {
  const worker = join(root, "dying-worker.ts");
  const real = pathToFileURL(join(projectRoot, "src", "main", "jobs", "worker.ts")).href;
  const mark = join(root, "died");
  // Dies as a thread that ran out of memory does: once, in the middle of a run, without a word.
  writeFileSync(
    worker,
    `import { parentPort } from "node:worker_threads";
import { writeFileSync } from "node:fs";
let items = 0;
parentPort.on("message", (message) => {
  if (message.type !== "items" || ++items !== 2) return;
  try { writeFileSync(${JSON.stringify(mark)}, "", { flag: "wx" }); } catch { return; }
  process.exit(3);
});
await import(${JSON.stringify(real)});
`,
  );
  const reference = newFolder();
  const { app, client } = await workshop.open({ workerFile: pathToFileURL(worker) });
  try {
    const to = newFolder();
    const { jobId } = await client["exports.start"]({ recipe: recipeTo(to), exportedAt: EXPORTED_AT });
    expect(await resultOf(client, jobId)).toMatchObject({ state: "paused", error: { code: "WORKER_DIED" } });
    expect(existsSync(join(to, "complete_export.zip"))).toBe(false);
    await client["jobs.resume"]({ id: jobId });
    expect(await resultOf(client, jobId)).toMatchObject({ state: "complete" });
    const again = await client["exports.start"]({ recipe: recipeTo(reference), exportedAt: EXPORTED_AT });
    expect(await resultOf(client, again.jobId)).toMatchObject({ state: "complete" });
    expect(isSamePackage(join(to, "complete_export.zip"), join(reference, "complete_export.zip"))).toBe(true);
    expect(readdirSync(to)).toEqual(["complete_export.zip"]);
  } finally {
    await app.close();
  }
});

test("closing the application while something uses its workers ends that, and does not wait for ever", async () => {
  const to = newFolder();
  const { app, client } = await workshop.open();
  const { jobId } = await client["exports.start"]({ recipe: recipeTo(to) });
  const result = await resultOf(client, jobId);
  const path = result.packages[0]?.path ?? "";
  /** Verifies, and gives up at the first news where that is wanted. @returns how it ended */
  const verify = async (giveUp: boolean): Promise<string> => {
    const abort = new AbortController();
    try {
      for await (const event of client["packages.verify"]({ path }, abort.signal)) {
        if (event.type === "result") return "verified";
        if (giveUp) abort.abort();
      }
      return "nothing";
    } catch {
      return "stopped";
    }
  };
  expect(await verify(true)).not.toBe("nothing");
  const another = verify(false);
  await app.close();
  expect(["verified", "stopped"]).toContain(await another);
});

test("a second process is told that the workspace is in use, with exit code 5, and may look meanwhile", async () => {
  const to = newFolder();
  const child = await startExport(to);
  child.kill("SIGSTOP");
  const second = await workshop.satchel("export", "imaging", "--all", "--key", "lung", "--to", newFolder());
  const list = await workshop.satchel("jobs", "list");
  child.kill("SIGCONT");
  expect(second.exitCode).toBe(5);
  expect(second.stdout).toContain('"code":"IN_USE"');
  expect(list.exitCode).toBe(0);
  expect((JSON.parse(list.stdout) as unknown[])[0]).toMatchObject({ state: "running" });
  expect(await ended(child)).toEqual({ code: 0, signal: null });
});

test("Ctrl-C ends an export with exit code 130, and nothing half-named is left", async () => {
  const to = newFolder();
  const child = await startExport(to);
  child.kill("SIGINT");
  expect(await ended(child)).toEqual({ code: 130, signal: null });
  expect(readdirSync(to)).toEqual([]);
  expect((await workshop.jobs())[0]).toMatchObject({ state: "cancelled" });
});

test("`jobs cancel` in another process stops an export there", async () => {
  const to = newFolder();
  const child = await startExport(to);
  // Stopped while the other starts, so that it does not finish first.
  child.kill("SIGSTOP");
  const [job] = await workshop.jobs();
  const cancelling = workshop.satchel("jobs", "cancel", String(job?.id));
  const wish = join(workshop.folder, "scratch", `cancel-${job?.id}`);
  while (!existsSync(wish)) await setTimeout(5);
  child.kill("SIGCONT");
  const { exitCode, stdout } = await cancelling;
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ state: "cancelled" });
  expect((await ended(child)).code).toBe(130);
  expect(readdirSync(to)).toEqual([]);
});

test("cancelling a job that was killed removes what it left, and only that", async () => {
  const to = newFolder();
  mkdirSync(to);
  writeFileSync(join(to, "thesis.zip.partial"), "mine");
  const child = await startExport(to);
  child.kill("SIGKILL");
  await ended(child);
  expect(readdirSync(to)).toHaveLength(3);
  const [job] = await workshop.jobs();
  const { exitCode } = await workshop.satchel("jobs", "cancel", String(job?.id));
  expect(exitCode).toBe(0);
  expect(readdirSync(to)).toEqual(["thesis.zip.partial"]);
  const again = await workshop.satchel("jobs", "resume", String(job?.id));
  expect(again.exitCode).toBe(2);
});

test("what another left under the partial name is neither overwritten nor removed: by start, resume or cancel", async () => {
  const to = newFolder();
  mkdirSync(to);
  const partial = join(to, "complete_export.zip.partial");
  writeFileSync(partial, "somebody's own");
  const start = await workshop.satchel("export", "imaging", "--all", "--images", "--key", "lung", "--to", to);
  expect(start.exitCode).toBe(1);
  expect(start.stdout).toContain("ALREADY_EXISTS");
  const id = String((await workshop.jobs())[0]?.id);
  expect((await workshop.satchel("jobs", "resume", id)).stdout).toContain("ALREADY_EXISTS");
  expect(readdirSync(to)).toEqual(["complete_export.zip.partial"]);
  // The same with a journal that is torn, or of another job.
  const torn = await workshop.satchel("jobs", "resume", id);
  expect(torn.exitCode).toBe(1);
  for (const journal of ["", "00000000 {}\n"]) {
    writeFileSync(`${partial}.journal`, journal);
    expect((await workshop.satchel("jobs", "resume", id)).stdout).toContain("ALREADY_EXISTS");
    expect(readFileSync(partial, "utf8")).toBe("somebody's own");
  }
  expect((await workshop.satchel("jobs", "cancel", id)).exitCode).toBe(0);
  expect(readFileSync(partial, "utf8")).toBe("somebody's own");
});

test("another workspace's unfinished package is not taken over", async () => {
  const to = newFolder();
  const child = await startExport(to);
  child.kill("SIGKILL");
  await ended(child);
  const before = readFileSync(join(to, "complete_export.zip.partial.journal"));
  const other = join(root, "other");
  mkdirSync(other);
  const stranger = await createWorkshop(other, { folder: join(root, "source") });
  const attempt = await stranger.satchel("export", "imaging", "--all", "--images", "--key", "lung", "--to", to);
  expect(attempt.stdout).toContain("ALREADY_EXISTS");
  expect((await stranger.satchel("jobs", "resume", "1")).stdout).toContain("ALREADY_EXISTS");
  expect((await stranger.satchel("jobs", "cancel", "1")).exitCode).toBe(0);
  expect(readFileSync(join(to, "complete_export.zip.partial.journal")).equals(before)).toBe(true);
  // And its own workspace still finishes it.
  const [job] = await workshop.jobs();
  expect((await workshop.satchel("jobs", "resume", String(job?.id))).exitCode).toBe(0);
  expect(readdirSync(to)).toEqual(["complete_export.zip"]);
});
