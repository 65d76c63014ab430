import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { WatchEvent } from "../../src/contract/calls/watch.ts";
import { secondsOf } from "../../src/main/shells/cli/commands/watch.ts";
import { anObservation, aPatient } from "../catalog/new-resources.ts";
import { lines, workshopOf } from "../jobs/dataset-workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("cli-watch");

test("watch runs a recipe, waits, and ends cleanly by Ctrl-C with the code of what was cancelled", async () => {
  const files = join(root, "files");
  mkdirSync(files);
  writeFileSync(join(files, "all.ndjson"), lines([aPatient("p"), anObservation("o", "p")]));
  const workshop = await workshopOf(root, files);
  const [out, recipe] = [join(root, "out"), join(root, "recipe.json")];
  const saved = await workshop.satchel("export", "fhir", "--to", out, "--key", "lung", "--save-recipe", recipe);
  expect(saved.exitCode, saved.stdout).toBe(0);
  const child = workshop.start("watch", "files", "--every", "10s", "--recipe", recipe);
  const events: WatchEvent[] = [];
  let rest = "";
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  for await (const piece of child.stdout ?? []) {
    rest += String(piece);
    const whole = rest.split("\n");
    rest = whole.pop() ?? "";
    for (const line of whole) {
      const { watch } = JSON.parse(line) as { watch?: WatchEvent };
      if (watch !== undefined) events.push(watch);
      if (watch?.type === "waiting") child.kill("SIGINT");
    }
  }
  expect(await ended).toBe(130);
  expect(events.map(({ type }) => type)).toEqual(["reading", "read", "exporting", "exported", "waiting"]);
  expect(events[2]).toMatchObject({ holds: "everything" });
  expect(readdirSync(out)).toEqual([expect.stringMatching(/^fhir_export_\d{8}T\d{6}Z\.zip$/)]);
  const [name = ""] = readdirSync(out);
  expect((await workshop.satchel("verify", join(out, name))).exitCode).toBe(0);
  // The workspace is free again.
  expect((await workshop.satchel("sync", "files")).exitCode).toBe(0);
});

test.for([
  ["10s", 10],
  ["5m", 300],
  ["24h", 86_400],
] as const)("%s are %i seconds", ([time, seconds]) => {
  expect(secondsOf(time)).toBe(seconds);
});

test.for(["9s", "25h", "60", "1d", "", "-5m", "0h"])("an interval of %s is refused", (time) => {
  expect(() => secondsOf(time)).toThrow("--every");
});
