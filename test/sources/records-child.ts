/**
 * A sync of a source of records into a catalog, in a process of its own, that says "here" and stands still after so many records: for a
 * test to kill. Arguments: the catalog's file, the kind of source, its configuration as JSON, the number of records (0: never).
 */
import { recordsTarget } from "../../src/main/catalog/records-sync.ts";
import { openCatalog } from "../../src/main/catalog/database.ts";
import { listSources } from "../../src/main/catalog/sources.ts";
import type { RecordsTarget } from "../../src/main/sources/records-source.ts";
import { sourceKind } from "../../src/main/sources/registry.ts";
import { CHILD_KEY } from "./records-child-key.ts";

const [file = "", kind = "", config = "{}", until = "0"] = process.argv.slice(2);
const catalog = openCatalog(file, CHILD_KEY);
const [source] = listSources(catalog);
const found = sourceKind(kind);
if (source === undefined || found.holds !== "records") throw new Error("no source of records");
const target = recordsTarget(catalog, source.id);
let left = Number(until);
const standStill = (): void => {
  if (--left !== 0) return;
  process.stdout.write("here\n");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
const watched: RecordsTarget = {
  ...target,
  putNote: (note) => {
    target.putNote(note);
    standStill();
  },
  putExam: (exam) => {
    target.putExam(exam);
    standStill();
  },
};
const report = await found.sync(JSON.parse(config), undefined, watched, () => undefined, new AbortController().signal);
target.finish(report.complete);
catalog.close();
process.stdout.write(`${JSON.stringify(report)}\n`);
