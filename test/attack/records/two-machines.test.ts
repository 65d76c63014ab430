import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { NotesRecipe } from "../../../src/contract/table-recipe.ts";
import { addRecordsSource, aNote, aPatient, at, syncRecords } from "../../catalog/new-records.ts";
import { readTable } from "../../exports/table-file.ts";
import { changeCatalog, notesTo } from "../../jobs/records-workshop.ts";
import { createWorkshop, EXPORTED_AT, resultOf, type Workshop } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const PATIENTS = 40;
const MINUTE = 60_000_000;

/** A workspace in which records came in an order of its own. */
async function machine(reversed: boolean): Promise<{ root: string; workshop: Workshop }> {
  const root = temporaryFolders.pop()!;
  const workshop = await createWorkshop(root);
  const numbers = Array.from({ length: PATIENTS }, (_, index) => (reversed ? PATIENTS - 1 - index : index));
  await changeCatalog(workshop, (catalog) =>
    syncRecords(catalog, addRecordsSource(catalog), (target) => {
      for (const number of numbers) {
        target.putPatient(aPatient(`p${number}`, { name: `Patient Number${number}` }));
        // Some at one moment: only the exported ids can tell them apart.
        for (const note of reversed ? [2, 1, 0] : [0, 1, 2])
          target.putNote(
            aNote(`n${number}-${note}`, `p${number}`, {
              eventAt: at("2024-03-01T12:00:00Z") + Math.min(note, 1) * MINUTE,
            }),
          );
      }
    }),
  );
  return { root, workshop };
}
const temporaryFolders = [temporaryDirectory("machine-one"), temporaryDirectory("machine-two")];

async function run(client: Client<Calls>, recipe: NotesRecipe): Promise<Record<string, string>[]> {
  const { jobId } = await client["exports.start"]({ recipe, exportedAt: EXPORTED_AT });
  expect(await resultOf(client, jobId)).toMatchObject({ state: "complete" });
  return readTable(join(recipe.destination, "patient_data_export.csv"));
}

test("one key on two machines gives one file to the byte; another key has nothing in common with it, not even the order", async () => {
  const [one, two] = [await machine(false), await machine(true)];
  const policy = { ...notesTo("").policy, text: "scrub" } as const;
  const passphrase = "correct horse battery staple";
  const keyFile = join(one.root, "study.key");

  const first = await one.workshop.open();
  await first.client["keys.new"]({ name: "study" });
  await first.client["keys.export"]({ name: "study", file: keyFile, passphrase });
  const to = (root: string, name: string, key: string): NotesRecipe =>
    notesTo(join(root, name), { format: "file", policy: { ...policy, key } });
  const firstRows = await run(first.client, to(one.root, "study", "study"));
  const otherRows = await run(first.client, to(one.root, "lung", "lung"));
  await first.app.close();

  const second = await two.workshop.open();
  copyFileSync(keyFile, join(two.root, "study.key"));
  await second.client["keys.import"]({ name: "study", file: join(two.root, "study.key"), passphrase });
  await run(second.client, to(two.root, "study", "study"));
  await second.app.close();

  const bytes = (root: string): Buffer => readFileSync(join(root, "study", "patient_data_export.csv"));
  expect(bytes(one.root).equals(bytes(two.root))).toBe(true);

  const idsOf = (rows: Record<string, string>[]): string[] =>
    rows.flatMap((row) => [row["patient_id"]!, row["note_id"]!, row["patient_record_number"]!]);
  const known = new Set(idsOf(firstRows));
  expect(idsOf(otherRows).filter((id) => known.has(id))).toEqual([]);
  // Under two keys the patients stand in two orders: an order of the source would be one.
  const orderOf = (rows: Record<string, string>[]): string[] => [
    ...new Set(rows.map((row) => /\d+/.exec(row["note_content"]!)?.[0] ?? "")),
  ];
  expect(orderOf(firstRows)).toHaveLength(PATIENTS);
  expect(orderOf(otherRows)).not.toEqual(orderOf(firstRows));
});
