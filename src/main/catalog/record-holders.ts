import type { Catalog } from "./database.ts";

const HOLDERS = {
  notes: "EXISTS (SELECT 1 FROM note WHERE note.source = source.id)",
  exams:
    "EXISTS (SELECT 1 FROM exam WHERE exam.source = source.id) OR EXISTS (SELECT 1 FROM study_source WHERE study_source.source = source.id)",
} as const;

/** Sources of which the catalog holds notes, or rows of the study list (imaging sources have those as well). */
export function holdersOf(catalog: Catalog, what: keyof typeof HOLDERS): Set<number> {
  return new Set(catalog.column<number>(`SELECT id FROM source WHERE ${HOLDERS[what]}`));
}
