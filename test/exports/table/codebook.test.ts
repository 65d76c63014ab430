import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codebook } from "../../../src/main/exports/table/codebook.ts";
import { codeSpan, plainText } from "../../../src/main/exports/table/markdown.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { column } from "./nasty-values.ts";
import { describeTable, NOTE_ROWS, NOTE_TABLE } from "./describe-table.ts";

describe("the codebook", () => {
  const folder = temporaryDirectory("codebook");
  const path = join(folder, "patient_data_export.csv");

  it("begins with what the table is and how it is to be handled", () => {
    const text = codebook(describeTable(path));
    expect(text).toMatch(
      /^# Codebook: clinical notes\n\n`patient_data_export.csv` has 3 rows and 6 columns\. One row for each note\./,
    );
    expect(text.indexOf("Handle with care")).toBeGreaterThan(0);
    expect(text.indexOf("Handle with care")).toBeLessThan(text.indexOf("## Columns"));
  });

  it("has a section for each column: type, unit, values and their meanings, empty cells, range, and what was done to it", () => {
    const text = codebook(describeTable(path));
    for (const { name } of NOTE_TABLE) expect(text).toContain(`### \`${name}\``);
    expect(text).toContain("  - `N`: not informed");
    expect(text).toContain("- Unit: years\n- Empty: birth date unknown; 1 row is\n- From 34 to 35\n");
    expect(text).toContain("- From 1999-01-31T08:00:00-02:00 to 2024-03-02T00:15:00.5-03:00");
    expect(text).toContain("- What was done to it: scrubbed");
  });

  it("brings code that reads the file and undoes the guard, and that runs in Python as it stands", async () => {
    const rows = [...NOTE_ROWS, ["=p", "F", 1, "n9", "2024-03-01T21:15:00-03:00", " \t'x;\uFEFF＠x\n-y\t'=z"]];
    const text = codebook(describeTable(path, {}, rows));
    const blocks = [...text.matchAll(/^```python\n(.*?)\n```$/gms)].map(([, code]) => code ?? "");
    const script = join(folder, "undo.py");
    writeFileSync(
      script,
      `${blocks.find((code) => code.includes("def unguard"))}
import csv, json, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    print(json.dumps([[unguard(cell) for cell in row] for row in csv.reader(file)][1:]))`,
    );
    const read = JSON.parse(await runChecked("python3", [script, path])) as string[][];
    expect(read).toEqual(rows.map((row) => row.map((cell) => String(cell ?? ""))));
  });

  it("says of a workbook that text is text, and of an unguarded CSV that a spreadsheet may run it", () => {
    const sheet = codebook(describeTable(join(folder, "t.xlsx"), { table: "xlsx" }));
    expect(sheet).toContain("no cell holds a formula");
    expect(sheet).not.toContain("unguard");
    const kept = codebook(describeTable(path, { formulas: "keep" }));
    expect(kept).toContain("A spreadsheet may run a cell");
    expect(kept).not.toContain("unguard");
  });

  it("says what is not as it was, and what a spreadsheet will cut", () => {
    const rows = [["p1", "F", 34, "n1", "2024-03-01T21:15:00-03:00", `\uD800${"x".repeat(40_000)}`]];
    const text = codebook(describeTable(path, {}, rows));
    expect(text).toContain("U+FFFD stands for each");
    expect(text).toContain("up to 40001 characters");
  });

  it("holds no text of any row", () => {
    const text = codebook(describeTable(path));
    for (const secret of ["segredo", "Maria", "p1"]) expect(text).not.toContain(secret);
  });

  it("lets no label of a source become markup", () => {
    const columns = [
      column("status", { enum: ["a`b", "<script>", "| x |"], description: "<img src=x> *so* [a](b)\n# c" }),
    ];
    const text = codebook(describeTable(path, { columns }, [["x"]]));
    expect(text).toContain("  - ``a`b``\n  - `<script>`\n  - `| x |`\n");
    expect(text).toContain("\\<img src=x\\> \\*so\\* \\[a\\](b) \\# c");
  });
});

describe("text in Markdown", () => {
  it("is taken for nothing else", () => {
    expect(plainText("- a_b `c` \\d & <e>")).toBe("\\- a\\_b \\`c\\` \\\\d \\& \\<e\\>");
    expect(codeSpan("`")).toBe("`` ` ``");
    expect(codeSpan("a``b")).toBe("```a``b```");
  });
});
