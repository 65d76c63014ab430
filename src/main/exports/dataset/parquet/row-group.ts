import type { CompressionCodec, Encoding, ParquetType, RowGroup as WrittenGroup, SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter, type ColumnSource } from "hyparquet-writer";
import { SatchelError } from "../../../../contract/errors.ts";
import type { Cell, ColumnType, Row, TableColumn } from "../../table/table.ts";

/** What the footer of a Parquet file says of a row group, as JSON. Offsets count from the group's first byte. */
export interface RowGroup {
  rows: number;
  /** Bytes of the group, and of its columns before they were compressed. */
  size: number;
  uncompressed: number;
  columns: {
    type: ParquetType;
    path: string[];
    encodings: Encoding[];
    codec: CompressionCodec;
    values: number;
    uncompressed: number;
    compressed: number;
    data: number;
    dictionary?: number;
  }[];
}

/** "PAR1": what a Parquet file begins and ends with. */
export const MAGIC_LENGTH = 4;

/**
 * Dates and times are text as they stand in a CSV: FHIR knows years and months alone, and a timestamp of Parquet has no offset from UTC.
 */
const PHYSICAL: Record<ColumnType, Omit<SchemaElement, "name">> = {
  string: { type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
  date: { type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
  datetime: { type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
  integer: { type: "INT64", repetition_type: "OPTIONAL" },
  number: { type: "DOUBLE", repetition_type: "OPTIONAL" },
  boolean: { type: "BOOLEAN", repetition_type: "OPTIONAL" },
};

export function parquetSchema(columns: readonly TableColumn[]): SchemaElement[] {
  return [
    { name: "root", num_children: columns.length },
    ...columns.map(({ name, type }) => ({ name, ...PHYSICAL[type] })),
  ];
}

/**
 * Rows as a row group of Parquet, made apart from the rest of its file.
 *
 * @param rows at least one
 * @throws USAGE where a cell is not what its column says: Parquet has one type a column
 */
export function encodeRowGroup(
  columns: readonly TableColumn[],
  rows: readonly Row[],
): { bytes: Buffer; group: RowGroup } {
  const writer = new ByteWriter();
  // Smallest and largest values would stand in the footer: nobody needs them there, and they would be more places to look for a leak in.
  const parquet = new ParquetWriter({ writer, schema: parquetSchema(columns), statistics: false });
  const columnData: ColumnSource[] = columns.map((column, index) => ({
    name: column.name,
    data: rows.map((row) => toValue(row[index] ?? null, column)),
    offsetIndex: false,
  }));
  void parquet.write({ columnData, rowGroupSize: rows.length });
  const written = writer.getBytes();
  const bytes = Buffer.from(written.buffer, written.byteOffset + MAGIC_LENGTH, written.length - MAGIC_LENGTH);
  return { bytes, group: toGroup(parquet.row_groups[0]!, bytes.length) };
}

function toValue(cell: Cell, { name, type }: TableColumn): unknown {
  if (cell === null || (cell === "" && type !== "string")) return null;
  if (type === "integer" && typeof cell === "number" && Number.isSafeInteger(cell)) return BigInt(cell);
  if (type === "number" && typeof cell === "number") return cell;
  if (type === "boolean" && (cell === "true" || cell === "false")) return cell === "true";
  if (type === "string" || type === "date" || type === "datetime") return String(cell).toWellFormed();
  throw new SatchelError(
    "USAGE",
    `The column ${name} holds a value that is no ${type}; a column of Parquet has one type.`,
    "Give the column the type string, or export as CSV.",
  );
}

function toGroup({ columns, num_rows }: WrittenGroup, size: number): RowGroup {
  const told = columns.map(({ meta_data: meta }) => {
    if (meta === undefined) throw new SatchelError("INTERNAL", "A column of a row group has no description.");
    const { dictionary_page_offset: dictionary } = meta;
    return {
      type: meta.type,
      path: meta.path_in_schema,
      encodings: meta.encodings,
      codec: meta.codec,
      values: Number(meta.num_values),
      uncompressed: Number(meta.total_uncompressed_size),
      compressed: Number(meta.total_compressed_size),
      data: Number(meta.data_page_offset) - MAGIC_LENGTH,
      ...(dictionary === undefined ? {} : { dictionary: Number(dictionary) - MAGIC_LENGTH }),
    };
  });
  const uncompressed = told.reduce((sum, column) => sum + column.uncompressed, 0);
  return { rows: Number(num_rows), size, uncompressed, columns: told };
}
