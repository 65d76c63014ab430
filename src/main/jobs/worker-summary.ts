import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import { openCatalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import { SUMMARIES } from "../exports/summary/summaries.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** Words of progress are told so often at most. */
const TELL_MS = 100;

/** Computes the documents of a summary on one unchanging view of the catalog. */
export function computeSummary(
  { batch, task }: ToWorker & { type: "compute" },
  post: (message: FromWorker) => void,
): void {
  let told = 0;
  const onProgress = (resources: number): void => {
    const now = performance.now();
    if (now - told < TELL_MS) return;
    told = now;
    post({ type: "computing", batch, resources });
  };
  try {
    const catalog = openCatalog(task.catalog.path, Buffer.from(task.catalog.key), { readOnly: true });
    try {
      const summary = catalog.read(() => {
        if (recordsGeneration(catalog) !== task.generation)
          throw new SatchelError("SOURCE_ANSWER", "The catalog has changed since the job began.", "Resume the job.");
        return SUMMARIES[task.kind](catalog, task.settings, onProgress);
      });
      post({ type: "computed", batch, summary });
    } finally {
      catalog.close();
    }
  } catch (thrown) {
    post({ type: "computed", batch, error: toErrorRecord(thrown) });
  }
}
