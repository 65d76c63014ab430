import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runChecked } from "../test/support/run-command.ts";
import { copyAndSyncSide, copySide } from "./baselines/copy.ts";
import { dcmj2pnmSide, ensureJpegCorpus } from "./baselines/dcmj2pnm.ts";
import { dcmjsSide } from "./baselines/dcmjs.ts";
import { gdcmanonSide } from "./baselines/gdcmanon.ts";
import { orthancSide, startLoadedOrthanc } from "./baselines/orthanc.ts";
import { compare } from "./compare.ts";
import type { Outcome } from "./compare.ts";
import { ensureCorpus, LARGE, QUICK_LARGE, QUICK_SLICES, QUICK_SMALL, SLICES, SMALL, warm } from "./corpus.ts";
import type { CorpusShape } from "./corpus.ts";
import type { Side } from "./measure.ts";
import { exportPseudonymised, exportWithPreviews, makeWorkspace } from "./satchel.ts";
import type { SourceArguments } from "./satchel.ts";

export interface BenchContext {
  /** Holds the corpora, which stay, and everything else, which does not. */
  cache: string;
  quick: boolean;
  /** Whether a comparison of this name was asked for. */
  wanted: (name: string) => boolean;
  /** Comparisons that could not be measured, each with its reason; the others go on. */
  failures: string[];
}

interface Contest {
  name: string;
  title: string;
  limit?: number;
  baseline: () => Promise<Side> | Side;
}

/** Names of entries over all packages in a folder that end in `suffix`. */
async function countEntries(output: string, suffix: string): Promise<number> {
  let count = 0;
  for (const name of readdirSync(output).filter((file) => file.endsWith(".zip"))) {
    const listing = await runChecked("unzip", ["-Z1", join(output, name)]);
    count += listing.split("\n").filter((entry) => entry.endsWith(suffix)).length;
  }
  return count;
}

async function requireEntries(output: string, suffix: string, expected: number): Promise<void> {
  const found = await countEntries(output, suffix);
  if (found !== expected) throw new Error(`Satchel's packages hold ${found} of ${expected} ${suffix} entries.`);
}

/** Runs the contests that were asked for against one way of running Satchel, which is set up only if there are any. */
async function runContests(
  context: BenchContext,
  contests: readonly Contest[],
  makeSubject: () => Promise<Side>,
  runs: number,
  warm?: () => void,
): Promise<Outcome[]> {
  const chosen = contests.filter(({ name }) => context.wanted(name));
  if (chosen.length === 0) return [];
  const outcomes: Outcome[] = [];
  try {
    const subject = await makeSubject();
    for (const { name, title, limit, baseline } of chosen) {
      const side = await baseline();
      const count = context.quick ? 2 : runs;
      outcomes.push(
        await compare({ name, title, limit, subject, baseline: side, warmUps: 1, runs: count, warm }, context.cache),
      );
    }
  } catch (error) {
    const missed = chosen.slice(outcomes.length).map(({ name }) => name);
    context.failures.push(`${missed.join(", ")}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return outcomes;
}

async function pseudonymisedExport(
  context: BenchContext,
  name: string,
  source: SourceArguments,
  shape: CorpusShape,
): Promise<Side> {
  const workspace = await makeWorkspace(context.cache, name, source);
  return {
    name: "Satchel",
    commands: (output) => [exportPseudonymised(workspace, output)],
    check: (output) => requireEntries(output, ".dcm", shape.instances),
  };
}

/** A folder of CT slices to pseudonymised packages, against copying and against other tools. */
export async function compareFolders(context: BenchContext): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const shape of context.quick ? [QUICK_LARGE, QUICK_SMALL] : [LARGE, SMALL]) {
    const size = shape.matrix === LARGE.matrix ? "0.5MB" : "20kB";
    const corpus = (): string => ensureCorpus(context.cache, shape);
    const what = `${shape.instances} x ${size} to pseudonymised ZIP :`;
    const contests: Contest[] = [
      { name: `copy-${size}`, title: `${what} cp -r`, limit: 1.5, baseline: () => copySide(corpus()) },
      { name: `copy-sync-${size}`, title: `${what} cp -r; sync`, baseline: () => copyAndSyncSide(corpus()) },
      {
        name: `gdcmanon-${size}`,
        title: `${what} gdcmanon; 7z a -mx0`,
        limit: 0.7,
        baseline: () => gdcmanonSide(context.cache, corpus()),
      },
      { name: `dcmjs-${size}`, title: `${what} dcmjs; JSZip`, limit: 0.15, baseline: () => dcmjsSide(corpus()) },
    ];
    const subject = (): Promise<Side> => pseudonymisedExport(context, shape.name, ["folder", corpus()], shape);
    outcomes.push(...(await runContests(context, contests, subject, 5, () => warm(corpus()))));
  }
  return outcomes;
}

/** From Orthanc on loopback, against what Orthanc itself can do. */
export async function compareOrthanc(context: BenchContext): Promise<Outcome[]> {
  const names = ["orthanc-archive", "orthanc-anonymize"];
  if (!names.some((name) => context.wanted(name))) return [];
  const shape = context.quick ? QUICK_LARGE : LARGE;
  const server = await startLoadedOrthanc(context.cache, ensureCorpus(context.cache, shape));
  try {
    const what = `${shape.instances} x 0.5MB from Orthanc to pseudonymised ZIP :`;
    const contests: Contest[] = [
      {
        name: "orthanc-archive",
        title: `${what} its anonymize + archive`,
        limit: 0.15,
        baseline: () => orthancSide(server, true),
      },
      {
        name: "orthanc-anonymize",
        title: `${what} its anonymize`,
        limit: 0.5,
        baseline: () => orthancSide(server, false),
      },
    ];
    const subject = (): Promise<Side> => pseudonymisedExport(context, "orthanc", ["orthanc", server.url], shape);
    return await runContests(context, contests, subject, 3);
  } finally {
    await server.stop();
  }
}

/** Packages with a PNG for every frame, against dcmj2pnm of the same files. Satchel's side holds the copying and packing too. */
export async function comparePreviews(context: BenchContext): Promise<Outcome[]> {
  const shape = context.quick ? QUICK_SLICES : SLICES;
  const outcomes: Outcome[] = [];
  const kinds = [
    { kind: "uncompressed", limit: 0.5 },
    { kind: "baseline", limit: 1 },
    { kind: "lossless", limit: 1 },
  ] as const;
  for (const { kind, limit } of kinds) {
    const label = kind === "uncompressed" ? kind : `jpeg-${kind}`;
    const contestNames = [`previews-${label}`, `previews-${label}-two`];
    if (!contestNames.some((name) => context.wanted(name))) continue;
    const slices = ensureCorpus(context.cache, shape);
    const corpus = kind === "uncompressed" ? slices : await ensureJpegCorpus(slices, kind);
    warm(corpus);
    const what = `${shape.instances} previews, ${label} :`;
    const contests: Contest[] = [
      { name: `previews-${label}`, title: `${what} dcmj2pnm +on`, limit, baseline: () => dcmj2pnmSide(corpus, 1) },
      {
        name: `previews-${label}-two`,
        title: `${what} dcmj2pnm +on, two at once`,
        baseline: () => dcmj2pnmSide(corpus, 2),
      },
    ];
    const subject = async (): Promise<Side> => {
      const workspace = await makeWorkspace(context.cache, `previews-${label}`, ["folder", corpus]);
      return {
        name: "Satchel",
        commands: (output) => [exportWithPreviews(workspace, shape, output)],
        check: (output) => requireEntries(output, ".png", shape.instances),
      };
    };
    outcomes.push(...(await runContests(context, contests, subject, 3)));
  }
  return outcomes;
}
