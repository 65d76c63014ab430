import type { SearchQuery } from "./search-query.ts";

/** What US Core and the servers that insist on a category know (smart-fetch asks for the same). */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  Observation: [
    "social-history",
    "vital-signs",
    "imaging",
    "laboratory",
    "survey",
    "exam",
    "procedure",
    "therapy",
    "activity",
  ],
  Condition: ["problem-list-item", "encounter-diagnosis", "health-concern"],
  DiagnosticReport: ["LAB", "RAD", "imaging", "cardiology", "pathology", "other"],
  DocumentReference: ["clinical-note", "imaging", "correspondence"],
  CarePlan: ["assess-plan"],
};

/** Categories to ask for one by one where a server refuses the search for all; empty where there are none, or one is asked for already. */
export function categoriesOf({ type, parameters }: SearchQuery): readonly string[] {
  if (parameters.some(([name]) => name.startsWith("category"))) return [];
  return CATEGORIES[type] ?? [];
}
