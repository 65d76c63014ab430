import { SatchelError } from "../../../contract/errors.ts";
import type { Catalog } from "../../catalog/database.ts";
import type { RowReader, RowSource } from "./table.ts";

/**
 * How a worker comes to the rows of each kind of table.
 *
 * @param catalog the worker's own, read-only. It belongs to the reader's caller, who begins a transaction for each chunk and closes it.
 */
export type OpenRows = (catalog: Catalog, settings: unknown) => RowReader;

function unbuilt(): never {
  throw new SatchelError("INTERNAL", "This kind of table is not built yet.");
}

export const ROW_READERS: Record<RowSource["kind"], OpenRows> = { notes: unbuilt, studies: unbuilt };
