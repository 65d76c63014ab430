import type { RowGroup as WrittenGroup } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { TableColumn } from "../../table/table.ts";
import type { EndedStream, PartFormat, PlacedGroup } from "../part-format.ts";
import { MAGIC_LENGTH, parquetSchema } from "./row-group.ts";

const MAGIC = Buffer.from("PAR1");

/** Parquet (parquet-format 2.x): row groups that are made apart, one after another, and a footer that says where each of them is. */
export function createParquetFormat(columns: readonly TableColumn[]): PartFormat {
  return {
    mediaType: "application/vnd.apache.parquet",
    deflates: false,
    compressed: true,
    before: MAGIC,
    head: () => "",
    foot: () => "",
    opening: "",
    between: "",
    after: (end) => footer(columns, end),
    text: null,
  };
}

function footer(columns: readonly TableColumn[], { stretch, groups, written }: EndedStream): Buffer {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: parquetSchema(columns), createdBy: "satchel" });
  // The groups stand between the first four bytes, which are written already, and what follows.
  writer.offset = MAGIC_LENGTH + stretch.writtenSize;
  parquet.row_groups = groups.map(placed);
  parquet.num_rows = BigInt(written);
  void parquet.finish();
  const bytes = writer.getBytes();
  return Buffer.from(bytes.buffer, bytes.byteOffset + MAGIC_LENGTH, bytes.length - MAGIC_LENGTH);
}

function placed({ group, offset }: PlacedGroup): WrittenGroup {
  const start = MAGIC_LENGTH + offset;
  const at = (within: number): bigint => BigInt(start + within);
  return {
    columns: group.columns.map((column) => ({
      file_offset: at(column.dictionary ?? column.data),
      meta_data: {
        type: column.type,
        encodings: column.encodings,
        path_in_schema: column.path,
        codec: column.codec,
        num_values: BigInt(column.values),
        total_uncompressed_size: BigInt(column.uncompressed),
        total_compressed_size: BigInt(column.compressed),
        data_page_offset: at(column.data),
        ...(column.dictionary === undefined ? {} : { dictionary_page_offset: at(column.dictionary) }),
      },
    })),
    total_byte_size: BigInt(group.uncompressed),
    num_rows: BigInt(group.rows),
    total_compressed_size: BigInt(group.size),
  };
}
