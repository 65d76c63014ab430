import { SatchelError } from "../../contract/errors.ts";
import type { CallContext, HandlersOf } from "./context.ts";

function unbuilt(): never {
  throw new SatchelError("INTERNAL", "This is not built yet.");
}

/** Stands for the calls of the records until their rooms answer them. */
export function unbuiltHandlers(_context: CallContext): HandlersOf<"records"> {
  return {
    "records.notes": unbuilt,
    "records.note": unbuilt,
    "records.noteFacets": unbuilt,
    "records.exams": unbuilt,
    "records.examFacets": unbuilt,
  };
}
