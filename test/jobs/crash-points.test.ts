import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { projectRoot, runCommand, type CommandResult } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { createWorkshop, EXPORTED_AT, isSamePackage, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("crash-points");
let workshop: Workshop;
let patients: string[];

beforeAll(async () => {
  const source = join(root, "source");
  const { studies } = await makeDemoHospital(source, { size: "small" });
  // Two patients of one issuer with few instances each: two packages, quick to make.
  patients = smallest(studies);
  workshop = await createWorkshop(root, { folder: source });
});

function smallest(studies: readonly { patientId: string; instances: number }[]): string[] {
  const counts = new Map<string, number>();
  for (const { patientId, instances } of studies) counts.set(patientId, (counts.get(patientId) ?? 0) + instances);
  return [...counts]
    .toSorted((a, b) => a[1] - b[1])
    .slice(0, 2)
    .map(([id]) => id);
}

const HOOK = fileURLToPath(new URL("kill-at-call.ts", import.meta.url));
const CLI = join(projectRoot, "src", "main", "shells", "cli", "index.ts");

/** The export, killed right before the nth change that the main thread makes at the destination. */
async function exportKilledAt(format: string, to: string, at: number): Promise<CommandResult> {
  return runCommand(
    process.execPath,
    [
      "--import",
      HOOK,
      CLI,
      "--workspace",
      workshop.folder,
      "--key-file",
      workshop.keyFile,
      "--json",
      "export",
      "imaging",
    ].concat(["--patient", ...patients, "--key", "lung", "--to", to, "--format", format, "--exported-at", EXPORTED_AT]),
    { env: { SATCHEL_KILL_NEAR: to, ...(at === 0 ? {} : { SATCHEL_KILL_AT: String(at) }) } },
  );
}

/** The first, the last six (publishing), and of those between as many as the time allows. */
function chooseSteps(steps: number): number[] {
  const stride = Math.ceil(steps / 6);
  return Array.from({ length: steps }, (_, index) => index + 1).filter(
    (at) => at === 1 || at > steps - 6 || at % stride === 0,
  );
}

describe("a crash right before any one of the steps at the destination", () => {
  test.for(["zip", "folder"])(
    "%s: resuming makes the same packages and leaves nothing else",
    { timeout: 120_000 },
    async (format) => {
      const reference = join(root, `${format}-reference`);
      const whole = await exportKilledAt(format, reference, 0);
      expect(whole.exitCode).toBe(0);
      const steps = Number(/CALLS (\d+)/.exec(whole.stderr)?.[1]);
      expect(steps).toBeGreaterThan(20);
      const names = readdirSync(reference).toSorted();
      expect(names).toHaveLength(2);
      let lastJob = (await workshop.jobs())[0]?.id ?? 0;
      for (const at of chooseSteps(steps)) {
        const to = join(root, `${format}-out`);
        const killed = await exportKilledAt(format, to, at);
        expect(killed.signal, `step ${at}: ${killed.stderr}`).toBe("SIGKILL");
        const job = (await workshop.jobs()).find(({ id }) => id > lastJob);
        const end =
          job?.plan === undefined || job.plan === null
            ? await exportKilledAt(format, to, 0)
            : await workshop.satchel("jobs", "resume", String(job.id));
        expect(end.stdout, `step ${at} of ${steps}`).toContain('"state":"complete"');
        expect(readdirSync(to).toSorted(), `step ${at} of ${steps}`).toEqual(names);
        for (const name of names) expect(isSamePackage(join(to, name), join(reference, name)), `step ${at}`).toBe(true);
        lastJob = (await workshop.jobs())[0]?.id ?? 0;
        rmSync(to, { recursive: true });
      }
      expect(await workshop.audit()).toMatchObject({ ok: true });
    },
  );
});
