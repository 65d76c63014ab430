import type { ReceiptPart } from "../../contract/dataset-receipt.ts";
import { BULK_MANIFEST, bulkManifest } from "../exports/dataset/bulk-manifest.ts";
import { countBundles, DELETED_FILE, deletedBundles } from "../exports/dataset/deleted-bundles.ts";
import { datasetReceipt, receiptColumns } from "../exports/dataset/dataset-receipt.ts";
import { codebook, codebookOf } from "../exports/table/codebook.ts";
import { columnNotices } from "../exports/table/column-statistics.ts";
import { dataPackage, dataPackageOf } from "../exports/table/data-package.ts";
import { WITHIN } from "../exports/table/package-names.ts";
import type { TableDescription } from "../exports/table/table-description.ts";
import { besideNames } from "../package/beside.ts";
import type { EntryRecord } from "../package/entry.ts";
import { finishFolder, finishZip, type FinishInput } from "../package/finish.ts";
import { entriesOf, journalItems } from "../package/journal-lines.ts";
import { OWN_NAMES } from "../package/receipt-text.ts";
import { writeFolderText, writeZipText } from "../package/write-text.ts";
import { entryEnd } from "../package/zip-format.ts";
import type { DatasetContext } from "./dataset-context.ts";
import type { DatasetState, MadePart } from "./dataset-state.ts";
import type { DatasetTarget } from "./dataset-target.ts";
import type { DatasetPackagePlan } from "./stored-plan.ts";

/** What a package that is whole holds. */
export interface FinishedDataset {
  /** Files that were made of the data alone, in their order: few, or the first of them. */
  names: string[];
  /** Files in all, receipt and manifest included. */
  entries: number;
  /** Of the ZIP, or of all files. */
  bytes: number;
  /** Those that lie beside a table: description, codebook, receipt, manifest. */
  beside: EntryRecord[];
}

/**
 * Writes what follows the data: descriptions, receipt and manifest. Repeatable: all of it follows from the chunks and the plan. Nothing is
 * durable yet.
 */
export async function finishDataset(
  context: DatasetContext,
  plan: DatasetPackagePlan,
  state: DatasetState,
  target: DatasetTarget,
): Promise<FinishedDataset> {
  const { recipe, dataset } = context;
  const names = state.made.map(({ record }) => record.name);
  const [only] = state.made;
  if (recipe.format === "file")
    return { names, entries: 1, bytes: only?.record.size ?? 0, beside: only === undefined ? [] : [only.record] };
  const tables = state.made.map((made) => describe(context, made)).filter((one) => one !== undefined);
  const notices = [...dataset.notices, ...plan.notices, ...tables.flatMap(noticesOf)];
  for (const table of tables) table.notices = notices;
  const written: EntryRecord[] = [];
  let end = target.end;
  const write = (name: string, role: EntryRecord["role"], text: string | Iterable<string>): void => {
    const lines = typeof text === "string" ? [text] : text;
    const record =
      target.container === "zip"
        ? writeZipText(target.fd, end, { name, role }, lines)
        : writeFolderText(target.partial, { name, role }, lines);
    written.push(record);
    end = target.container === "zip" ? entryEnd(record) : 0;
  };
  const ownNames = recipe.format === "beside" ? besideNames(plan.table) : { ...WITHIN, ...OWN_NAMES };
  if (recipe.kind === "fhir") {
    if (recipe.layout === "ndjson") {
      const files = state.made.map(({ record, written: count }) => ({
        path: record.name,
        type: typeOf(record.name),
        count,
      }));
      const deleted: { path: string; count: number }[] = [];
      if ((plan.deleted ?? 0) > 0) {
        write(DELETED_FILE, "document", deletedBundles(dataset.deleted()));
        deleted.push({ path: DELETED_FILE, count: countBundles(plan.deleted ?? 0) });
      }
      write(BULK_MANIFEST.name, BULK_MANIFEST.role, bulkManifest(files, dataset.sources, context.startedAt, deleted));
    }
  } else {
    const title = tables.length === 1 ? undefined : "Tables of FHIR resources";
    const [first] = tables;
    if (first !== undefined) {
      write(
        ownNames.description,
        "description",
        title === undefined ? dataPackage(first) : dataPackageOf({ name: recipe.kind, title }, tables),
      );
      write(ownNames.codebook, "codebook", title === undefined ? codebook(first) : codebookOf(title, tables));
    }
  }
  const items = journalItems(target.journal.path);
  const input: FinishInput = {
    *entries() {
      yield* entriesOf(items());
      yield* written;
    },
    receipt: datasetReceipt({
      ...context,
      planned: { ...plan, resources: plan.counts.resources },
      sums: state.sums,
      parts: state.made.map(receiptPart),
      notices,
    }),
    missing: () => [],
    signal: context.signal,
    names: ownNames,
    unsynced: true,
  };
  const { receipt, manifest, bytes, entries } =
    target.container === "zip" ? await finishZip(target.fd, end, input) : await finishFolder(target.partial, input);
  return { names, entries, bytes, beside: [...written, receipt, manifest] };
}

/** A date that is no whole date is nothing wrong in FHIR: a year or month may be all that is known, or all that the policy leaves. */
function noticesOf({ fileName, format, summaries }: TableDescription): string[] {
  const isDate = (column: string): boolean =>
    format.columns.some(({ name, type }) => name === column && (type === "date" || type === "datetime"));
  const partial = summaries.filter(({ name, offType }) => offType > 0 && isDate(name));
  return [
    ...columnNotices(summaries.map((one) => (isDate(one.name) ? { ...one, offType: 0 } : one))),
    ...partial.map(
      ({ name, offType }) =>
        `${offType === 1 ? "1 cell" : `${offType} cells`} of ${name} in ${fileName} are years, months or bands, and no whole dates.`,
    ),
  ];
}

/** "Observation" of "Observation.ndjson.gz". */
function typeOf(path: string): string {
  return path.slice(0, path.indexOf("."));
}

function receiptPart({ part, record, written, columns }: MadePart): ReceiptPart {
  const { encoding } = part;
  return {
    path: record.name,
    rows: written,
    columns: encoding.kind === "table" ? receiptColumns(encoding.settings.columns, columns) : null,
  };
}

function describe(
  { startedAt }: DatasetContext,
  { part, record, written, columns }: MadePart,
): (TableDescription & { notices: readonly string[] }) | undefined {
  const { encoding } = part;
  if (encoding.kind !== "table") return undefined;
  return {
    kind: {
      name: encoding.settings.sheet.toLowerCase().replaceAll(/[^0-9a-z]+/g, "-"),
      title: encoding.title,
      row: encoding.row,
    },
    fileName: record.name,
    format: encoding.settings,
    summaries: columns,
    rows: written,
    bytes: record.size,
    sha256: record.sha256,
    startedAt,
    notices: [],
  };
}
