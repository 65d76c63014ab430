import fc from "fast-check";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  guardFormulas,
  UNGUARD_PATTERN,
  UNGUARD_PATTERN_PCRE,
  unguardFormulas,
} from "../../../src/main/exports/table/formula-guard.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { nastyRows } from "./nasty-values.ts";

/** Cells as readers make them that part anywhere and drop what they do not show. */
function cellsAsRead(text: string): string[] {
  return text.split(/[",;\t\r\n]/).map((cell) => cell.replace(/^[\s\p{Cc}\p{Cf}\p{Mn}\u115F\u1160\u3164\uFFA0]+/u, ""));
}

describe("text that a spreadsheet would run", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+55 71 99999-0000", "'+55 71 99999-0000"],
    ["-dor", "'-dor"],
    ["@SUM(1)", "'@SUM(1)"],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ["-5+cmd|' /C calc'!A0", "'-5+cmd|' /C calc'!A0"],
    ["\tx", "'\tx"],
    ["\rx", "'\rx"],
    ["\n=1", "'\n'=1"],
    ["＝1", "'＝1"],
    ["＋1", "'＋1"],
    ["－x", "'－x"],
    ["＠x", "'＠x"],
    ["  =1", "  '=1"],
    ["\uFEFF\u00A0\u200B=1", "\uFEFF\u00A0\u200B'=1"],
    ['x";=1', "x\";'=1"],
    ['disse "=1"', 'disse "\'=1"'],
    ["a,=1", "a,'=1"],
    ["a; @x", "a; '@x"],
    ["a\t-x", "a\t'-x"],
    ["dor\n- febre\r\n+ tosse", "dor\n'- febre\r\n'+ tosse"],
    ["'=1", "''=1"],
  ])("%j becomes %j and can be undone", (text, guarded) => {
    expect(guardFormulas(text)).toBe(guarded);
    expect(unguardFormulas(guarded)).toBe(text);
  });

  it.each(["", "5", "-5", "+3.2", "+3,2", "-1e5", "-1.234,56", "−5", "-.5"])("leaves the number %j alone", (number) => {
    expect(guardFormulas(number)).toBe(number);
  });

  it.each(["PA 120/80 - estável", "a-b = c@d", "x+y", "'tis", "it's", "don't; do", "2024-03-01T21:15:00-03:00"])(
    "leaves %j alone, which does not begin a formula anywhere",
    (text) => {
      expect(guardFormulas(text)).toBe(text);
    },
  );

  it("never begins a cell of any reader, and every text comes back as it was", () => {
    const letters = fc.constantFrom(..."=+-@＝'\",; \t\r\n\u200B\uFEFFa1é\u0000".split(""));
    const texts = fc.oneof(fc.string({ unit: letters }), fc.string({ unit: "binary" }), fc.string());
    fc.assert(
      fc.property(texts, (text) => {
        const guarded = guardFormulas(text);
        expect(unguardFormulas(guarded)).toBe(text);
        if (guarded === text && /^[+\-−]?[\d.,]+(?:[eE][+-]?\d+)?$/.test(text)) return;
        for (const cell of cellsAsRead(guarded)) expect(cell).not.toMatch(/^[=+\-@＝＋－＠−]/);
        expect(guarded).not.toMatch(/^[\t\r\n]/);
      }),
      { numRuns: 5000 },
    );
  });

  it("is undone text by text by lone surrogates and very long runs too", () => {
    for (const text of [
      "\uD800=1",
      "=\uDFFF",
      `;${"'".repeat(1_000_000)}=`,
      `;${" ".repeat(1_000_000)}=`,
      "=;".repeat(500_000),
    ]) {
      expect(unguardFormulas(guardFormulas(text))).toBe(text);
    }
  });
});

describe("what the codebook says about undoing it", () => {
  const directory = temporaryDirectory("guard");
  const texts = nastyRows(500, 9, 11)
    .flat()
    .map((cell) => String(cell ?? "").toWellFormed());
  const path = join(directory, "texts.json");
  writeFileSync(path, JSON.stringify([UNGUARD_PATTERN, UNGUARD_PATTERN_PCRE, texts.map(guardFormulas)]));

  it("holds in Python", async () => {
    const code = `
import json, re, sys
pattern, _, texts = json.load(open(sys.argv[1], encoding="utf-8"))
print(json.dumps([re.sub(pattern, r"\\1\\2", text) for text in texts]))`;
    expect(JSON.parse(await runChecked("python3", ["-c", code, path]))).toEqual(texts);
  });

  it("holds in Perl, whose regular expressions R has", async () => {
    const code = `
use JSON::PP; no warnings; local $/; open(my $in, "<", $ARGV[0]); my ($other, $pattern, $texts) = @{decode_json(<$in>)};
my @undone = map { my $text = $_; $text =~ s/$pattern/$1$2/g; $text } @$texts;
print encode_json(\\@undone);`;
    expect(JSON.parse(await runChecked("perl", ["-e", code, path]))).toEqual(texts);
  });
});
