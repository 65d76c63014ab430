import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImagingRecipe } from "../../src/contract/recipe.ts";
import { getProjectKey } from "../../src/main/access/project-keys.ts";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { openPolicy } from "../../src/main/jobs/job-policy.ts";
import { prepareJob } from "../../src/main/jobs/prepare-job.ts";
import { makeTemporaryDirectory, temporaryDirectory } from "../support/temporary-directory.ts";
import {
  contentsOf,
  createWorkshop,
  EXPORTED_AT,
  isSamePackage,
  openWorkshop,
  resultOf,
  type Workshop,
} from "./workshop.ts";

function changeDisks(command: "mount" | "umount", args: string[]): ReturnType<typeof spawnSync> {
  return spawnSync(command, args);
}

/** A small disk of its own; only root may mount one. */
function mountSmallDisk(folder: string, size: string): boolean {
  return changeDisks("mount", ["-t", "tmpfs", "-o", `size=${size}`, "satchel-test", folder]).status === 0;
}

function resizeDisk(folder: string, bytes: number): void {
  const { status, stderr } = changeDisks("mount", ["-o", `remount,size=${Math.ceil(bytes / 4096) * 4096}`, folder]);
  if (status !== 0) throw new Error(`the small disk could not be resized: ${stderr.toString()}`);
}

function unmount(folder: string): void {
  // Fails while anything on it is open: what a job leaves open keeps a stick from being ejected.
  const { status, stderr } = changeDisks("umount", [folder]);
  if (status === 0) return;
  changeDisks("umount", ["--lazy", folder]);
  throw new Error(`the small disk could not be unmounted: ${stderr.toString()}`);
}

const probe = makeTemporaryDirectory("disk-probe");
const canMount = process.getuid?.() === 0 && mountSmallDisk(probe, "1m");
if (canMount) unmount(probe);
rmSync(probe, { recursive: true, force: true });

const LARGE = 64 * 1024 * 1024;

describe.skipIf(!canMount)(`a full disk${canMount ? "" : " (skipped: only root may mount a small disk)"}`, () => {
  const root = temporaryDirectory("disk-full");
  const disk = join(root, "disk");
  const source = join(root, "source");
  let workshop: Workshop;

  beforeAll(async () => {
    mkdirSync(disk);
    mountSmallDisk(disk, "64m");
    await makeDemoHospital(source, { size: "small" });
    workshop = await createWorkshop(root, { folder: source });
  });
  afterAll(() => changeDisks("umount", ["--lazy", disk]));

  const recipeFor = (format: "zip" | "folder", destination: string): ImagingRecipe => ({
    kind: "imaging",
    version: 1,
    selection: { scope: "all" },
    policy: { kind: "pseudonymised", key: "lung", options: [] },
    images: true,
    previews: true,
    format,
    compress: 0,
    grouping: "one",
    destination,
  });

  /** Plans a job while there is room, and starts nothing: as one whose process died right then. */
  async function plan(recipe: ImagingRecipe, folder = workshop.folder): Promise<string> {
    const workspace = await openWorkspace(folder, () => ({ kind: "key-file", path: workshop.keyFile }));
    try {
      const policy = openPolicy(recipe.policy, (name) => getProjectKey(workspace.catalog, name));
      const about = { startedAt: EXPORTED_AT, exportedBy: "tester" };
      return String((await prepareJob(workspace.catalog, recipe, policy, about)).id);
    } finally {
      workspace.close();
    }
  }

  test.for(["zip", "folder"] as const)(
    "%s: at five sizes each the job pauses with the bytes wanted, and with more space ends as the same package",
    { timeout: 120_000 },
    async (format) => {
      const name = format === "zip" ? "complete_export.zip" : "complete_export";
      const reference = join(root, `reference-${format}`);
      const first = await plan(recipeFor(format, reference));
      const jobs: { id: string; to: string }[] = [];
      for (let index = 0; index < 5; index++) {
        const to = join(disk, `${format}-${index}`);
        jobs.push({ to, id: await plan(recipeFor(format, to)) });
      }
      const { app, client } = await workshop.open();
      try {
        await client["jobs.resume"]({ id: first });
        const whole = await resultOf(client, first);
        expect(whole.state).toBe("complete");
        // What the package takes there: on tmpfs every file takes whole pages. The journal comes on top.
        const pages = Object.values(contentsOf(join(reference, name))).reduce(
          (sum, { length }) => sum + Math.ceil(length / 4096) * 4096,
          0,
        );
        for (const [index, { id, to }] of jobs.entries()) {
          resizeDisk(disk, Math.max(16_384, pages * [0.002, 0.15, 0.4, 0.7, 0.97][index]!));
          await client["jobs.resume"]({ id });
          const paused = await resultOf(client, id);
          expect(paused, `size ${index}`).toMatchObject({
            state: "paused",
            packages: [],
            error: { code: "DISK_FULL" },
          });
          expect(paused.error?.message).toMatch(/about \d{6,} /);
          expect(readdirSync(to).filter((one) => !/\.partial(?:\.journal)?$/.test(one))).toEqual([]);
          // Still full: the same again, and nothing is lost by trying.
          await client["jobs.resume"]({ id });
          expect(await resultOf(client, id)).toMatchObject({ state: "paused", error: { code: "DISK_FULL" } });
          resizeDisk(disk, LARGE);
          await client["jobs.resume"]({ id });
          expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
          expect(readdirSync(to)).toEqual([name]);
          expect(isSamePackage(join(to, name), join(reference, name))).toBe(true);
          rmSync(to, { recursive: true });
        }
      } finally {
        await app.close();
      }
    },
  );

  test("an export that cannot fit is refused with the number of bytes before anything is written", async () => {
    resizeDisk(disk, 512 * 1024);
    const { stdout, exitCode } = await workshop.satchel(
      "export",
      "imaging",
      "--all",
      "--images",
      "--key",
      "lung",
      "--to",
      join(disk, "small"),
    );
    resizeDisk(disk, LARGE);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/"code":"DISK_FULL","message":"The destination has \d+ bytes free; about \d{6,} are wanted/);
    expect(existsSync(join(disk, "small")) ? readdirSync(join(disk, "small")) : []).toEqual([]);
    expect((await workshop.jobs()).filter(({ destination }) => destination.endsWith("small"))).toEqual([]);
  });

  test("with the disk of the workspace full the job stops without a lie, and goes on when there is room", async () => {
    const folder = join(disk, "workspace");
    cpSync(workshop.folder, folder, { recursive: true });
    const to = join(root, "from-full-workspace");
    const id = await plan(recipeFor("zip", to), folder);
    const { app, client } = await openWorkshop(folder, workshop.keyFile).open();
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, "filler"), Buffer.alloc(bavail * bsize));
    try {
      await client["jobs.resume"]({ id });
      const stopped = await resultOf(client, id);
      expect(stopped.error?.code).toBe("DISK_FULL");
      expect(stopped.state).toBe("interrupted");
    } finally {
      rmSync(join(disk, "filler"));
      await app.close();
    }
    const again = openWorkshop(folder, workshop.keyFile);
    const resumed = await again.satchel("jobs", "resume", id);
    expect(resumed.exitCode).toBe(0);
    expect(isSamePackage(join(to, "complete_export.zip"), join(root, "reference-zip", "complete_export.zip"))).toBe(
      true,
    );
    expect(await again.audit()).toMatchObject({ ok: true });
  });

  test("after all that nothing on the disk is still open: it can be unmounted", () => {
    unmount(disk);
  });
});
