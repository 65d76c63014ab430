import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CorpusShape } from "./corpus.ts";
import { measureCommand } from "./measure.ts";
import type { Command } from "./measure.ts";

const COMMAND_LINE = resolve(import.meta.dirname, "..", "src", "main", "shells", "cli", "index.ts");

/**
 * Every command line of Satchel's that the benchmark knows is made here. The workspace opens with a key file, as a script's would: a
 * passphrase is made slow on purpose (scrypt, some 0.3 s and 128 MiB), which says nothing of an export.
 */
function satchel(workspace: string, ...args: string[]): Command {
  const keyFile = `${workspace}.key`;
  if (!existsSync(keyFile)) writeFileSync(keyFile, Buffer.alloc(32, 1), { mode: 0o600 });
  return { command: process.execPath, args: [COMMAND_LINE, "--workspace", workspace, "--key-file", keyFile, ...args] };
}

/** How the command line names a place that records come from. */
export type SourceArguments = ["folder", string] | ["orthanc", string] | readonly ["csv", string, "--mapping", "eqmd"];

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

/** One de-identified ZIP with SHA-256 of every entry and the leak sweep, no previews, verified before it gets its name. */
export function exportPseudonymised(workspace: string, to: string): Command {
  const policy = ["--policy", "pseudonymised", "--key", "bench", "--no-previews"];
  return satchel(workspace, "export", "imaging", "--all", "--images", "--to", to, ...policy);
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

/** All notes as one CSV, verified before it gets its name. */
export function exportNotes(workspace: string, output: string, options: readonly string[]): Command {
  return satchel(workspace, "export", "notes", output, ...options);
}
