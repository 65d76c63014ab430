import { describe, expect, it } from "vitest";
import { guardFormulas } from "../../src/main/exports/table/formula-guard.ts";
import { shiftSpans } from "../../src/main/review/shift-spans.ts";

describe("places in a text that was made harmless for spreadsheets", () => {
  it.each(["=Ana Prado", "Ana\n=Prado, +Ana", "''=Ana", "Ana Prado", '"=Ana" Prado'])(
    "still hold the same words: %j",
    (text) => {
      const guarded = guardFormulas(text);
      for (const word of ["Ana", "Prado"]) {
        const start = text.indexOf(word);
        if (start < 0) continue;
        const [span] = shiftSpans(text, guarded, [{ start, end: start + word.length }]);
        expect(guarded.slice(span?.start, span?.end)).toBe(word);
      }
    },
  );
});
