import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createCsvFormat } from "../../../src/main/exports/table/csv.ts";
import type { TableColumn } from "../../../src/main/exports/table/table.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

/** What a cell may begin with, or a reader that parts cells elsewhere may take for the beginning of one. */
const FORMULAS = [
  "=1+1",
  "+1+1",
  "-1-1",
  "@SUM(1,2)",
  '=HYPERLINK("http://x.example","y")',
  "=cmd|' /C calc'!A0",
  "＝1+1",
  "\u2212A1",
];
const TEXTS = FORMULAS.flatMap((formula) => [
  formula,
  ` ${formula}`,
  `\u00a0${formula}`,
  `\u200b${formula}`,
  `\t${formula}`,
  `\r\n${formula}`,
  `"${formula}"`,
  `estável; ${formula}; alta`,
  `estável, ${formula}, alta`,
  `estável\n${formula}`,
  `estável\t${formula}`,
  `estável";${formula};"`,
  `estável",${formula},"`,
]);
const COLUMNS = ["one", "two", "three"].map(
  (name) =>
    ({
      name,
      type: "string" as const,
      title: name,
      description: "",
      required: false,
      treatment: "kept",
    }) satisfies TableColumn,
);

/** LibreOffice's import of text (its filter's token 13): cells that begin with "=" are calculated. */
const CALCULATES = "0,false,true,false,false,false,0,true";

describe("a table of notes that a spreadsheet opens", () => {
  const folder = temporaryDirectory("formulas");

  /** How many cells LibreOffice calculates, and how many rows it sees. */
  const openIn = async (name: string, formulas: "guard" | "keep", separators: string): Promise<number> => {
    const format = createCsvFormat({
      table: "csv",
      columns: COLUMNS,
      byteOrderMark: true,
      formulas,
      sheet: "x",
      rows: TEXTS.length,
    });
    const rows = TEXTS.map((text, number) => format.row([`n${number}`, text, text], number));
    writeFileSync(join(folder, `${name}.csv`), format.head() + rows.join(""));
    await runChecked(
      "soffice",
      [
        `-env:UserInstallation=file://${join(folder, "profile")}`,
        "--headless",
        `--infilter=Text - txt - csv (StarCalc):${separators},34,76,1,,${CALCULATES}`,
        "--convert-to",
        "fods",
        "--outdir",
        folder,
        join(folder, `${name}.csv`),
      ],
      { cwd: folder, timeout: 170_000, env: { HOME: folder } },
    );
    return readFileSync(join(folder, `${name}.fods`), "utf8").split("table:formula=").length - 1;
  };

  it.each([
    ["comma", "44"],
    ["semicolon", "59"],
    ["tab", "9"],
    ["comma, semicolon and tab", "44/59/9"],
  ])("holds no cell that is calculated, parted at %s", async (name, separators) => {
    const file = name.replaceAll(/\W+/g, "-");
    expect(await openIn(`${file}-kept`, "keep", separators), "unguarded, some are").toBeGreaterThan(5);
    expect(await openIn(`${file}-guarded`, "guard", separators)).toBe(0);
  });
});
