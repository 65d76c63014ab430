import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { satchelIn, type Satchel } from "../exports/satchel-workspace.ts";
import { contentsOf, ended, seededRandom } from "../jobs/workshop.ts";
import { createEqmd, type EqmdTruth } from "../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../support/postgres.ts";
import { canMountSmallDisk, fillDisk, mountSmallDisk, unmount } from "../support/small-disk.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const LIVE = ["--ids", "source", "--reason", "a test", "--text", "keep"];
const KILLS = 10;
const PACKAGE = "patient_data_export.zip";

interface Said {
  progress?: { step: string; done: number };
  error?: { code: string };
  result?: { state: string; error?: { code: string } };
}

const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** Follows what a command says, until `enough` of it. @returns all that was said */
function listen(child: ChildProcess, enough: (said: Said) => boolean = () => false): Promise<Said[]> {
  children.add(child);
  const all: Said[] = [];
  return new Promise((resolve) => {
    const lines = createInterface({ input: child.stdout! });
    lines.on("line", (line) => {
      const said = JSON.parse(line) as Said;
      all.push(said);
      if (enough(said)) resolve(all);
    });
    lines.once("close", () => resolve(all));
  });
}

const readsNotes = ({ progress }: Said): boolean =>
  progress !== undefined && /notes/.test(progress.step) && progress.done > 0;

describe("records, when something fails in the midst of it", { timeout: 180_000 }, () => {
  const root = temporaryDirectory("records-failures");
  let server: PostgresServer;
  let truth: EqmdTruth;
  let satchel: Satchel;
  /** The live table of a sync that nothing disturbed, and the package of an export that nothing disturbed. */
  let table: Buffer;
  let reference: Record<string, Buffer>;

  const toPackage = (to: string): string[] =>
    `export notes --to ${to} --package zip --key lung --compress 1 --exported-at 2026-01-02T03:04:05.000Z`.split(" ");
  const newWorkspace = async (name: string): Promise<Satchel> => {
    mkdirSync(join(root, name));
    const made = satchelIn(join(root, name));
    const url = server.url(truth.database, "reader");
    await made.must(
      ["source", "add", "postgres", url, "--mapping", "eqmd", "--name", "eqmd", "--password-env", "DATABASE_PASSWORD"],
      { environment: { DATABASE_PASSWORD: "read-only" } },
    );
    return made;
  };
  const tableOf = async (made: Satchel): Promise<Buffer> => {
    const path = join(made.folder, "table.csv");
    await made.must(["export", "notes", path, ...LIVE]);
    return readFileSync(path);
  };
  const unfinished = async (): Promise<string | undefined> => {
    const [newest] = await satchel.json<{ id: string; state: string }[]>(["jobs", "list"]);
    return newest === undefined || newest.state === "complete" ? undefined : newest.id;
  };

  beforeAll(async () => {
    server = await startPostgres();
    truth = await createEqmd(server, { patients: 300, notes: 9_000 });
    await server.createReader(truth.database, "reader", "read-only");
    satchel = await newWorkspace("undisturbed");
    await satchel.must(["key", "new", "lung"]);
    await satchel.must(["sync", "eqmd"]);
    table = await tableOf(satchel);
    await satchel.must(toPackage(join(root, "reference")));
    reference = contentsOf(join(root, "reference"));
  }, 180_000);
  afterAll(() => server.stop());

  it("the database dies in the midst of a sync: that is said, and the next sync ends as if nothing had been", async () => {
    const made = await newWorkspace("database-down");
    const child = made.start(["sync", "eqmd"]);
    await listen(child, readsNotes);
    const rest = listen(child);
    await server.kill();
    const said = await rest;
    expect((await ended(child)).code).toBe(1);
    expect(said.at(-1)?.error?.code).toBe("SOURCE_UNREACHABLE");
    const during = await made.run(["sync", "eqmd"]);
    expect(during.exitCode).toBe(1);
    await server.restart();
    await made.must(["sync", "eqmd"]);
    expect((await tableOf(made)).equals(table)).toBe(true);
  });

  it(`kill -9 in the midst of a sync, ${KILLS} times: the next sync ends as if nothing had been`, async () => {
    const made = await newWorkspace("killed-sync");
    const random = seededRandom(41);
    let halfway = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = made.start(["sync", "eqmd"]);
      await listen(child, kill % 3 === 0 ? ({ progress }) => progress !== undefined : readsNotes);
      await wait(random() * 250);
      if (child.exitCode === null) halfway++;
      child.kill("SIGKILL");
      await ended(child);
    }
    expect(halfway).toBeGreaterThan(KILLS / 2);
    await made.must(["sync", "eqmd"]);
    expect((await tableOf(made)).equals(table)).toBe(true);
  });

  it("the database dies in the midst of an export, which does not notice", async () => {
    const to = join(root, "without-database");
    const child = satchel.start(toPackage(to));
    const end = once(child, "exit");
    const said = listen(child);
    while (!existsSync(join(to, `${PACKAGE}.partial`)) && child.exitCode === null) await Promise.race([wait(5), end]);
    expect(child.exitCode).toBe(null);
    await server.kill();
    expect((await said).at(-1)?.result?.state).toBe("complete");
    await server.restart();
    expect(contentsOf(to)).toEqual(reference);
  });

  it(`kill -9 in the midst of an export, ${KILLS} times, and resumed: it ends as the same bytes`, async () => {
    const to = join(root, "killed-export");
    const journal = join(to, `${PACKAGE}.partial.journal`);
    const random = seededRandom(42);
    let halfway = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const job = await unfinished();
      const child = satchel.start(job === undefined ? toPackage(to) : ["jobs", "resume", job]);
      const end = once(child, "exit");
      void listen(child);
      while (!existsSync(journal) && child.exitCode === null) await Promise.race([wait(5), end]);
      await Promise.race([wait(random() * 300), end]);
      child.kill("SIGKILL");
      await ended(child);
      if (existsSync(journal)) halfway++;
      else if (existsSync(join(to, PACKAGE))) {
        expect(contentsOf(to)).toEqual(reference);
        if ((await unfinished()) === undefined) rmSync(to, { recursive: true });
      }
    }
    expect(halfway).toBeGreaterThan(0);
    const job = await unfinished();
    await satchel.must(job === undefined ? toPackage(to) : ["jobs", "resume", job]);
    expect(contentsOf(to)).toEqual(reference);
    await satchel.must(["audit", "verify"]);
  });

  const canMount = canMountSmallDisk();
  it.skipIf(!canMount)(
    `the disk is full in the midst of an export: it says so, keeps what it has, and ends as the same bytes${canMount ? "" : " (skipped: only root may mount a small disk)"}`,
    async () => {
      const disk = join(root, "disk");
      mkdirSync(disk);
      mountSmallDisk(disk);
      try {
        const to = join(disk, "out");
        const child = satchel.start(toPackage(to));
        const end = once(child, "exit");
        const said = listen(child);
        while (!existsSync(join(to, `${PACKAGE}.partial`)) && child.exitCode === null)
          await Promise.race([wait(2), end]);
        fillDisk(join(disk, "ballast"));
        const last = (await said).at(-1);
        expect(JSON.stringify(last)).toContain("DISK_FULL");
        expect((await ended(child)).code).toBe(1);
        expect(readdirSync(to)).not.toContain(PACKAGE);
        rmSync(join(disk, "ballast"));
        await satchel.must(["jobs", "resume", (await unfinished()) ?? ""]);
        expect(contentsOf(to)).toEqual(reference);
      } finally {
        unmount(disk);
      }
    },
  );
});
