import type { NotesRecipe, StudiesRecipe } from "../../src/contract/table-recipe.ts";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import { openCatalog, type Catalog } from "../../src/main/catalog/database.ts";
import { listSources, recordSync } from "../../src/main/catalog/sources.ts";
import type { RecordsTarget } from "../../src/main/sources/records-source.ts";
import { aNote, anExam, aPatient, addRecordsSource, syncRecords } from "../catalog/new-records.ts";
import { createWorkshop, type Workshop } from "./workshop.ts";

export interface RecordsSize {
  patients: number;
  notesEach: number;
  /** Characters of a note, about. */
  noteLength: number;
  exams?: number;
}

const MINUTE = 60_000_000;

/** A workshop whose catalog holds invented notes and exams; the same for the same size. */
export async function createRecordsWorkshop(root: string, size: RecordsSize): Promise<Workshop> {
  const workshop = await createWorkshop(root);
  await changeCatalog(workshop, (catalog) => {
    syncRecords(catalog, addRecordsSource(catalog), (target) => putRecords(target, size));
  });
  return workshop;
}

/** Changes what the catalog holds, as a sync of another time would. */
export async function changeCatalog(workshop: Workshop, change: (catalog: Catalog) => void): Promise<void> {
  const workspace = await openWorkspace(workshop.folder, () => ({ kind: "key-file", path: workshop.keyFile }));
  try {
    change(workspace.catalog);
  } finally {
    workspace.close();
  }
}

/** The same below a running application, which holds the workspace: what no sync of Satchel does. */
export async function changeBehind(workshop: Workshop, change: (catalog: Catalog) => void): Promise<void> {
  await workshop.look(({ catalogAccess: { path, key } }) => {
    const catalog = openCatalog(path, key);
    try {
      change(catalog);
    } finally {
      catalog.close();
    }
  });
}

/** One note more of the first patient. */
export function addNote(catalog: Catalog, sourceId: string): void {
  const note = aNote(sourceId, "p0", { content: "One more." });
  syncRecords(catalog, theSource(catalog), (target) => target.putNote(note), false);
}

/** A sync that finds everything as it was. */
export function syncNothing(catalog: Catalog): void {
  const source = theSource(catalog);
  const outcome = syncRecords(catalog, source, () => undefined, false);
  recordSync(catalog, source, { ...outcome, skipped: 0, problems: 0, analyses: 0, complete: true, notices: [] });
}

function theSource(catalog: Catalog): number {
  const [source] = listSources(catalog);
  if (source === undefined) throw new Error("the workshop has no source");
  return source.id;
}

function putRecords(target: RecordsTarget, { patients, notesEach, noteLength, exams = 0 }: RecordsSize): void {
  const began = Date.parse("2024-01-01T00:00:00Z") * 1000;
  for (let patient = 0; patient < patients; patient++) {
    target.putPatient(aPatient(`p${patient}`));
    for (let note = 0; note < notesEach; note++) {
      const beginning = `Evolução, "dia ${note}":\r\nPaciente estável. `;
      const rest = `${patient * 7919 + note} mg/dL, `;
      const content = beginning + rest.repeat(Math.max(1, Math.ceil((noteLength - beginning.length) / rest.length)));
      target.putNote(aNote(`n${patient}-${note}`, `p${patient}`, { content, eventAt: began + note * MINUTE }));
    }
  }
  for (let exam = 0; exam < exams; exam++) {
    target.putExam(anExam(String(exam).padStart(6, "0"), { order_datetime: began + exam * MINUTE }));
  }
}

export function notesTo(destination: string, change: Partial<NotesRecipe> = {}): NotesRecipe {
  return {
    kind: "notes",
    version: 1,
    selection: {},
    policy: {
      ids: "pseudonym",
      key: "lung",
      asOf: "note",
      statusLabels: "english",
      ages: "exact",
      recordNumber: "pseudonym",
      text: "keep",
    },
    format: "zip",
    compress: 6,
    formulas: "guard",
    destination,
    ...change,
  };
}

export function studiesTo(destination: string, change: Partial<StudiesRecipe> = {}): StudiesRecipe {
  return {
    kind: "studies",
    version: 1,
    selection: {},
    sort: "order_datetime_desc",
    columns: ["exam_id", "patient_name", "exam_status", "order_datetime"],
    table: "csv",
    maxRows: 10_000,
    policy: { kind: "pseudonymised", key: "lung" },
    format: "folder",
    compress: 0,
    name: "studies.csv",
    formulas: "guard",
    destination,
    ...change,
  };
}
