import type { IndexedPatient, IndexedStatus, Microseconds } from "../records-source.ts";
import { beforeReference, QueryBuilder, statusReference, wardReference } from "./build-query.ts";
import { codedStatus } from "./coded-values.ts";
import type { RecordNumberPart, Reference, StatusPart } from "./mapping.ts";
import { mergeHistory, type HistoryEntry } from "./merge-history.ts";
import type { SqlValue } from "./sql-session.ts";
import { momentOf, tellProblem, textOf, type SqlSync } from "./sync-context.ts";

type Status = IndexedStatus & { ward?: string };
interface Histories extends Pick<IndexedPatient, "statuses" | "recordNumbers"> {
  /** Record numbers that some row tells of and the history does not: what was corrected, or held before all that is known. */
  otherNumbers: string[];
}

/**
 * What is remembered of the patients of one page.
 *
 * @param ids as the database gave them
 * @returns the histories of one of them
 */
export async function readHistories(
  sync: SqlSync,
  ids: readonly SqlValue[],
): Promise<(id: string, created: Microseconds | null) => Histories> {
  const { patients } = sync.mapping;
  const statuses = await readLevels(sync, patients?.statusHistory ?? [], ids, readStatus);
  const numbers = await readLevels(sync, patients?.recordNumberHistory ?? [], ids, readRecordNumber);
  return (id, created) => {
    const numberLevels = numbers.map((level) => level.get(id) ?? []);
    const recordNumbers = mergeHistory(numberLevels, created);
    const told = new Set(recordNumbers.map(({ recordNumber }) => recordNumber));
    const found = numberLevels
      .flat()
      .flatMap(({ value, before }) => [value, ...(before === undefined ? [] : [before])]);
    return {
      statuses: mergeHistory(
        statuses.map((level) => level.get(id) ?? []),
        created,
      ),
      recordNumbers,
      otherNumbers: [...new Set(found.map(({ recordNumber }) => recordNumber))].filter(
        (number) => number.trim() !== "" && !told.has(number),
      ),
    };
  };
}

interface Cells {
  value: SqlValue;
  before: SqlValue;
  ward: SqlValue;
}
type ReadValue<Part, Value> = (
  sync: SqlSync,
  part: Part,
  cells: Cells,
) => Pick<HistoryEntry<Value>, "value" | "before">;
type Level<Value> = Map<string, HistoryEntry<Value>[]>;

async function readLevels<Part extends StatusPart | RecordNumberPart, Value extends object>(
  sync: SqlSync,
  levels: readonly (readonly Part[])[],
  ids: readonly SqlValue[],
  readValue: ReadValue<Part, Value>,
): Promise<Level<Value>[]> {
  const read: Level<Value>[] = [];
  for (const parts of levels) {
    const level: Level<Value> = new Map();
    for (const part of parts)
      for await (const [id, entry] of readPart(sync, part, ids, readValue)) {
        const entries = level.get(id);
        if (entries === undefined) level.set(id, [entry]);
        else entries.push(entry);
      }
    read.push(level);
  }
  return read;
}

async function* readPart<Part extends StatusPart | RecordNumberPart, Value>(
  sync: SqlSync,
  part: Part,
  ids: readonly SqlValue[],
  readValue: ReadValue<Part, Value>,
): AsyncGenerator<[string, HistoryEntry<Value>]> {
  const builder = new QueryBuilder(sync.session.dialect, part);
  const optional = (reference: Reference | undefined): string =>
    reference === undefined ? "NULL" : builder.column(reference);
  const value = "status" in part ? statusReference(part.status) : part.recordNumber;
  const ward = "ward" in part ? wardReference(part.ward) : undefined;
  const query = builder.select(
    [
      builder.column(part.patient),
      builder.column(part.since),
      ...[part.tie, value, beforeReference(part.before), ward].map(optional),
    ],
    { where: builder.isOneOf(part.patient, ids) },
  );
  const readMoment = momentOf(sync, part, part.since);
  for await (const rows of sync.session.read(query))
    for (const row of rows) {
      const [patient, since, tie = null, cell = null, before = null, wardCell = null] = row;
      const id = textOf(patient);
      const from = readMoment(since ?? null);
      if (from === null || from === undefined)
        tellProblem(sync, id, "A row of the patient's history has no moment that can be read; it is left out.");
      else yield [id, { from, tie, ...readValue(sync, part, { value: cell, before, ward: wardCell }) }];
    }
}

const readStatus: ReadValue<StatusPart, Status> = (sync, part, cells) => {
  const { statuses } = sync.mapping;
  const ward =
    part.ward === undefined ? {} : { ward: wardReference(part.ward) === undefined ? "" : textOf(cells.ward) };
  const before = typeof part.before === "object" && "code" in part.before ? part.before.code : textOf(cells.before);
  return {
    value: { ...codedStatus(statuses, codeOf(part, cells.value)), ...ward },
    // Of the ward before, the row says nothing.
    ...(before === "" ? {} : { before: codedStatus(statuses, before) }),
  };
};

function codeOf(part: StatusPart, cell: SqlValue): string {
  const { status } = part;
  if (typeof status === "object" && "code" in status) return status.code;
  if (typeof status === "object" && "codes" in status) return status.codes[textOf(cell)] ?? status.otherwise;
  return textOf(cell);
}

const readRecordNumber: ReadValue<RecordNumberPart, { recordNumber: string }> = (_sync, _part, cells) => ({
  value: { recordNumber: textOf(cells.value) },
  ...(textOf(cells.before) === "" ? {} : { before: { recordNumber: textOf(cells.before) } }),
});
