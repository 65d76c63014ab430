import type { Command } from "commander";
import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { SatchelError } from "../../../../contract/errors.ts";
import type { JobResult } from "../../../../contract/job.ts";
import type { ImagingRecipe, Recipe } from "../../../../contract/recipe.ts";
import { makeFolders } from "../../../package/make-folders.ts";
import { DEMO_NOTES_ISSUER, DEMO_NOTES_MAPPING, writeDemoNotes } from "../../../demo/demo-notes.ts";
import { pathArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { formatBytes, formatCount, formatSeconds, formatTable } from "../format.ts";
import type { Output } from "../output.ts";
import { createProgressLine } from "../progress-line.ts";
import { runInSession, withOutput, type Session } from "../session.ts";
import { watchJob } from "./jobs.ts";
import { syncSource } from "./sync.ts";

const SOURCE = "demo-hospital";
const NOTES = "demo-notes";
const KEY = "demo";

interface Form {
  what: string;
  recipe: (places: { destination: string; patient: { id: string; issuer: string }; study: string }) => Recipe;
}

const common = { kind: "imaging", version: 1, format: "zip", compress: 0, grouping: "one" } as const;
const pseudonymised = {
  kind: "pseudonymised",
  key: KEY,
  options: ["modified-dates", "clean-descriptors", "retain-patient-characteristics"],
} satisfies ImagingRecipe["policy"];

/** The main job in its forms. */
const FORMS: readonly Form[] = [
  {
    what: "One patient, identified",
    recipe: ({ destination, patient }) => ({
      ...common,
      selection: { scope: "patients", patients: [patient] },
      policy: { kind: "identified" },
      images: true,
      previews: true,
      destination,
    }),
  },
  {
    what: "One study, pseudonymised",
    recipe: ({ destination, study }) => ({
      ...common,
      selection: { scope: "studies", studies: [study] },
      policy: pseudonymised,
      images: true,
      previews: true,
      destination,
    }),
  },
  {
    what: "Metadata only, identified",
    recipe: ({ destination }) => ({
      ...common,
      selection: { scope: "all" },
      policy: { kind: "identified" },
      images: false,
      previews: false,
      destination: join(destination, "metadata"),
    }),
  },
  {
    what: "Everything, pseudonymised",
    recipe: ({ destination }) => ({
      ...common,
      selection: { scope: "all" },
      policy: pseudonymised,
      images: true,
      previews: true,
      destination: join(destination, "everything"),
    }),
  },
  {
    what: "Notes, pseudonymised and scrubbed",
    recipe: ({ destination }) => ({
      kind: "notes",
      version: 1,
      selection: {},
      policy: {
        ids: "pseudonym",
        key: KEY,
        asOf: "note",
        statusLabels: "english",
        ages: "safe-harbor",
        recordNumber: "pseudonym",
        text: "scrub",
      },
      format: "zip",
      compress: 6,
      formulas: "guard",
      destination: join(destination, "notes"),
    }),
  },
];

export function addDemoCommand(program: Command): void {
  program
    .command("demo")
    .description("the main job in five forms on a made-up hospital; needs nothing else")
    .option("--to <folder>", "where the hospital, its workspace and the packages go", "satchel-demo")
    .action(
      withOutput(async (output, signal, _global, options: { to: string }) => {
        const folder = pathArgument(options.to, "--to");
        makeFolder(folder);
        const hospital = join(folder, "hospital");
        await makeHospital(output, signal, hospital);
        const notes = join(folder, "notes.csv");
        writeDemoNotes(notes);
        const keyFile = join(folder, "workspace.key");
        // "wx": a second run opens the workspace with the key of the first.
        if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(32), { mode: 0o600, flag: "wx" });
        const workspace = join(folder, "workspace");
        return runInSession("make", { workspace, keyFile, passphraseEnv: "" }, output, signal, (session) =>
          runForms(session, { hospital, notes }, nextRun(join(folder, "packages"))),
        );
      }),
    );
}

/** @throws WRITE_FAILED */
function makeFolder(folder: string): void {
  try {
    makeFolders(folder);
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new SatchelError(
      "WRITE_FAILED",
      "The folder for the demo could not be made, or not be written to.",
      "Choose another with --to.",
      { cause },
    );
  }
}

async function makeHospital(output: Output, signal: AbortSignal, folder: string): Promise<void> {
  if (existsSync(folder)) return;
  const progress = createProgressLine(output);
  const { makeDemoHospital } = await import("../../../demo/make-demo-hospital.ts");
  const summary = await makeDemoHospital(folder, {
    signal,
    onProgress: ({ step, done, total }) => progress.show({ step, done, total }),
  });
  progress.end();
  output.note(
    `Demo hospital: ${summary.patients} patients, ${summary.studies.length} studies, ${formatCount(summary.instances)} instances, ${formatBytes(summary.bytes)}.`,
  );
}

/** Nothing is overwritten: each run of the demo has a folder of its own. */
function nextRun(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const runs = readdirSync(folder).map((name) => Number(/^run-(\d+)$/.exec(name)?.[1] ?? 0));
  const run = join(folder, `run-${Math.max(0, ...runs) + 1}`);
  mkdirSync(run);
  return run;
}

async function runForms(
  session: Session,
  places: { hospital: string; notes: string },
  destination: string,
): Promise<number> {
  const { client, output } = session;
  const there = new Set((await client["sources.list"]({})).map(({ name }) => name));
  if (!there.has(SOURCE))
    await client["sources.add"]({ kind: "folder", name: SOURCE, config: { path: places.hospital } });
  if (!there.has(NOTES)) {
    const config = { path: places.notes, mapping: DEMO_NOTES_MAPPING, issuer: DEMO_NOTES_ISSUER };
    await client["sources.add"]({ kind: "csv", name: NOTES, config });
  }
  if ((await client["keys.list"]({})).length === 0) await client["keys.new"]({ name: KEY });
  await syncSource(session, SOURCE);
  await syncSource(session, NOTES);

  const { rows } = await client["find.studies"]({ modality: "CT" });
  const chosen = rows.find((row) => row.analyses > 0) ?? rows[0];
  if (chosen === undefined) throw new Error("the demo hospital holds no CT");
  const chosenPlaces = {
    destination,
    patient: { id: chosen.patientId, issuer: chosen.issuer },
    study: chosen.studyInstanceUid,
  };
  const results: { what: string; result: JobResult }[] = [];
  for (const { what, recipe } of FORMS) {
    const { jobId } = await client["exports.start"]({ recipe: recipe(chosenPlaces) });
    results.push({ what, result: await watchJob(session, jobId) });
  }
  return report(output, results);
}

function report(output: Output, results: readonly { what: string; result: JobResult }[]): number {
  output.document({ demo: results });
  const rows = results.flatMap(({ what, result }) =>
    result.packages.map((made) => [
      what,
      relative(process.cwd(), made.path),
      formatCount(made.files),
      formatCount(made.instances.exported),
      made.rows === null ? "" : formatCount(made.rows.written),
      formatCount(made.instances.heldBack),
      formatCount(made.previews.exported),
      formatBytes(made.bytes),
      formatSeconds(result.seconds),
      made.result,
    ]),
  );
  output.line("");
  output.line(
    formatTable(
      [
        { title: "What" },
        { title: "Where" },
        { title: "Files verified", right: true },
        { title: "Instances", right: true },
        { title: "Rows", right: true },
        { title: "Held back", right: true },
        { title: "Previews", right: true },
        { title: "Size", right: true },
        { title: "Time", right: true },
        { title: "Result" },
      ],
      rows,
    ),
  );
  const failed = results.find(({ result }) => result.error !== undefined)?.result.error;
  if (failed !== undefined) output.note(`${failed.message} ${failed.next ?? ""} [${failed.code}]`);
  const complete = results.every(({ result }) => result.state === "complete");
  output.line("");
  output.line("Look into a package with any ZIP program, or: satchel verify PACKAGE");
  return complete ? EXIT.done : EXIT.failed;
}
