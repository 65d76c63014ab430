import type { SatchelError } from "../../../src/contract/errors.ts";
import { linesOfType, type BulkServer } from "../../support/fhir-bulk-server.ts";

/** Bulk exports alone, as often as a test needs. */
export const BULK = { bulk: { use: "only" }, limits: { callsPerMinute: 60_000, exportsPerHour: 100 } };

/** A server without faults that has 30 patients and 650 observations in two files. */
export function fillServer(server: BulkServer): void {
  server.faults = {};
  server.files = [
    { type: "Patient", lines: linesOfType("Patient", 30) },
    { type: "Observation", lines: linesOfType("Observation", 400) },
    { type: "Observation", lines: linesOfType("Observation", 250, 400) },
  ];
  server.requests = [];
  server.jobs.clear();
  server.transactionTime = "2024-06-01T00:00:00Z";
}

export async function failure(promise: Promise<unknown>): Promise<SatchelError> {
  return await promise.then(
    () => {
      throw new Error("nothing was thrown");
    },
    (thrown: SatchelError) => thrown,
  );
}
