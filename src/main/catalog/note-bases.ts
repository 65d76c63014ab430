import type { NotesFilter } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";
import { listNoteSettings, type NoteSetting } from "./note-settings.ts";
import type { PlannedPatient } from "./notes.ts";

/** Of the notes that a filter leaves, how many could not be told by the history of their patient. */
export interface NoteBases {
  /** All that the filter leaves. */
  notes: number;
  /** Status taken from the earliest that is known, or from now. */
  statusEarliest: number;
  statusNow: number;
  /** The same of the record number. */
  recordNumberEarliest: number;
  recordNumberNow: number;
  /** The same of the ward, where the filter names wards. */
  wardEarliest: number;
  wardNow: number;
  /** Of patients who are deleted at the source. */
  ofDeleted: number;
}

/** Counts them while a plan goes through the patients: a look of their own at a million notes would take as long as the plan's. */
export class NoteBasesCount {
  readonly sum: NoteBases = {
    notes: 0,
    statusEarliest: 0,
    statusNow: 0,
    recordNumberEarliest: 0,
    recordNumberNow: 0,
    wardEarliest: 0,
    wardNow: 0,
    ofDeleted: 0,
  };
  readonly #settings: ReadonlyMap<number, NoteSetting>;
  readonly #byWard: boolean;

  constructor(catalog: Catalog, filter: Pick<NotesFilter, "wards">) {
    this.#settings = new Map(listNoteSettings(catalog).map((setting) => [setting.id, setting]));
    this.#byWard = filter.wards !== undefined;
  }

  add({ settings, deleted }: Pick<PlannedPatient, "settings" | "deleted">): void {
    const { sum } = this;
    for (const [id, notes] of settings) {
      const setting = this.#settings.get(id);
      sum.notes += notes;
      if (setting?.statusBasis === "earliest") sum.statusEarliest += notes;
      if (setting?.statusBasis === "now") sum.statusNow += notes;
      if (setting?.recordNumberBasis === "earliest") sum.recordNumberEarliest += notes;
      if (setting?.recordNumberBasis === "now") sum.recordNumberNow += notes;
      if (this.#byWard && setting?.wardBasis === "earliest") sum.wardEarliest += notes;
      if (this.#byWard && setting?.wardBasis === "now") sum.wardNow += notes;
      if (deleted) sum.ofDeleted += notes;
    }
  }
}
