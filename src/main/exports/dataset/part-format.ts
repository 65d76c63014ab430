import { createTableFormat } from "../table/create-table-format.ts";
import type { Stretch } from "../table/table-format.ts";
import type { Row } from "../table/table.ts";
import { createBundleFormat } from "./bundle-format.ts";
import type { PartEncoding } from "./dataset.ts";
import { createNdjsonFormat } from "./ndjson-format.ts";
import { createParquetFormat } from "./parquet/parquet-format.ts";
import type { RowGroup } from "./parquet/row-group.ts";

/** What is known of a stream when it ends. */
export interface EndedStream {
  stretch: Stretch;
  /** Lines, entries or rows. */
  written: number;
  /** Of a format that is made of row groups: each, and where it begins in the stream. */
  groups: readonly PlacedGroup[];
}

export interface PlacedGroup {
  group: RowGroup;
  offset: number;
}

/**
 * How the chunks of a part become one file: `before`, a stream, `after`; the stream is `head`, the chunks, `foot`. Nothing of a chunk depends
 * on those before it: several threads make them.
 */
export interface PartFormat {
  readonly mediaType: string;
  /** The stream is deflated whatever the package wants; its chunks are made with a sync flush between them. */
  readonly deflates: boolean;
  /** The file gains nothing from being deflated within a ZIP: it is stored. */
  readonly compressed: boolean;
  readonly before: Buffer;
  head(): string;
  foot(written: number): string;
  /** Stands before the first chunk that holds something, and between those that do. */
  readonly opening: string;
  readonly between: string;
  after(end: EndedStream): Buffer;
  /** How a chunk is written; null where it is a row group. */
  readonly text: PartText | null;
}

export interface PartText {
  /**
   * @param id of the resource as it leaves; "" where it has none
   * @param first of its chunk
   */
  line(json: string, id: string, first: boolean): string;
  row(row: Row): string;
}

export function createPartFormat(encoding: PartEncoding): PartFormat {
  if (encoding.kind === "ndjson") return createNdjsonFormat(encoding.gzip);
  if (encoding.kind === "bundle") return createBundleFormat();
  const { settings } = encoding;
  const { table } = settings;
  if (table === "parquet") return createParquetFormat(settings.columns);
  const format = createTableFormat({ ...settings, table, rows: null });
  return {
    mediaType: format.mediaType,
    deflates: format.deflates,
    compressed: format.deflates,
    before: format.before,
    head: () => format.head(),
    foot: (written) => format.foot(written),
    opening: "",
    between: "",
    after: ({ stretch }) => format.after(stretch),
    text: { line: () => "", row: (row) => format.row(row, 0) },
  };
}
