import type { Command } from "commander";
import { searchFilter, type SearchFilter } from "../../../../contract/search.ts";
import { SatchelError } from "../../../../contract/errors.ts";
import { countArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatBytes, formatCount, formatTable } from "../format.ts";
import { runInSession, withOutput, type Session } from "../session.ts";

type SearchQuery = SearchFilter & { limit?: number };

interface FindOptions {
  text?: string;
  patient?: string;
  modality?: string;
  from?: string;
  to?: string;
  limit?: string;
}

function toQuery(options: FindOptions): SearchQuery {
  const { patient, limit, text, modality, from, to } = options;
  for (const [name, date] of [
    ["--from", from],
    ["--to", to],
  ] as const) {
    if (date !== undefined && !searchFilter.shape.from.safeParse(date).success)
      throw new SatchelError("USAGE", `${name} is not a date.`, "Write it as 2026-01-31.");
  }
  if (from !== undefined && to !== undefined && from > to)
    throw new SatchelError("USAGE", "--from is later than --to: no study can match.", "Exchange the two.");
  const parsed = searchFilter.safeParse({ text, modality, from, to, patientId: patient });
  if (parsed.success) {
    return limit === undefined ? parsed.data : { ...parsed.data, limit: countArgument(limit, "--limit", [1, 10_000]) };
  }
  const issue = parsed.error.issues[0];
  throw new SatchelError("USAGE", `The search is not valid: ${issue?.message ?? ""}.`, "See satchel find --help.");
}

/** "20240102" as people read it; what is no date stays as it is. */
function formatDate(da: string): string {
  return da.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
}

export function addFindCommand(program: Command): void {
  const find = program.command("find").description("search the catalog");
  for (const what of ["patients", "studies"] as const) {
    find
      .command(what)
      .description(`${what} that match all that is given`)
      .option("--text <text>", "part of a name, id, date, modality or description; several words must all match")
      .option("--patient <id>", "Patient ID, exactly")
      .option("--modality <modality>", "for example CT")
      .option("--from <date>", "studies on or after this day, 2026-01-31")
      .option("--to <date>", "studies on or before this day")
      .option("--limit <count>", "rows shown (default 100, at most 10000)")
      .action(
        withOutput((output, signal, global, options: FindOptions) => {
          // Before a passphrase is asked for.
          const query = toQuery(options);
          return runInSession("read", global, output, signal, (session) => showFound(what, session, query));
        }),
      );
  }
}

async function showFound(
  what: "patients" | "studies",
  { client, output }: Session,
  query: SearchQuery,
): Promise<number> {
  if (what === "patients") {
    const found = await client["find.patients"](query);
    output.document(found);
    if (output.json) return EXIT.done;
    output.line(
      formatTable(
        [
          { title: "Patient ID" },
          { title: "Issuer" },
          { title: "Name" },
          { title: "Born" },
          { title: "Sex" },
          { title: "Studies", right: true },
          { title: "Instances", right: true },
        ],
        found.rows.map((row) => [
          row.patientId,
          row.issuer,
          row.name,
          formatDate(row.birthDate),
          row.sex,
          formatCount(row.studies),
          formatCount(row.instances),
        ]),
      ),
    );
    output.note(
      `${counted(found.total, "patient")}${found.total > found.rows.length ? `, ${found.rows.length} shown` : ""}.`,
    );
    return EXIT.done;
  }
  const found = await client["find.studies"](query);
  output.document(found);
  if (output.json) return EXIT.done;
  output.line(
    formatTable(
      [
        { title: "Date" },
        { title: "Modality" },
        { title: "Patient ID" },
        { title: "Patient" },
        { title: "Description" },
        { title: "Instances", right: true },
        { title: "Size", right: true },
        { title: "Study Instance UID" },
      ],
      found.rows.map((row) => [
        formatDate(row.studyDate),
        row.modality,
        row.patientId,
        row.patientName,
        row.description,
        formatCount(row.instances),
        formatBytes(row.bytes),
        row.studyInstanceUid,
      ]),
    ),
  );
  output.note(
    `${counted(found.total, "study", "studies")}${found.total > found.rows.length ? `, ${found.rows.length} shown` : ""}.`,
  );
  return EXIT.done;
}
