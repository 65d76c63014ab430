/** Which picture stands for a study in a list. */
import { expect, test } from "vitest";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { studiesById } from "../../src/main/catalog/studies.ts";
import { anInstance } from "./describe-instance.ts";
import { addSynced, newCatalog } from "./new-catalog.ts";

const SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

function series(number: number, count: number, change: Parameters<typeof anInstance>[1] = {}) {
  return Array.from({ length: count }, (_, index) =>
    anInstance(`${number}/${index}`, {
      seriesNumber: number,
      seriesInstanceUid: `1.2.9.${number}`,
      instanceNumber: index + 1,
      ...change,
    }),
  );
}

/** The series and instance number of the picture of the one study there is. */
function pictured(catalog: Catalog): { series: number; number: number | null } | null {
  const [study] = studiesById(catalog, catalog.column<number>("SELECT id FROM study"));
  return (
    catalog.get<{ series: number; number: number | null }>(
      `SELECT series_number AS series, instance_number AS number FROM instance
       JOIN series ON series.id = instance.series WHERE instance.id = ?`,
      study?.picture ?? -1,
    ) ?? null
  );
}

test("the middle of the first series, in the order in which they are shown and not in which they came", () => {
  const catalog = newCatalog();
  addSynced(catalog, "disk", [...series(3, 5), ...series(2, 9).toReversed()]);
  expect(pictured(catalog)).toEqual({ series: 2, number: 5 });
});

test("no captured screen while there is anything else, whatever it is called by", () => {
  const catalog = newCatalog();
  addSynced(catalog, "disk", [
    ...series(1, 1, { sopClassUid: SECONDARY_CAPTURE }),
    ...series(2, 1, { imageType: String.raw`DERIVED\SECONDARY\SCREEN SAVE` }),
    ...series(3, 3),
  ]);
  expect(pictured(catalog)).toEqual({ series: 3, number: 2 });
});

test("pictures by light are no captured screens, though their class begins alike", () => {
  const catalog = newCatalog();
  addSynced(catalog, "disk", [...series(1, 3, { sopClassUid: `${SECONDARY_CAPTURE}7.1.4` }), ...series(2, 3)]);
  expect(pictured(catalog)?.series).toBe(1);
});

test("a captured screen where there is nothing else, past what has no pixels", () => {
  const catalog = newCatalog();
  addSynced(catalog, "disk", [
    ...series(1, 2, { rows: 0, columns: 0 }),
    ...series(2, 1, { sopClassUid: SECONDARY_CAPTURE }),
  ]);
  expect(pictured(catalog)?.series).toBe(2);
});

test("instances without numbers have a picture too; a study without pixels has none", () => {
  const unnumbered = newCatalog();
  addSynced(unnumbered, "disk", series(1, 3, { instanceNumber: null }));
  expect(pictured(unnumbered)).toEqual({ series: 1, number: null });
  const textual = newCatalog();
  addSynced(textual, "disk", series(1, 3, { rows: 0, columns: 0 }));
  expect(pictured(textual)).toBe(null);
});

test("the middle of a long series is found without reading the series", () => {
  const catalog = newCatalog();
  const [row] = catalog.all<{ detail: string }>(
    `EXPLAIN QUERY PLAN SELECT id FROM instance
     WHERE series = 1 AND rows > 0 AND columns > 0 AND instance_number >= 7 ORDER BY instance_number LIMIT 1`,
  );
  expect(row?.detail).toContain("instance_pictured (series=? AND instance_number>?)");
});
