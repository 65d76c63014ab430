import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { JobResult } from "../../src/contract/job.ts";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { createWorkshop, isSamePackage, printedResult, type Workshop } from "../jobs/workshop.ts";
import { runCommand, projectRoot } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("cli-copies");
const to = join(root, "out");
let workshop: Workshop;
let result: JobResult;

beforeAll(async () => {
  const source = join(root, "source");
  await makeDemoHospital(source, { size: "small" });
  workshop = await createWorkshop(root, { folder: source });
  result = printedResult(await workshop.satchel("export", "imaging", "--all", "--key", "lung", "--to", to));
});

test("`jobs log` tells what happened, `jobs retry` refuses where nothing failed, `jobs remove` forgets the job alone", async () => {
  const log = await workshop.satchel("jobs", "log", result.jobId);
  expect(log.exitCode).toBe(0);
  expect((JSON.parse(log.stdout) as { text: string }[]).map(({ text }) => text)).toEqual(
    expect.arrayContaining(["Started.", "Ended; 1 of 1 package made."]),
  );
  const retry = await workshop.satchel("jobs", "retry", result.jobId);
  expect(retry.exitCode).toBe(2);
  expect(retry.stdout).toContain("Nothing failed in this job.");
  expect((await workshop.satchel("jobs", "remove", result.jobId)).exitCode).toBe(0);
  expect((await workshop.jobs()).some(({ id }) => String(id) === result.jobId)).toBe(false);
  expect(readdirSync(to)).toHaveLength(1);
});

test("`copy` copies a package and says where it was read back from; a second time it refuses", async () => {
  const stick = join(root, "stick");
  mkdirSync(stick);
  const path = result.packages[0]?.path ?? "";
  const cli = join(projectRoot, "src", "main", "shells", "cli", "index.ts");
  const said = await runCommand(process.execPath, [
    cli,
    "--workspace",
    workshop.folder,
    "--key-file",
    workshop.keyFile,
    "copy",
    path,
    "--to",
    stick,
  ]);
  expect(said.exitCode).toBe(0);
  expect(said.stdout).toMatch(/read back (?:from the medium|through the system's cache) and verified\./);
  const [name = ""] = readdirSync(stick);
  expect(isSamePackage(path, join(stick, name))).toBe(true);
  const again = await workshop.satchel("copy", path, "--to", stick);
  expect(again.exitCode).toBe(1);
  expect(again.stdout).toContain("ALREADY_EXISTS");
  expect(readdirSync(stick)).toEqual([name]);
});
