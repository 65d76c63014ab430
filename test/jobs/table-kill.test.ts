import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { JobResult } from "../../src/contract/job.ts";
import type { NotesRecipe, TableRecipe } from "../../src/contract/table-recipe.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { createRecordsWorkshop, notesTo } from "./records-workshop.ts";
import { contentsOf, ended, resultOf, seededRandom, type Workshop } from "./workshop.ts";

const CHILD = fileURLToPath(new URL("table-child.ts", import.meta.url));
const KILLER = new URL("kill-at-call.ts", import.meta.url).href;
const root = temporaryDirectory("table-kill");
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
});

let workshop: Workshop;
beforeAll(async () => {
  workshop = await createRecordsWorkshop(root, { patients: 100, notesEach: 30, noteLength: 9_000 });
});

interface Asked {
  recipe?: TableRecipe;
  resume?: string;
}

function start(asked: Asked, killAt?: { near: string; at: number }): ChildProcess {
  const preload = killAt === undefined ? [] : ["--import", KILLER];
  const env = {
    ...process.env,
    // Most of the time of a child would be spent on reading the same modules again.
    NODE_COMPILE_CACHE: join(root, "compiled"),
    SATCHEL_KILL_SYNCS: "no",
    SATCHEL_KILL_NEAR: killAt?.near ?? "",
    SATCHEL_KILL_AT: String(killAt?.at ?? 0),
  };
  const child = spawn(process.execPath, [...preload, CHILD, workshop.folder, workshop.keyFile, JSON.stringify(asked)], {
    stdio: ["ignore", "pipe", "pipe"],
    env,
  });
  children.add(child);
  return child;
}

async function outcome(child: ChildProcess): Promise<{ result: JobResult | undefined; stderr: string }> {
  const said: Buffer[] = [];
  const complained: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => said.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => complained.push(chunk));
  await once(child, "close");
  children.delete(child);
  const text = Buffer.concat(said).toString().trim();
  return {
    result: text === "" ? undefined : (JSON.parse(text) as JobResult),
    stderr: Buffer.concat(complained).toString(),
  };
}

/** The newest job that is planned and has not ended. */
async function unfinished(): Promise<string | undefined> {
  const job = (await workshop.jobs())[0];
  return job === undefined || job.plan === null || job.state === "complete" ? undefined : String(job.id);
}

type Format = NotesRecipe["format"];
const PACKAGE: Record<Format, string> = {
  zip: "patient_data_export.zip",
  folder: "patient_data_export",
  file: "patient_data_export.csv",
  beside: "patient_data_export.csv",
};

interface Reference {
  contents: Record<string, Buffer>;
  /** Milliseconds that it took. */
  duration: number;
}

const references = new Map<Format, Reference>();

/** An uninterrupted package, to be compared with; made once. */
async function reference(format: Format): Promise<Reference> {
  const made = references.get(format) ?? (await makeReference(format));
  references.set(format, made);
  return made;
}

async function makeReference(format: Format): Promise<Reference> {
  const to = join(dirname(workshop.folder), `reference-${format}`);
  const began = performance.now();
  const { result, stderr } = await outcome(start({ recipe: notesTo(to, { format }) }));
  expect(result?.state, stderr).toBe("complete");
  return { contents: contentsOf(to), duration: performance.now() - began };
}

function expectSame(to: string, contents: Record<string, Buffer>): void {
  const made = contentsOf(to);
  expect(Object.keys(made).toSorted()).toEqual(Object.keys(contents).toSorted());
  for (const [name, bytes] of Object.entries(contents)) {
    if (/\.(?:md|json|txt)$/.test(name)) expect(made[name]?.toString(), name).toBe(bytes.toString());
    expect(made[name]?.equals(bytes), name).toBe(true);
  }
}

/** Loses what the disk had not yet been told to keep, as a power cut may. */
function losePower(final: string, random: () => number): void {
  const journal = `${final}.partial.journal`;
  if (!existsSync(journal) || readFileSync(journal).includes('{"synced":')) return;
  const text = readFileSync(journal);
  // Past the seal of a whole table everything is on the disk.
  if (text.includes('"sha256"')) return;
  const head = text.indexOf("\n") + 1;
  if (head > 0 && random() < 0.5) truncateSync(journal, head + Math.floor(random() * (text.length - head)));
  const partial = `${final}.partial`;
  if (!existsSync(partial)) return;
  const file = statSync(partial).isFile() ? partial : join(partial, "patient_data_export.csv");
  if (existsSync(file) && random() < 0.5) truncateSync(file, Math.floor(random() * statSync(file).size));
}

describe("the job of a table, killed at random moments and resumed", () => {
  test.for([
    { format: "zip", kills: 10, seed: 5, power: false },
    { format: "beside", kills: 8, seed: 6, power: false },
    { format: "file", kills: 6, seed: 7, power: true },
    { format: "folder", kills: 6, seed: 8, power: true },
  ] as const)(
    "$format, $kills kills, power cut: $power: ends as the same bytes and leaves nothing behind",
    { timeout: 180_000 },
    async ({ format, kills, seed, power }) => {
      const { contents, duration } = await reference(format);
      const random = seededRandom(seed);
      const to = join(root, `killed-${format}`);
      const final = join(to, PACKAGE[format]);
      const moments: string[] = [];
      for (let killed = 0; killed < kills;) {
        const resume = existsSync(to) ? await unfinished() : undefined;
        const child = start(resume === undefined ? { recipe: notesTo(to, { format }) } : { resume });
        await waitToKill(child, final, random, duration);
        if (child.exitCode === null) {
          child.kill("SIGKILL");
          killed++;
        }
        await ended(child);
        children.delete(child);
        moments.push(existsSync(final) ? "published" : existsSync(`${final}.partial.journal`) ? "written" : "before");
        if (existsSync(final) && format === "zip")
          expect(readFileSync(final).equals(contents[PACKAGE.zip]!)).toBe(true);
        if (power) losePower(final, random);
        if ((await workshop.jobs())[0]?.state === "complete" && existsSync(final)) {
          expectSame(to, contents);
          rmSync(to, { recursive: true });
        }
      }
      const resume = existsSync(to) ? await unfinished() : undefined;
      const last = await outcome(start(resume === undefined ? { recipe: notesTo(to, { format }) } : { resume }));
      expect(last.result?.state, `${last.stderr} ${JSON.stringify(last.result?.error)} ${moments.join()}`).toBe(
        "complete",
      );
      expectSame(to, contents);
      expect(await workshop.audit()).toMatchObject({ ok: true });
      expect(moments).toContain("written");
    },
  );
});

/** Half by how far the journal is, half by the clock. */
async function waitToKill(child: ChildProcess, final: string, random: () => number, duration: number): Promise<void> {
  const exit = once(child, "exit");
  if (random() < 0.4) {
    await Promise.race([setTimeout(random() * duration), exit]);
    return;
  }
  const journal = `${final}.partial.journal`;
  const sizeNow = (): number => statSync(journal, { throwIfNoEntry: false })?.size ?? -1;
  const wanted = Math.max(0, sizeNow()) + random() * 9_000;
  for (let waited = 0; waited < duration * 2 && child.exitCode === null && sizeNow() < wanted; waited++) {
    if (existsSync(dirname(final)) && existsSync(final)) break;
    await Promise.race([setTimeout(1), exit]);
  }
  await Promise.race([setTimeout(random() * 40), exit]);
}

/** From the seal of the journal on. */
const LAST_CALLS: Record<Format, number> = { zip: 5, file: 5, folder: 5, beside: 14 };

/** Takes a job up in this process: what matters is how the one before ended. */
async function resumeHere(id: string): Promise<JobResult> {
  const { app, client } = await workshop.open();
  try {
    await client["jobs.resume"]({ id });
    return await resultOf(client, id);
  } finally {
    await app.close();
  }
}

describe("the job of a table, killed right before each of its calls that change the destination", () => {
  // Three chunks are enough here: what is long is random above.
  beforeAll(async () => {
    const small = join(root, "small");
    mkdirSync(small);
    workshop = await createRecordsWorkshop(small, { patients: 20, notesEach: 30, noteLength: 9_000 });
    references.clear();
  });

  test.for(["beside", "zip", "file", "folder"] as const)(
    "%s: whatever the call, the next run ends as the same bytes; a cancel instead leaves nothing",
    { timeout: 400_000 },
    async (format) => {
      const { contents } = await reference(format);
      const near = join(root, `calls-${format}`);
      mkdirSync(join(near, "count"), { recursive: true });
      const counted = await outcome(start({ recipe: notesTo(join(near, "count"), { format }) }, { near, at: 0 }));
      const calls = Number(/CALLS (\d+)/.exec(counted.stderr)?.[1]);
      expect(calls).toBeGreaterThan(8);
      // The last calls, where names are given, all; of those before every third.
      const places = Array.from({ length: calls }, (_, index) => index + 1).filter(
        (at) => at === 2 || at > calls - LAST_CALLS[format] || at % 3 === 0,
      );
      for (const at of places) {
        const to = join(near, `at-${at}`);
        mkdirSync(to, { recursive: true });
        const first = start({ recipe: notesTo(to, { format }) }, { near: to, at });
        await outcome(first);
        expect(first.signalCode, `call ${at} of ${calls}`).toBe("SIGKILL");
        const resume = await unfinished();
        if (resume === undefined) continue;
        if (at % 2 === 0) {
          const { app, client } = await workshop.open();
          await client["jobs.cancel"]({ id: resume });
          await app.close();
          const left = readdirSync(to);
          // What had its name already when the process died is whole, and stays.
          if (left.length > 0) expectSame(to, contents);
        } else {
          const { state, error } = await resumeHere(resume);
          expect(state, `call ${at} of ${calls}: ${JSON.stringify(error)}`).toBe("complete");
          expectSame(to, contents);
        }
        rmSync(to, { recursive: true });
      }
    },
  );
});
