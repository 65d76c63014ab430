import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { JobResult } from "../../src/contract/job.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { createRecordsWorkshop, notesTo } from "./records-workshop.ts";

const CHILD = fileURLToPath(new URL("table-child.ts", import.meta.url));
const root = temporaryDirectory("table-memory");
const MEMORY = new URL("../exports/report-memory.ts", import.meta.url).href;
const MEGABYTE = 1000 * 1000;

async function sha256Of(path: string): Promise<string> {
  const sha = createHash("sha256");
  for await (const chunk of createReadStream(path)) sha.update(chunk as Buffer);
  return sha.digest("hex");
}

test(
  "one patient with 300 MB of notes: a process that may hold far less writes them, alone and deflated in a ZIP",
  { timeout: 240_000 },
  async () => {
    const workshop = await createRecordsWorkshop(root, { patients: 1, notesEach: 3_000, noteLength: 100_000 });
    const run = (to: string, change: Parameters<typeof notesTo>[1]): { result: JobResult; memory: number } => {
      const asked = JSON.stringify({ recipe: notesTo(to, change) });
      const args = ["--max-old-space-size=64", "--import", MEMORY, CHILD, workshop.folder, workshop.keyFile, asked];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, {
        env: { ...process.env, SATCHEL_MEMORY: "1" },
      });
      expect(status, stderr.toString()).toBe(0);
      const memory = 1024 * Number(/PEAK (\d+) kB/.exec(stderr.toString())?.[1]);
      return { result: JSON.parse(stdout.toString()) as JobResult, memory };
    };
    const alone = run(join(root, "alone"), { format: "file" });
    expect(alone.result).toMatchObject({ state: "complete", packages: [{ rows: { written: 3_000 } }] });
    const path = alone.result.packages[0]?.path ?? "";
    expect(statSync(path).size).toBeGreaterThan(300 * MEGABYTE);
    // Modules in three threads, the caches of their connections to the catalog, and what is in hand.
    expect(alone.memory).toBeLessThan(350 * MEGABYTE);
    const zipped = run(join(root, "zipped"), { format: "zip", compress: 1 });
    expect(zipped.result).toMatchObject({ state: "complete" });
    expect(zipped.memory).toBeLessThan(350 * MEGABYTE);
    const out = spawnSync("sh", [
      "-c",
      'unzip -p "$1" "*.csv" | sha256sum',
      "sh",
      zipped.result.packages[0]?.path ?? "",
    ]);
    expect(out.stdout.toString().slice(0, 64)).toBe(await sha256Of(path));
  },
);
