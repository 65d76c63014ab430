import { createRequire } from "node:module";
import type * as Writer from "hyparquet-writer";

/** Loaded where Parquet is written: 12 MB in each process and worker that never does. */
export function loadWriter(): Pick<typeof Writer, "ByteWriter" | "ParquetWriter"> {
  return createRequire(import.meta.url)("hyparquet-writer") as typeof Writer;
}
