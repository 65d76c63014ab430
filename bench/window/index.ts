// npm run bench -- window [--only NAME...] [--runs N] [--seconds N] [--minutes N] [--directory DIR]
import { mkdirSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureJpegCorpus } from "../baselines/dcmj2pnm.ts";
import { ensureCorpus, QUICK_LARGE, QUICK_SMALL, SLICES } from "../corpus.ts";
import { measureClicks, workOf } from "./clicks.ts";
import { ensureSource, startEngine } from "./engine-process.ts";
import { sayMachine } from "./figures.ts";
import { makeManyStudies } from "./many-studies.ts";
import { measureMemory } from "./memory.ts";
import { measureRows } from "./rows.ts";
import { measureStart } from "./start.ts";
import { measureViewer } from "./viewer.ts";

const HELP = `Measures the window: how soon it is there, how soon it answers, what it takes.

npm run bench -- window                    everything (some 20 minutes on two cores)
npm run bench -- window --only clicks      start, clicks, rows, viewer, memory; may be given several times
npm run bench -- window --runs 10          starts of each kind
npm run bench -- window --seconds 60       of clicking beside each kind of work
npm run bench -- window --minutes 10       of use, for memory
npm run bench -- window --directory DIR    where corpora and workspaces go (default: .cache/bench)`;

const STUDIES = 100_000;
const FEW = 100;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      runs: { type: "string", default: "10" },
      seconds: { type: "string", default: "60" },
      minutes: { type: "string", default: "10" },
      directory: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const cache = resolve(values.directory ?? join(import.meta.dirname, "..", "..", ".cache", "bench"));
  mkdirSync(cache, { recursive: true });
  const wanted = (name: string): boolean => values.only?.includes(name) ?? true;
  console.log(`Node.js ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}`);
  sayMachine();
  const many = await makeManyStudies(cache, STUDIES);
  if (wanted("start"))
    await measureStart(
      { "100 studies": await makeManyStudies(cache, FEW), "100,000 studies": many },
      Number(values.runs),
    );
  if (!["clicks", "rows", "viewer", "memory"].some(wanted)) return 0;

  const slices = ensureCorpus(cache, SLICES);
  const small = ensureCorpus(cache, QUICK_SMALL);
  const out = join(cache, "window-packages");
  if (wanted("viewer")) {
    await measureViewer(cache, "uncompressed", slices, out);
    await measureViewer(cache, "JPEG lossless", await ensureJpegCorpus(slices, "lossless"), out);
  }
  if (!["clicks", "rows", "memory"].some(wanted)) return 0;
  const engine = await startEngine(many);
  try {
    await ensureSource(engine, "Corpus", ensureCorpus(cache, QUICK_LARGE));
    const { value: keys } = await engine.call("keys.list", {});
    if (!keys.some(({ name }) => name === "bench")) await engine.call("keys.new", { name: "bench" });
    if (wanted("rows")) await measureRows(engine);
    if (wanted("clicks"))
      for (const [name, work] of Object.entries(workOf(engine, out, small)))
        await measureClicks(engine, name, work, Number(values.seconds));
    if (wanted("memory")) await measureMemory(engine, "Corpus", Number(values.minutes));
  } finally {
    await engine.end();
  }
  return 0;
}

process.exitCode = await main();
