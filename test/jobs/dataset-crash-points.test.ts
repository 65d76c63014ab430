import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { projectRoot, runCommand, type CommandResult } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { createDatasetWorkshop } from "./dataset-workshop.ts";
import { contentsOf, EXPORTED_AT, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("dataset-crash-points");
let workshop: Workshop;
const HOOK = fileURLToPath(new URL("kill-at-call.ts", import.meta.url));
const CLI = join(projectRoot, "src", "main", "shells", "cli", "index.ts");

beforeAll(async () => {
  workshop = await createDatasetWorkshop(root, { patients: 6, observationsEach: 10 });
}, 60_000);

const FORMS = {
  "NDJSON in a ZIP": ["fhir", "--package", "zip"],
  "a Bundle a patient in a folder": ["fhir", "--package", "folder", "--format", "per-patient"],
  "a Parquet with its description": ["table", "--view", "observation", "--format", "parquet", "--with-description"],
} as const;

/** The export, killed right before the nth change that the main thread makes at the destination. */
async function exportKilledAt(form: keyof typeof FORMS, to: string, at: number): Promise<CommandResult> {
  const [kind, ...words] = FORMS[form];
  const place = kind === "table" ? [join(to, "observation.parquet")] : ["--to", to];
  const options = ["--import", HOOK, CLI, "--workspace", workshop.folder, "--key-file", workshop.keyFile, "--json"];
  return runCommand(
    process.execPath,
    [...options, "export", kind, ...place, ...words, "--key", "lung", "--exported-at", EXPORTED_AT],
    {
      env: {
        SATCHEL_KILL_NEAR: to,
        SATCHEL_KILL_SYNCS: "no",
        ...(at === 0 ? {} : { SATCHEL_KILL_AT: String(at) }),
      },
    },
  );
}

/** The last six (publishing), and of those before as many as the time allows. */
function chooseSteps(steps: number): number[] {
  const stride = Math.ceil(steps / 4);
  return Array.from({ length: steps }, (_, index) => index + 1).filter((at) => at > steps - 6 || at % stride === 0);
}

describe("a crash right before any one of the steps at the destination", () => {
  test.for(Object.keys(FORMS) as (keyof typeof FORMS)[])(
    "%s: resuming makes the same package and leaves nothing else",
    { timeout: 120_000 },
    async (form) => {
      const reference = join(root, `${form.replaceAll(" ", "-")}-reference`);
      const whole = await exportKilledAt(form, reference, 0);
      expect(whole.exitCode, whole.stdout + whole.stderr).toBe(0);
      const steps = Number(/CALLS (\d+)/.exec(whole.stderr)?.[1]);
      expect(steps).toBeGreaterThan(8);
      const expected = contentsOf(reference);
      let lastJob = (await workshop.jobs())[0]?.id ?? 0;
      for (const at of chooseSteps(steps)) {
        const to = join(root, `${form.replaceAll(" ", "-")}-out`);
        const killed = await exportKilledAt(form, to, at);
        expect(killed.signal, `step ${at}: ${killed.stderr}`).toBe("SIGKILL");
        const job = (await workshop.jobs()).find(({ id }) => id > lastJob);
        const end =
          job?.plan === undefined || job.plan === null
            ? await exportKilledAt(form, to, 0)
            : await workshop.satchel("jobs", "resume", String(job.id));
        expect(end.stdout, `step ${at} of ${steps}: ${end.stderr}`).toContain('"state":"complete"');
        const made = contentsOf(to);
        expect(Object.keys(made).toSorted(), `step ${at} of ${steps}`).toEqual(Object.keys(expected).toSorted());
        for (const [name, bytes] of Object.entries(expected))
          expect(made[name]?.equals(bytes), `${at} ${name}`).toBe(true);
        expect(readdirSync(to).some((name) => name.includes(".partial"))).toBe(false);
        lastJob = (await workshop.jobs())[0]?.id ?? 0;
        rmSync(to, { recursive: true });
      }
    },
  );
});
