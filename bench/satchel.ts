import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CorpusShape } from "./corpus.ts";
import { measureCommand } from "./measure.ts";
import type { Command } from "./measure.ts";

const COMMAND_LINE = resolve(import.meta.dirname, "..", "src", "main", "shells", "cli", "index.ts");
const ENVIRONMENT = { SATCHEL_PASSPHRASE: "benchmark" };

/** Every command line of Satchel's that the benchmark knows is made here. */
function satchel(workspace: string, ...args: string[]): Command {
  return { command: process.execPath, args: [COMMAND_LINE, "--workspace", workspace, ...args], env: ENVIRONMENT };
}

/** How the command line names a place that records come from. */
export type SourceArguments = ["folder", string] | ["orthanc", string];

/**
 * Makes a workspace with a project key and one synced source, untimed: an export reads the catalog.
 *
 * @returns the workspace's folder
 */
export async function makeWorkspace(cache: string, name: string, source: SourceArguments): Promise<string> {
  const workspace = join(cache, `workspace-${name}`);
  rmSync(workspace, { recursive: true, force: true });
  mkdirSync(workspace, { recursive: true });
  const steps = [
    ["key", "new", "bench"],
    ["source", "add", ...source, "--name", "corpus"],
    ["sync", "corpus"],
  ];
  for (const args of steps) {
    const { seconds, peakBytes } = await measureCommand(satchel(workspace, ...args));
    if (args[0] === "sync")
      console.log(`  sync of ${name}: ${seconds.toFixed(2)} s, ${(peakBytes / 1e6).toFixed(0)} MB`);
  }
  return workspace;
}

function patientIds(shape: CorpusShape): string[] {
  const patients = Math.ceil(shape.instances / (shape.instancesPerSeries * 4));
  return Array.from({ length: patients }, (_, patient) => `BENCH${String(patient).padStart(5, "0")}`);
}

/** De-identified packages with SHA-256 of every entry and the leak sweep, no previews: one package a patient. */
export function exportPseudonymised(workspace: string, shape: CorpusShape, to: string): Command {
  const policy = ["--policy", "pseudonymised", "--key", "bench", "--no-previews"];
  return satchel(workspace, "export", "imaging", "--patient", ...patientIds(shape), "--to", to, ...policy);
}

/** Packages as the bytes came, with a PNG for every frame. */
export function exportWithPreviews(workspace: string, shape: CorpusShape, to: string): Command {
  return satchel(
    workspace,
    "export",
    "imaging",
    "--patient",
    ...patientIds(shape),
    "--to",
    to,
    "--policy",
    "identified",
  );
}
