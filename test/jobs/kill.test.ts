import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ChildProcess } from "node:child_process";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import { createJob } from "../../src/main/catalog/jobs.ts";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { createWorkshop, ended, EXPORTED_AT, isSamePackage, seededRandom, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("kill");
const source = join(root, "source");
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
});
beforeAll(async () => {
  await makeDemoHospital(source, { size: "small" });
});

interface Case {
  format: "zip" | "folder";
  kills: number;
  seed: number;
  /** After a kill, lose what the disk had not yet been told to keep, as a power cut may. */
  powerCut: boolean;
}

/** How many kills fell into which phase. */
const moments = new Map<string, number>();
const cases: Case[] = [
  { format: "zip", kills: 26, seed: 11, powerCut: false },
  { format: "zip", kills: 12, seed: 22, powerCut: true },
  { format: "folder", kills: 8, seed: 33, powerCut: false },
  { format: "folder", kills: 4, seed: 44, powerCut: true },
];

describe("a job killed at random moments and resumed", () => {
  test.for(cases)(
    "$format, $kills kills, power cut: $powerCut: ends as the same bytes, leaves nothing behind, keeps the audit chain",
    { timeout: 180_000 },
    async ({ format, kills, seed, powerCut }) => {
      const folder = join(root, `${format}-${seed}`);
      mkdirSync(folder);
      const workshop = await createWorkshop(folder, { folder: source });
      const random = seededRandom(seed);
      const to = join(folder, "out");
      const export_ = exportArguments(format);

      // Uninterrupted, and how long and how large it gets.
      const began = performance.now();
      expect((await workshop.satchel(...export_, "--to", join(folder, "reference"))).exitCode).toBe(0);
      const duration = performance.now() - began;
      const name = format === "zip" ? "complete_export.zip" : "complete_export";
      const reference = join(folder, "reference", name);

      const place = { final: join(to, name), partial: join(to, `${name}.partial`) };
      let resuming: string | undefined;
      let completions = 0;
      /** The last job that is done with: the reference at first. */
      let last = (await workshop.jobs())[0]?.id ?? 0;
      const phases: string[] = [];
      for (let killed = 0; killed < kills;) {
        const child = run(workshop, resuming === undefined ? [...export_, "--to", to] : ["jobs", "resume", resuming]);
        // A third by the clock, two thirds by how far the journal is: startup takes most of the time.
        const whole = await waitToKill(child, random, duration, place.partial, killed === 0);
        if (child.exitCode === null) {
          child.kill("SIGKILL");
          killed++;
          phases.push(whole);
        }
        const { code } = await ended(child);
        children.delete(child);
        if (code !== null && code !== 0) expect(stderrOf(child), `exit ${code} after ${phases.join(", ")}`).toBe("");
        // Whatever the moment: what bears the final name is whole.
        if (existsSync(place.final)) expect(isSamePackage(place.final, reference)).toBe(true);
        const newest = (await workshop.jobs()).find(({ id }) => id > last);
        if (newest?.state === "complete") {
          last = newest.id;
          expect(readdirSync(to)).toEqual([name]);
          completions++;
          rmSync(to, { recursive: true });
          resuming = undefined;
        } else {
          if (powerCut) loseUnsynced(format, place.partial, random);
          // A kill before the plan was whole leaves no job: the next start begins anew.
          resuming = newest === undefined || newest.plan === null ? undefined : String(newest.id);
          if (
            newest !== undefined &&
            newest.state !== "running" &&
            newest.state !== "planned" &&
            newest.state !== "interrupted"
          )
            resuming = undefined;
        }
      }
      const end =
        resuming === undefined
          ? await workshop.satchel(...export_, "--to", to)
          : await workshop.satchel("jobs", "resume", resuming);
      expect(end.stderr + end.stdout).not.toContain('"error"');
      expect(end.exitCode).toBe(0);
      expect(isSamePackage(place.final, reference)).toBe(true);
      expect(readdirSync(to)).toEqual([name]);
      const jobs = await workshop.jobs();
      expect(jobs.every(({ state, plan }) => state === "complete" || plan === null)).toBe(true);
      expect(completions + 2).toBe(jobs.filter(({ state }) => state === "complete").length);
      const audit = await workshop.audit();
      expect(audit).toMatchObject({ ok: true });
      expect(audit.records).toBeGreaterThanOrEqual(completions + 2);
      for (const phase of phases) moments.set(phase, (moments.get(phase) ?? 0) + 1);
    },
  );

  test("the moments were of every kind", () => {
    expect([...moments.values()].reduce((sum, count) => sum + count, 0)).toBe(50);
    expect(moments.get("before")).toBeGreaterThanOrEqual(cases.length);
    expect(moments.size, JSON.stringify([...moments])).toBeGreaterThanOrEqual(2);
  });
});

test("a job whose process died while planning is gone, and one marked running by a dead process can be cancelled", async () => {
  const folder = join(root, "planning");
  mkdirSync(folder);
  const workshop = await createWorkshop(folder, { folder: source });
  const workspace = await openWorkspace(workshop.folder, () => ({ kind: "key-file", path: workshop.keyFile }));
  createJob(workspace.catalog, { recipe: {}, destination: folder });
  workspace.close();
  const { app, client } = await workshop.open();
  expect(await client["jobs.list"]({})).toEqual([]);
  await expect(client["jobs.resume"]({ id: "1" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await app.close();

  const to = join(folder, "out");
  const child = run(workshop, [...exportArguments("zip"), "--to", to]);
  while (!existsSync(join(to, "complete_export.zip.partial")) && child.exitCode === null) await setTimeout(1);
  child.kill("SIGKILL");
  await ended(child);
  const [job] = await workshop.jobs();
  const cancelled = await workshop.satchel("jobs", "cancel", String(job?.id));
  expect(JSON.parse(cancelled.stdout)).toMatchObject({ state: "cancelled" });
  expect(readdirSync(to)).toEqual([]);
});

function exportArguments(format: string): string[] {
  return ["export", "imaging", "--all", "--images", "--key", "lung", "--format", format, "--exported-at", EXPORTED_AT];
}

const errors = new WeakMap<ChildProcess, Buffer[]>();
function run(workshop: Workshop, args: string[]): ChildProcess {
  const child = workshop.start(...args);
  const said: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => said.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => said.push(chunk));
  errors.set(child, said);
  children.add(child);
  return child;
}

function stderrOf(child: ChildProcess): string {
  return Buffer.concat(errors.get(child) ?? []).toString();
}

/**
 * Waits for a moment to kill, or for the end.
 *
 * @param first the first kill comes before anything is written, so that this happens for certain.
 * @returns the phase in which the process was then.
 */
async function waitToKill(
  child: ChildProcess,
  random: () => number,
  duration: number,
  partial: string,
  first: boolean,
): Promise<string> {
  const journal = `${partial}.journal`;
  const sizeNow = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? -1;
  const exit = once(child, "exit");
  if (first) {
    await Promise.race([setTimeout(20), exit]);
  } else if (random() < 0.33) {
    await Promise.race([setTimeout(random() * duration), exit]);
  } else {
    // Journal of the demo: about 130 items of some 500 to 900 bytes. Some way on from where it is; beyond its end: once published.
    const now = Math.max(0, sizeNow(journal));
    const wanted = now + random() * Math.max(60_000, 115_000 - now);
    const start = performance.now();
    while (child.exitCode === null && performance.now() - start < duration * 4) {
      if (sizeNow(journal) >= wanted) break;
      // Published already: kill here too.
      if (sizeNow(journal) < 0 && existsSync(partial.slice(0, -".partial".length))) break;
      await setTimeout(1);
    }
    await Promise.race([setTimeout(random() * 60), exit]);
  }
  const size = sizeNow(journal);
  if (existsSync(partial.slice(0, -".partial".length))) return "published";
  if (size < 0) return "before";
  return size < 500 ? "head" : size < 60_000 ? "items" : "late";
}

/** Cuts or spoils what no mark of the journal covers: some of the data, and some of the journal after its first line. */
function loseUnsynced(format: string, partial: string, random: () => number): void {
  const journal = `${partial}.journal`;
  if (!existsSync(journal)) return;
  const text = readFileSync(journal);
  const marks = text.lastIndexOf('{"synced":');
  const kept = (marks < 0 ? text.indexOf("\n") : text.indexOf("\n", marks)) + 1;
  if (kept > 0 && random() < 0.6) {
    const cut = kept + Math.floor(random() * (text.length - kept));
    // Blocks that were never written read as zeros.
    if (random() < 0.5) truncateSync(journal, cut);
    else writeFileSync(journal, Buffer.concat([text.subarray(0, cut), Buffer.alloc(text.length - cut)]));
  }
  if (marks >= 0 || !existsSync(partial)) return;
  const files =
    format === "zip" ? [partial] : readdirSync(partial, { recursive: true }).map((name) => join(partial, String(name)));
  for (const file of files.filter((path) => statSync(path).isFile())) {
    if (format === "folder" && random() < 0.8) continue;
    const bytes = readFileSync(file);
    const at = Math.floor(random() * bytes.length);
    if (random() < 0.5) truncateSync(file, at);
    else
      writeFileSync(
        file,
        Buffer.concat([
          bytes.subarray(0, at),
          Buffer.alloc(Math.min(4096, bytes.length - at)),
          bytes.subarray(at + 4096),
        ]),
      );
  }
}
