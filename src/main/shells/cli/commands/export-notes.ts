import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import { NOTE_KINDS, PATIENT_STATUSES } from "../../../../contract/records.ts";
import { notesRecipe, type NotesRecipe } from "../../../../contract/table-recipe.ts";
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
import { reviewNotes } from "./review-notes.ts";
import {
  choiceArgument,
  choicesArgument,
  daysArgument,
  deliveryOf,
  wordsArgument,
  type DeliveryOptions,
} from "./table-arguments.ts";

interface NotesOptions extends TableOptions, DeliveryOptions {
  key?: string;
  ids?: string;
  reason?: string;
  asOf?: string;
  text?: string;
  recordNumber?: string;
  statusLabels?: string;
  ages?: string;
  from?: string;
  until?: string;
  patient?: string[];
  ward?: string[];
  status?: string[];
  kind?: string[];
  containing?: string;
  source?: string[];
  includeDeletedPatients?: boolean;
  review?: boolean;
  showText?: boolean;
}

const EXAMPLES = `
Without an argument it writes patient_data_export.csv into the current folder, one row a daily note, as EQMD's own command did, with these
columns: patient_id, patient_record_number, patient_gender, patient_age_at_note, patient_status, note_id, note_event_datetime, note_content.
Unlike that command, by default
  - patient_id and note_id are pseudonyms; --ids source --reason "..." keeps the live ones
  - names, numbers, addresses and dates are replaced in the text; --text keep leaves it as it was written
  - status and record number are those at the time of the note; --as-of now takes those at the last sync
The record number is kept, so that the hospital can find the patient again: --record-number pseudonym or drop, before it leaves the house.

Examples
  Everything, for research in the house:
    satchel export notes
  One ward's notes of a quarter, as a package for others, and nothing that leads back:
    satchel export notes --ward UTI --from 2024-01-01 --until 2024-03-31 --record-number drop --ages safe-harbor --to ./out --package zip
  Which notes to look at first, without writing anything:
    satchel export notes --review`;

export function addExportNotes(program: Command): void {
  const command = program
    .command("notes [output]")
    .description("daily notes as CSV, one row each")
    .option("--key <name>", "project key for pseudonyms (default: the only one, or a new one)")
    .option("--ids <ids>", "of patients and notes: pseudonym (default) or source, which needs --reason")
    .option("--reason <text>", "why live ids leave; written to the receipt and the audit log")
    .option("--as-of <moment>", "status and record number at the time of the note (default), or now")
    .option("--text <text>", "scrub (default), keep or drop")
    .option("--record-number <number>", "keep (default), pseudonym or drop")
    .option("--status-labels <labels>", "english (default) or source")
    .option("--ages <ages>", "exact (default) or safe-harbor: over 89 as 90")
    .option("--from <day>", "notes of this day and later, 2026-01-31, in the hospital's time zone")
    .option("--until <day>", "notes of this day and before")
    .option("--patient <id...>", "of these patients: ids at the source, or record numbers")
    .option("--ward <ward...>", "of patients who were in these wards")
    .option("--status <status...>", `of patients who were ${PATIENT_STATUSES.join(", ")}`)
    .option("--kind <kind...>", `kinds of notes (default daily-note): ${NOTE_KINDS.join(", ")}`)
    .option("--containing <words>", "notes in which each of these words occurs")
    .option("--source <name...>", "of these sources")
    .option("--include-deleted-patients", "also notes of patients who are deleted at the source")
    .option("--review", "list the riskiest notes and what would be replaced, and make nothing")
    .option("--show-text", "with --review: their scrubbed text as well");
  withTableOptions(command)
    .addHelpText("after", EXAMPLES)
    .action(
      withOutput(async (commandOutput, signal, global, output: string | undefined, options: NotesOptions) => {
        // Before a passphrase is asked for.
        const draft = draftOf(output, options);
        assertTime(options.exportedAt);
        if (options.saveRecipe !== undefined) return saveTableRecipe(commandOutput, options.saveRecipe, whole(draft));
        return runInSession("tables", global, commandOutput, signal, async (session) => {
          const recipe = whole(await withKey(session, draft));
          return options.review === true
            ? reviewNotes(session, recipe, options.showText === true)
            : runTable(session, recipe, options);
        });
      }),
    );
}

/** A recipe whose key may still have to be found. */
type Draft = Omit<NotesRecipe, "policy"> & { policy: NotesRecipe["policy"] };

/** @throws USAGE */
function draftOf(output: string | undefined, options: NotesOptions): Draft {
  if (options.showText === true && options.review !== true)
    throw new SatchelError("USAGE", "--show-text belongs to --review.", "See satchel export notes --help.");
  if (options.recipe !== undefined) return recipeFromFile("notes", options.recipe, output, options);
  const { reason, key, containing } = options;
  const ids = choiceArgument(options.ids ?? "pseudonym", "--ids", ["pseudonym", "source"]);
  if (ids === "source" && (reason === undefined || reason.trim() === ""))
    throw new SatchelError("USAGE", "--ids source needs --reason: why the live ids leave.", 'Give --reason "...".');
  if (ids === "pseudonym" && reason !== undefined)
    throw new SatchelError("USAGE", "--reason belongs to --ids source.", "Leave it out.");
  const patients = wordsArgument(options.patient, "--patient");
  const wards = wordsArgument(options.ward, "--ward");
  const sources = wordsArgument(options.source, "--source");
  const statuses = choicesArgument(options.status, "--status", PATIENT_STATUSES);
  const kinds = choicesArgument(options.kind, "--kind", NOTE_KINDS);
  return {
    kind: "notes",
    version: 1,
    selection: {
      ...daysArgument(options.from, options.until),
      ...(patients === undefined ? {} : { patients }),
      ...(wards === undefined ? {} : { wards }),
      ...(sources === undefined ? {} : { sources }),
      ...(statuses === undefined ? {} : { statuses }),
      ...(kinds === undefined ? {} : { kinds }),
      ...(containing === undefined ? {} : { text: wordsArgument([containing], "--containing")![0]! }),
      ...(options.includeDeletedPatients === true ? { includeDeletedPatients: true } : {}),
    },
    policy: {
      ids,
      ...(key === undefined ? {} : { key }),
      ...(reason === undefined ? {} : { reason }),
      asOf: choiceArgument(options.asOf ?? "note", "--as-of", ["note", "now"]),
      statusLabels: choiceArgument(options.statusLabels ?? "english", "--status-labels", ["english", "source"]),
      ages: choiceArgument(options.ages ?? "exact", "--ages", ["exact", "safe-harbor"]),
      recordNumber: choiceArgument(options.recordNumber ?? "keep", "--record-number", ["keep", "pseudonym", "drop"]),
      text: choiceArgument(options.text ?? "scrub", "--text", ["keep", "drop", "scrub"]),
    },
    ...deliveryOf(output, options),
  };
}

async function withKey(session: Session, draft: Draft): Promise<Draft> {
  const { ids, recordNumber, key } = draft.policy;
  if (key !== undefined || (ids === "source" && recordNumber !== "pseudonym")) return draft;
  return { ...draft, policy: { ...draft.policy, key: await onlyKey(session) } };
}

/** @throws KEY_NEEDED where a saved recipe has no key to be made with, USAGE */
function whole(draft: Draft): NotesRecipe {
  const parsed = notesRecipe.safeParse(draft);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue?.path.at(-1) === "key")
    throw new SatchelError("KEY_NEEDED", "Pseudonyms need a project key.", "Name it with --key.");
  throw new SatchelError(
    "USAGE",
    `The export is not valid: ${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? ""}.`,
    "See satchel export notes --help.",
  );
}
