import { SatchelError } from "../../../contract/errors.ts";
import type { TableKinds } from "./kinds.ts";

function unbuilt(): never {
  throw new SatchelError("INTERNAL", "This kind of table is not built yet.");
}

/** The tables that jobs can make. */
export const TABLE_KINDS: TableKinds = {
  notes: { open: unbuilt },
  studies: { open: unbuilt },
};
