import { SatchelError } from "../../contract/errors.ts";

export function nothingSelected(): SatchelError {
  return new SatchelError(
    "NOT_FOUND",
    "Nothing was selected: the catalog holds no such records.",
    "Change the filter, or sync the sources first.",
  );
}

/** Tells it from a place that is not there, for instance. */
export function isNothingSelected({ code, message }: { code: string; message: string }): boolean {
  const nothing = nothingSelected();
  return code === nothing.code && message === nothing.message;
}

export function stillChanging(): SatchelError {
  return new SatchelError(
    "IN_USE",
    "The records changed again and again while the export was planned.",
    "Wait until the sync has ended, then export again.",
  );
}
