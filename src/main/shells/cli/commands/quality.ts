import type { QualityExamination, QualityTable } from "../../../../contract/calls/fhir-exports.ts";
import type { QualityRecipe } from "../../../../contract/fhir-recipe.ts";
import { SatchelError } from "../../../../contract/errors.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatCount, formatTable } from "../format.ts";
import type { Output } from "../output.ts";
import { createProgressLine } from "../progress-line.ts";
import { runInSession, type GlobalOptions, type Session } from "../session.ts";
import { onlyKey } from "./export-table.ts";
import { listArgument, packageOf, selectionOf } from "./fhir-arguments.ts";
import type { QualityOptions } from "./export-summaries.ts";

/** Options of a package that has no place to go. */
const OF_A_PACKAGE = {
  package: "--package",
  compress: "--compress",
  name: "--name",
  exportedAt: "--exported-at",
  dryRun: "--dry-run",
} as const satisfies Partial<Record<keyof QualityOptions, string>>;

/** Shows on the terminal what a package of quality begins with, and makes none. @throws USAGE */
export async function showQuality(
  output: Output,
  signal: AbortSignal,
  global: GlobalOptions,
  options: QualityOptions,
): Promise<number> {
  const names = Object.keys(OF_A_PACKAGE) as (keyof typeof OF_A_PACKAGE)[];
  const other = names.find((name) => options[name] !== undefined);
  if (other !== undefined)
    throw new SatchelError(
      "USAGE",
      `${OF_A_PACKAGE[other]} belongs to a package.`,
      "Give --to FOLDER, or leave it out.",
    );
  const draft = {
    kind: "quality" as const,
    version: 1 as const,
    selection: selectionOf(options),
    expect: listArgument(options.expect, "--expect") ?? [],
    ...packageOf({ to: "." }),
  };
  // Beside whoever has the workspace open, unless a key has to be made: figures do not depend on it.
  const known = await runInSession("read", global, output, signal, async (session) => {
    const key = options.key ?? (await session.client["keys.list"]({}))[0]?.name;
    return key === undefined ? undefined : examine(session, { ...draft, key });
  });
  if (known !== undefined) return known;
  return runInSession("work", global, output, signal, async (session) =>
    examine(session, { ...draft, key: await onlyKey(session) }),
  );
}

async function examine({ client, output, signal }: Session, recipe: QualityRecipe): Promise<number> {
  const progress = createProgressLine(output);
  try {
    for await (const event of client["quality.examine"]({ recipe }, signal)) {
      if (event.type === "progress") {
        progress.show({ step: "Reading", done: event.resources, total: null });
        continue;
      }
      progress.end();
      const { type: _type, ...quality } = event;
      output.document({ quality });
      if (!output.json) showSummary(output, quality);
    }
  } finally {
    progress.end();
  }
  return EXIT.done;
}

const FINDINGS: Readonly<Record<QualityTable, string>> = {
  completeness: "Missing types",
  measures: "Values in unexpected units",
  outliers: "Far from the rest",
  duplicates: "Doubled",
  dates: "Impossible dates",
  missing: "Missing required elements",
  schemas: "Not as their schema says",
};

function showSummary(output: Output, quality: QualityExamination): void {
  const { patients, resources, completeness, findings, measures, notices } = quality;
  output.line(`${counted(patients, "patient")}, ${counted(resources, "resource")}`);
  output.line("");
  output.line(
    formatTable(
      [{ title: "Finding" }, { title: "Count", right: true }],
      findings.map(({ table, count }) => [FINDINGS[table], formatCount(count)]),
    ),
  );
  if (completeness.length > 0) {
    output.line("");
    output.line(
      formatTable(
        [{ title: "Data" }, { title: "Patients who have it", right: true }, { title: "Share", right: true }],
        completeness.map(({ type, patients: having }) => [type, formatCount(having), shareOf(having, patients)]),
      ),
    );
  }
  if (measures.length > 0) {
    output.line("");
    output.line(measuresTable(measures));
  }
  for (const notice of notices) output.line(notice);
  output.line("The rows behind these figures: satchel quality --to FOLDER");
}

function measuresTable(measures: QualityExamination["measures"]): string {
  return formatTable(
    [
      { title: "Measure" },
      { title: "Unit" },
      ...["Count", "Mean", "Median", "Least", "Most", "Outliers"].map((title) => ({ title, right: true })),
    ],
    measures.map((one) => [
      one.measure,
      one.unexpected ? `${one.unit} (unexpected)` : one.unit,
      formatCount(one.count),
      ...[one.mean, one.median, one.minimum, one.maximum].map((value) => String(Number(value.toPrecision(5)))),
      formatCount(one.outliers),
    ]),
  );
}

/** Never 100 % where somebody lacks it, nor 0 % where somebody has it. */
function shareOf(having: number, patients: number): string {
  if (patients === 0) return "";
  const share = Math.round((having / patients) * 100);
  if (share === 100 && having < patients) return "99 %";
  return `${share === 0 && having > 0 ? 1 : share} %`;
}
