import { statSync } from "node:fs";
import { join } from "node:path";
import { NOTE_COLUMNS } from "../../src/contract/records.ts";
import { runChecked } from "../../test/support/run-command.ts";
import { compare, type Outcome } from "../compare.ts";
import { median, type Side } from "../measure.ts";
import { exportNotes, makeWorkspace } from "../satchel.ts";
import { ensureNotes, type NotesCorpus } from "./notes-corpus.ts";
import type { TableBench } from "./table-bench.ts";

/** Scrubbing costs seconds a row's worth of others: a tenth of the rows says as much. */
const SCRUBBED_SHARE = 10;
const SCRUB_BYTES_A_SECOND = 5e6;

const KEPT = ["--ids", "source", "--reason", "benchmark", "--text", "keep", "--formulas", "keep"];
const PSEUDONYMS = ["--key", "bench", "--text", "keep", "--formulas", "guard"];
const SCRUBBED = ["--key", "bench", "--text", "scrub", "--formulas", "guard"];

/** `sqlite3 -csv` of the same columns from a plain file, in the order in which they lie there. */
function sqliteSide(corpus: NotesCorpus): Side {
  const query = `SELECT ${NOTE_COLUMNS.join(", ")} FROM note`;
  return {
    name: "sqlite3 -csv",
    commands: (output) => [
      {
        command: "sh",
        args: ["-c", 'sqlite3 -header -csv "$1" "$2" > "$3"', "sh", corpus.sqlite, query, join(output, "notes.csv")],
      },
    ],
  };
}

/** An export as a user has it: written, read back and verified, with its audit record. */
function satchelSide(workspace: string, corpus: NotesCorpus, options: readonly string[]): Side {
  return {
    name: "Satchel",
    commands: (output) => [exportNotes(workspace, join(output, "notes.csv"), options)],
    check: async (output) => {
      const count =
        "import csv, sys\ncsv.field_size_limit(1 << 30)\nprint(sum(1 for _ in csv.reader(open(sys.argv[1], newline=''))))";
      const found = Number(await runChecked("python3", ["-c", count, join(output, "notes.csv")])) - 1;
      if (found !== corpus.rows) throw new Error(`Satchel's file holds ${found} of ${corpus.rows} rows.`);
    },
  };
}

/** Notes as CSV against `sqlite3 -csv`: as they are, with pseudonyms and the formula guard, and scrubbed (which only has a speed). */
export async function compareNotes({ cache, rows, runs, wanted }: TableBench): Promise<Outcome[]> {
  const contests = [
    { name: "notes-kept", words: "as they are", options: KEPT, limit: 1.5, share: 1 },
    { name: "notes-pseudonyms", words: "pseudonyms and formula guard", options: PSEUDONYMS, limit: 2, share: 1 },
    { name: "notes-scrubbed", words: "scrubbed", options: SCRUBBED, limit: undefined, share: SCRUBBED_SHARE },
  ].filter(({ name }) => wanted(name));
  const outcomes: Outcome[] = [];
  const workspaces = new Map<number, string>();
  for (const { name, words, options, limit, share } of contests) {
    const corpus = ensureNotes(cache, Math.ceil(rows / share));
    const source = ["csv", corpus.csv, "--mapping", "eqmd"] as const;
    const workspace = workspaces.get(corpus.rows) ?? (await makeWorkspace(cache, `notes-${corpus.rows}`, source));
    workspaces.set(corpus.rows, workspace);
    const outcome = await compare(
      {
        name,
        title: `${corpus.rows} notes to CSV, ${words} : sqlite3 -csv`,
        limit,
        subject: satchelSide(workspace, corpus, options),
        baseline: sqliteSide(corpus),
        warmUps: 1,
        runs,
      },
      cache,
    );
    outcomes.push(outcome);
    if (limit === undefined) sayScrubbing(outcome, statSync(corpus.csv).size);
  }
  return outcomes;
}

/** Whole process, over the workers of a machine with two cores. */
function sayScrubbing(outcome: Outcome, bytes: number): void {
  const speed = bytes / median(outcome.subject.map(({ seconds }) => seconds)) / 2;
  const met = speed >= SCRUB_BYTES_A_SECOND ? "met" : "NOT met";
  console.log(
    `  scrubbing: ${(speed / 1e6).toFixed(1)} MB/s a core on two; at least ${SCRUB_BYTES_A_SECOND / 1e6}: ${met}`,
  );
}
