import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import {
  EXAM_COLUMNS,
  EXAM_SORTS,
  GUIDE_EXAM_COLUMNS,
  type ExamColumn,
  type ExamsFilter,
} from "../../../../contract/records.ts";
import { studiesRecipe, type StudiesRecipe } from "../../../../contract/table-recipe.ts";
import { countArgument } from "../arguments.ts";
import { runInSession, withOutput, type Session } from "../session.ts";
import {
  assertTime,
  onlyKey,
  recipeFromFile,
  runTable,
  saveTableRecipe,
  withTableOptions,
  type TableOptions,
} from "./export-table.ts";
import {
  choiceArgument,
  daysArgument,
  deliveryOf,
  extensionOf,
  wordsArgument,
  type DeliveryOptions,
} from "./table-arguments.ts";

interface StudiesOptions extends TableOptions, DeliveryOptions {
  format?: string;
  columns?: string;
  policy?: string;
  key?: string;
  q?: string;
  examStatus?: string;
  examSource?: string;
  examEquipment?: string[];
  examItem?: string;
  gender?: string[];
  examRoom?: string[];
  examDescription?: string[];
  applicationOrderNo?: string;
  ageFrom?: string;
  ageTo?: string;
  from?: string;
  until?: string;
  examId?: string[];
  source?: string[];
  sort?: string;
  maxRows?: string;
}

const EXAMPLES = `
Without an output it writes studies_export_<time>.csv into the current folder. By default names of patients and physicians and birth dates
are left out, ids are pseudonyms and descriptions are scrubbed; --policy identified leaves everything as it is.
DICOM studies of imaging sources are in the list as well.

Examples
  Last month's CT, as a spreadsheet, everything as it is:
    satchel export studies ct.xlsx --policy identified --exam-source CT --from 2026-03-01 --until 2026-03-31
  The platform's 18 columns, pseudonymised, as a package:
    satchel export studies --columns platform --key lung --to ./out --package zip

Columns: ${EXAM_COLUMNS.join(", ")}`;

export function addExportStudies(program: Command): void {
  const command = program
    .command("studies [output]")
    .description("the study list as CSV or XLSX, one row an exam")
    .option("--format <format>", "csv (default) or xlsx; an output file says it by its extension")
    .option("--columns <columns>", "guide (default: 14), platform (18), or names with commas between them")
    .option("--policy <policy>", "pseudonymised (default) or identified")
    .option("--key <name>", "project key for pseudonyms (default: the only one, or a new one)")
    .option("--q <text>", "occurs in an id, name, description, item, room, equipment or physician")
    .option("--exam-status <status>", "exactly")
    .option("--exam-source <modality>", "exactly, as CT")
    .option("--exam-equipment <name...>", "one of these, exactly")
    .option("--exam-item <item>", "exactly")
    .option("--gender <gender...>", "one of these, as the source has it: M, F, U, O")
    .option("--exam-room <room...>", "one of these, exactly")
    .option("--exam-description <text...>", "one of these, exactly")
    .option("--application-order-no <number>", "exactly")
    .option("--age-from <years>", "this age and older")
    .option("--age-to <years>", "this age and younger")
    .option("--from <day>", "checked in on this day or later, 2026-01-31, in the hospital's time zone")
    .option("--until <day>", "checked in on this day or before: the whole day")
    .option("--exam-id <id...>", "these exams")
    .option("--source <name...>", "of these sources")
    .option("--sort <order>", `${EXAM_SORTS.join(", ")} (default the first)`)
    .option("--max-rows <count>", "stop where there are more (default: the workspace's setting, 10000 at first)");
  withTableOptions(command)
    .addHelpText("after", EXAMPLES)
    .action(
      withOutput(async (commandOutput, signal, global, output: string | undefined, options: StudiesOptions) => {
        // Before a passphrase is asked for.
        const draft = draftOf(output, options);
        assertTime(options.exportedAt);
        if (options.saveRecipe !== undefined)
          return saveTableRecipe(commandOutput, options.saveRecipe, whole(draft, DEFAULT_MAX_ROWS));
        return runInSession("tables", global, commandOutput, signal, async (session) => {
          const { maxRows } = await session.client["settings.get"]({});
          return runTable(session, whole(await withKey(session, draft), maxRows), options);
        });
      }),
    );
}

/** Of a recipe that is saved without a workspace at hand. */
const DEFAULT_MAX_ROWS = 10_000;

/** A recipe whose key and limit may still have to be found. */
type Draft = Omit<StudiesRecipe, "policy" | "maxRows"> & {
  policy: { kind: "identified" } | { kind: "pseudonymised"; key?: string };
  maxRows?: number;
};

/** @throws USAGE */
function draftOf(output: string | undefined, options: StudiesOptions): Draft {
  if (options.recipe !== undefined) return recipeFromFile("studies", options.recipe, output, options);
  const policy = choiceArgument(options.policy ?? "pseudonymised", "--policy", ["identified", "pseudonymised"]);
  const { key, maxRows } = options;
  if (policy === "identified" && key !== undefined)
    throw new SatchelError("USAGE", "--key belongs to --policy pseudonymised.", "Leave it out.");
  return {
    kind: "studies",
    version: 1,
    selection: selectionOf(options),
    sort: choiceArgument(options.sort ?? "order_datetime_desc", "--sort", EXAM_SORTS),
    columns: columnsOf(options.columns ?? "guide"),
    table: tableOf(output, options.format),
    ...(maxRows === undefined ? {} : { maxRows: countArgument(maxRows, "--max-rows", [1, 999_999_999]) }),
    policy: policy === "identified" ? { kind: policy } : { kind: policy, ...(key === undefined ? {} : { key }) },
    ...deliveryOf(output, options),
  };
}

/** What was given, without what was not. @throws USAGE */
function selectionOf(options: StudiesOptions): ExamsFilter {
  const one = (value: string | undefined, what: string): string | undefined =>
    value === undefined ? undefined : wordsArgument([value], what)![0];
  const years = (value: string | undefined, what: string): number | undefined =>
    value === undefined ? undefined : countArgument(value, what, [0, 200]);
  const ageFrom = years(options.ageFrom, "--age-from");
  const ageTo = years(options.ageTo, "--age-to");
  if (ageFrom !== undefined && ageTo !== undefined && ageFrom > ageTo)
    throw new SatchelError("USAGE", "--age-from is more than --age-to: nothing can match.", "Exchange the two.");
  const given = {
    q: one(options.q, "--q"),
    examStatus: one(options.examStatus, "--exam-status"),
    examSource: one(options.examSource, "--exam-source"),
    examEquipment: wordsArgument(options.examEquipment, "--exam-equipment"),
    examItem: one(options.examItem, "--exam-item"),
    applicationOrderNo: one(options.applicationOrderNo, "--application-order-no"),
    gender: wordsArgument(options.gender, "--gender"),
    examDescription: wordsArgument(options.examDescription, "--exam-description"),
    examRoom: wordsArgument(options.examRoom, "--exam-room"),
    ageFrom,
    ageTo,
    examIds: wordsArgument(options.examId, "--exam-id"),
    sources: wordsArgument(options.source, "--source"),
    ...daysArgument(options.from, options.until),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** @throws USAGE */
function columnsOf(text: string): ExamColumn[] {
  if (text === "guide") return [...GUIDE_EXAM_COLUMNS];
  if (text === "platform") return [...EXAM_COLUMNS];
  const names = text.split(",").map((name) => name.trim());
  const columns = names.map((name) => {
    const found = EXAM_COLUMNS.find((column) => column === name);
    if (found !== undefined) return found;
    throw new SatchelError(
      "USAGE",
      `There is no column ${JSON.stringify(name)}.`,
      `Give guide, platform, or some of: ${EXAM_COLUMNS.join(", ")}.`,
    );
  });
  if (new Set(columns).size < columns.length)
    throw new SatchelError("USAGE", "A column is named twice in --columns.", "Name each once.");
  return columns;
}

/** @throws USAGE where file name and --format say different things */
function tableOf(output: string | undefined, format: string | undefined): "csv" | "xlsx" {
  const extension = output === undefined ? undefined : extensionOf(output);
  const told = extension === "csv" || extension === "xlsx" ? extension : undefined;
  const wanted = format === undefined ? undefined : choiceArgument(format, "--format", ["csv", "xlsx"]);
  if (told !== undefined && wanted !== undefined && told !== wanted)
    throw new SatchelError("USAGE", `The output ends in .${told}, and --format is ${wanted}.`, "Change one of them.");
  return wanted ?? told ?? "csv";
}

async function withKey(session: Session, draft: Draft): Promise<Draft> {
  if (draft.policy.kind === "identified" || draft.policy.key !== undefined) return draft;
  return { ...draft, policy: { kind: "pseudonymised", key: await onlyKey(session) } };
}

/** @throws KEY_NEEDED where a saved recipe has no key to be made with, USAGE */
function whole(draft: Draft, maxRows: number): StudiesRecipe {
  if (draft.policy.kind === "pseudonymised" && draft.policy.key === undefined)
    throw new SatchelError("KEY_NEEDED", "A pseudonymised study list needs a project key.", "Name it with --key.");
  const parsed = studiesRecipe.safeParse({ maxRows, ...draft });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SatchelError(
    "USAGE",
    `The export is not valid: ${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? ""}.`,
    "See satchel export studies --help.",
  );
}
