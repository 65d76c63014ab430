import JSZip from "jszip";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTableFormat } from "../../../src/main/exports/table/create-table-format.ts";
import type { TableFormat, TableFormatSettings } from "../../../src/main/exports/table/table-format.ts";
import type { Row } from "../../../src/main/exports/table/table.ts";
import { columnLetters } from "../../../src/main/exports/table/xlsx/sheet.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { column } from "./nasty-values.ts";
import { writeTable } from "./write-table.ts";

const columns = [
  column("exam_id", { unique: true }),
  column("patient_age", { type: "integer", unit: "years" }),
  column("patient_birth_date", { type: "date" }),
  column("check_in_datetime", { type: "datetime", description: "In America/Bahia." }),
];

function settingsOf(more: Partial<TableFormatSettings> = {}): TableFormatSettings {
  return { table: "xlsx", columns, byteOrderMark: false, formulas: "guard", sheet: "Studies", rows: 2, ...more };
}

function formatOf(more: Partial<TableFormatSettings> = {}): TableFormat {
  return createTableFormat(settingsOf(more));
}

describe("a table as a workbook", () => {
  const folder = temporaryDirectory("xlsx");
  const rows: Row[] = [
    ["=1+1", 34, "1990-02-28", "2024-03-01T21:15:00-03:00"],
    ["007", null, "1850-01-01", "2024-03-01T21:15:00.500000-03:00"],
  ];

  async function partsOf(
    settings: TableFormatSettings,
    written: readonly Row[],
  ): Promise<(name: string) => Promise<string>> {
    const path = join(folder, "table.xlsx");
    writeTable(path, settings, written);
    const zip = await JSZip.loadAsync(readFileSync(path), { checkCRC32: true });
    return async (name) => (await zip.file(name)?.async("string")) ?? "";
  }

  it("has its header frozen and bold, filters on and widths set", async () => {
    const part = await partsOf(settingsOf(), rows);
    const sheet = await part("xl/worksheets/sheet1.xml");
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain('<autoFilter ref="A1:D3"/>');
    expect(sheet).toContain('<col min="4" max="4" width="21" customWidth="1"/>');
    expect(sheet).toContain('<c r="A1" s="1" t="inlineStr">');
    expect(await part("xl/workbook.xml")).toContain(
      '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">\'Studies\'!$A$1:$D$3</definedName>',
    );
  });

  it("holds numbers and dates as such, times as the clock showed them", async () => {
    const sheet = await (await partsOf(settingsOf(), rows))("xl/worksheets/sheet1.xml");
    expect(sheet).toContain('<c r="B2"><v>34</v></c>');
    expect(sheet).toContain('<c r="C2" s="3"><v>32932</v></c>');
    expect(sheet).toContain('<c r="D2" s="4"><v>45352.885416666664</v></c>');
  });

  it("holds dates that spreadsheets do not agree on, and what is no date, as text", async () => {
    const odd: Row[] = [
      ["a", 1, "1850-01-01", "ontem"],
      ["b", 2, "1900-02-28", "2024-02-30T10:00:00-03:00"],
      ["c", 3, "31/12/1990", "2024-03-01T25:00:00-03:00"],
      ["d", 4, "1900-03-01", "2024-03-01T10:00:00"],
    ];
    const sheet = await (await partsOf(settingsOf(), odd))("xl/worksheets/sheet1.xml");
    for (const text of odd.flat().filter((cell) => typeof cell === "string" && cell.length > 1)) {
      if (text === "1900-03-01") continue;
      expect(sheet).toContain(`<t xml:space="preserve">${text}</t>`);
    }
    expect(sheet).toContain('<c r="C5" s="3"><v>61</v></c>');
  });

  it("has no formula, whatever a text begins with, and adds nothing to the text", async () => {
    const sheet = await (await partsOf(settingsOf(), rows))("xl/worksheets/sheet1.xml");
    expect(sheet).toContain('<c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
    expect(sheet).not.toContain("<f>");
  });

  it("escapes what XML forbids, and texts that look like such an escape", () => {
    const row = formatOf().row(["a\u0000b\rc\uFFFE<&>", null, "_x0041__x0042_", "\uD800"], 0);
    expect(row).toContain(">a_x0000_b_x000D_c_xFFFE_&lt;&amp;&gt;<");
    expect(row).toContain(">_x005F_x0041__x005F_x0042_<");
    expect(row).toContain(">\uFFFD<");
  });

  it("leaves out cells without a value", () => {
    expect(formatOf().row([null, "", null, null], 0)).toBe('<row r="2"></row>');
  });

  it("says on a second sheet what the columns are", async () => {
    const sheet = await (await partsOf(settingsOf(), rows))("xl/worksheets/sheet2.xml");
    expect(sheet).toContain("In America/Bahia.");
    expect(sheet).toContain("years");
  });

  it("has the same bytes each time: nothing in it tells when it was made", () => {
    const write = (name: string): Buffer => {
      writeTable(join(folder, name), settingsOf(), rows);
      return readFileSync(join(folder, name));
    };
    expect(write("one.xlsx")).toEqual(write("two.xlsx"));
  });

  it("gives a sheet a name that spreadsheets allow", async () => {
    const part = await partsOf(settingsOf({ sheet: "[A/B]: 'x\" & a name that is far too long'" }), rows);
    const workbook = await part("xl/workbook.xml");
    const name = /<sheet name="([^"]*)" sheetId="1"/
      .exec(workbook)?.[1]
      ?.replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&");
    expect(name).toMatch(/^[^[\]:*?/\\']{1}[^[\]:*?/\\]{0,29}[^'[\]:*?/\\]$/);
  });
});

describe("what a sheet cannot hold", () => {
  it("is refused by row and column, without the text, and says the way on", () => {
    const row: Row = ["secret".repeat(6000), null, null, null];
    expect(() => formatOf().row(row, 17)).toThrow(
      expect.objectContaining({
        code: "TOO_LARGE",
        message: expect.stringMatching(/^Row 18 .* exam_id;/),
        next: expect.stringContaining("CSV"),
      }),
    );
    expect(() => formatOf().row(row, 17)).not.toThrow(/secret/);
    expect(formatOf().row(["x".repeat(32_767), null, null, null], 0)).toContain("xxx");
  });

  it("is refused before anything is written where there are too many rows", () => {
    expect(() => formatOf({ rows: 1_048_576 })).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
    const format = formatOf({ rows: 1_048_575 });
    expect(format.row(["last", null, null, null], 1_048_574)).toContain('r="A1048576"');
    expect(() => format.row(["one more", null, null, null], 1_048_575)).toThrow(
      expect.objectContaining({ code: "TOO_LARGE" }),
    );
  });

  it("is refused where the sheet grows beyond 4 GiB", () => {
    const stretch = { size: 2 ** 32, crc32: 0, writtenSize: 1000, writtenCrc32: 0 };
    expect(() => formatOf().after(stretch)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
  });
});

describe("letters of columns", () => {
  it.each([
    [0, "A"],
    [25, "Z"],
    [26, "AA"],
    [701, "ZZ"],
    [702, "AAA"],
    [16_383, "XFD"],
  ])("of the column %d are %s", (index, letters) => {
    expect(columnLetters(index)).toBe(letters);
  });
});
