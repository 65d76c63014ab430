import { describe, expect, it } from "vitest";
import { EXAM_COLUMNS, GUIDE_EXAM_COLUMNS } from "../../src/contract/records.ts";
import { identityOfTable, notesRecipe, studiesRecipe } from "../../src/contract/table-recipe.ts";
import {
  READY_NOTES,
  READY_NOTES_NAMES,
  READY_STUDIES,
  READY_STUDIES_NAMES,
  readyNotesNameOf,
  readyStudiesNameOf,
} from "../../src/renderer/ready-table-recipes.ts";
import {
  missingOfNotes,
  missingOfStudies,
  reasonsNotToStart,
} from "../../src/renderer/screens/exports/start-reasons.ts";
import {
  FIRST_NOTES_DRAFT,
  isSameWithoutKinds,
  toNotesDraft,
  toNotesRecipe,
  type NotesDraft,
} from "../../src/renderer/screens/exports/tables/notes-draft.ts";
import {
  changeStudiesDraft,
  FIRST_STUDIES_DRAFT,
  movedColumn,
  toStudiesDraft,
  toStudiesRecipe,
  withColumn,
  type StudiesDraft,
} from "../../src/renderer/screens/exports/tables/studies-draft.ts";
import { identitiesIn } from "../../src/renderer/screens/exports/tables/table-identity.ts";

const notes: NotesDraft = { ...FIRST_NOTES_DRAFT, key: "heart", destination: "/out" };
const studies: StudiesDraft = { ...FIRST_STUDIES_DRAFT, key: "heart", destination: "/out" };
const LIMIT = 10_000;

describe("the ready recipes of notes", () => {
  it("are recipes that the engine takes, each recognised as itself", () => {
    for (const name of READY_NOTES_NAMES) {
      const recipe = toNotesRecipe({ ...notes, ...READY_NOTES[name], reason: "audit 7" }, {}, "/out");
      expect(notesRecipe.safeParse(recipe).success).toBe(true);
      expect(readyNotesNameOf(READY_NOTES[name])).toBe(name);
    }
  });

  it("begin with the one from which nobody is known: nothing in it leads to a person", () => {
    const recipe = toNotesRecipe(notes, {}, "/out");
    expect(readyNotesNameOf(notes)).toBe("research");
    expect(identitiesIn(recipe!)).toEqual([]);
    expect(recipe?.policy).toMatchObject({
      ids: "pseudonym",
      recordNumber: "drop",
      text: "scrub",
      ages: "safe-harbor",
    });
  });

  it("say of each table that leads to persons what leads there, and of no other", () => {
    for (const name of READY_NOTES_NAMES) {
      const recipe = toNotesRecipe({ ...notes, ...READY_NOTES[name], reason: "audit 7" }, {}, "/out")!;
      expect(identitiesIn(recipe).length > 0, name).toBe(identityOfTable(recipe) === "identified");
    }
  });

  it("are no longer themselves once something is adjusted", () => {
    expect(readyNotesNameOf({ ...READY_NOTES.research, text: "keep" })).toBeUndefined();
    expect(readyNotesNameOf({ ...READY_NOTES.research, formulas: "keep" })).toBeUndefined();
  });
});

describe("an export of notes while it is put together", () => {
  it("asks for daily notes where no kind is said, so that what is counted is what leaves", () => {
    expect(toNotesRecipe(notes, {}, "/out")?.selection.kinds).toEqual(["daily-note"]);
    expect(toNotesRecipe(notes, { kinds: ["report"] }, "/out")?.selection.kinds).toEqual(["report"]);
  });

  it("is no recipe without a key, nor with live ids for no reason", () => {
    expect(toNotesRecipe({ ...notes, key: "" }, {}, "/out")).toBeUndefined();
    expect(toNotesRecipe({ ...notes, ids: "source", reason: "  " }, {}, "/out")).toBeUndefined();
    expect(toNotesRecipe({ ...notes, ids: "source", reason: "audit 7", key: "" }, {}, "/out")).toBeDefined();
  });

  it("names no key and no reason where none is needed: the receipt would tell of something that was not done", () => {
    const live = toNotesRecipe({ ...notes, ids: "source", reason: "audit 7" }, {}, "/out");
    expect(live?.policy).not.toHaveProperty("key");
    expect(toNotesRecipe({ ...notes, reason: "left over" }, {}, "/out")?.policy).not.toHaveProperty("reason");
  });

  it("comes back from a saved recipe as it was", () => {
    const recipe = toNotesRecipe(
      { ...notes, recordNumber: "pseudonym", name: "heart.csv", format: "beside" },
      { wards: ["UTI"], from: "2024-01-01" },
      "/out",
    )!;
    expect(toNotesRecipe(toNotesDraft(recipe), recipe.selection, recipe.destination)).toEqual(recipe);
  });

  it("knows the filter of Browse again, whatever kinds of notes are chosen", () => {
    expect(isSameWithoutKinds({ wards: ["UTI"], kinds: ["report"] }, { wards: ["UTI"] })).toBe(true);
    expect(isSameWithoutKinds({ wards: ["UTI"] }, { wards: ["CC"] })).toBe(false);
  });

  it("cannot start before each thing is said that is needed, and says which", () => {
    expect(missingOfNotes({ ...notes, ids: "source", key: "", destination: "" }, false)).toEqual([
      "records-not-picked",
      "live-reason-missing",
      "destination-missing",
    ]);
    expect(missingOfNotes(notes, true)).toEqual([]);
  });
});

describe("an export of the study list while it is put together", () => {
  it("has ready recipes that the engine takes, each recognised as itself; the first names nobody", () => {
    for (const name of READY_STUDIES_NAMES) {
      const recipe = toStudiesRecipe({ ...studies, ...READY_STUDIES[name] }, {}, LIMIT, "/out");
      expect(studiesRecipe.safeParse(recipe).success).toBe(true);
      expect(readyStudiesNameOf(READY_STUDIES[name])).toBe(name);
      expect(identitiesIn(recipe!).length > 0).toBe(identityOfTable(recipe!) === "identified");
    }
    expect(readyStudiesNameOf(FIRST_STUDIES_DRAFT)).toBe("research");
  });

  it("has the guide's 14 columns, or the platform's 18", () => {
    expect(READY_STUDIES.research.columns).toEqual(GUIDE_EXAM_COLUMNS);
    expect(READY_STUDIES.platform.columns).toEqual(EXAM_COLUMNS);
    expect([GUIDE_EXAM_COLUMNS.length, EXAM_COLUMNS.length]).toEqual([14, 18]);
  });

  it("takes the limit of the workspace unless the export has its own", () => {
    expect(toStudiesRecipe(studies, {}, LIMIT, "/out")?.maxRows).toBe(LIMIT);
    expect(toStudiesRecipe({ ...studies, maxRows: 12_345 }, {}, LIMIT, "/out")?.maxRows).toBe(12_345);
  });

  it("does not start with more exams than may leave, nor without a column", () => {
    expect(missingOfStudies(studies, true, true)).toEqual(["too-many-rows"]);
    expect(missingOfStudies({ ...studies, columns: [] }, true, false)).toEqual(["columns-missing"]);
    expect(toStudiesRecipe({ ...studies, columns: [] }, {}, LIMIT, "/out")).toBeUndefined();
  });

  it("moves a column by one place and not past an end; one that is added comes last", () => {
    const columns = withColumn(["exam_id", "exam_room"], "patient_age", true);
    expect(columns).toEqual(["exam_id", "exam_room", "patient_age"]);
    expect(movedColumn(columns, "patient_age", -1)).toEqual(["exam_id", "patient_age", "exam_room"]);
    expect(movedColumn(columns, "exam_id", -1)).toEqual(columns);
    expect(movedColumn(columns, "patient_age", 1)).toEqual(columns);
    expect(withColumn(columns, "exam_id", false)).toEqual(["exam_room", "patient_age"]);
  });

  it("does not deflate a workbook twice, and a CSV once", () => {
    const workbook = changeStudiesDraft(studies, { table: "xlsx" });
    expect(workbook.compress).toBe(0);
    expect(changeStudiesDraft(workbook, { table: "csv" }).compress).toBe(6);
  });

  it("comes back from a saved recipe as it was", () => {
    const draft: StudiesDraft = { ...studies, ...READY_STUDIES.department, sort: "patient_name_asc", maxRows: 5 };
    const recipe = toStudiesRecipe(draft, { examSource: "CT", gender: ["F"] }, LIMIT, "/out")!;
    expect(toStudiesRecipe(toStudiesDraft(recipe), recipe.selection, LIMIT, "/out")).toEqual(recipe);
  });
});

describe("whether a table can start", () => {
  const made = { name: "t.zip", exists: false, patients: 1, studies: 0, series: 0, instances: 0, previews: 0, rows: 2 };

  it("is stopped by a drive that holds no file that large, as a folder too: the table is one file", () => {
    const plan = { packages: [{ ...made, bytes: 500 }], bytes: 500, freeBytes: 1000, notices: [], noticeMeanings: [] };
    const fat = { readOnly: false, largestFile: 400 };
    expect(reasonsNotToStart([], plan, false, fat, "table")).toEqual(["table-too-large"]);
  });
});
