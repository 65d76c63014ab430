import { closeSync } from "node:fs";
import { toErrorRecord } from "../../contract/errors.ts";
import { openForReading } from "../package/check-entries.ts";
import { digestContent } from "../package/digest-content.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** Reads what was written of a table once in its order. */
export async function digestTable(
  { batch, path, place }: ToWorker & { type: "digest" },
  post: (message: FromWorker) => void,
): Promise<void> {
  try {
    const fd = openForReading(path);
    try {
      post({ type: "digested", batch, digest: await digestContent(fd, place) });
    } finally {
      closeSync(fd);
    }
  } catch (thrown) {
    post({ type: "digested", batch, error: toErrorRecord(thrown) });
  }
}
