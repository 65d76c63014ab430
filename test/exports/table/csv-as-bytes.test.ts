import { describe, expect, test } from "vitest";
import { createTableFormat } from "../../../src/main/exports/table/create-table-format.ts";
import { createFirstLook } from "../../../src/main/exports/table/formula-guard-bytes.ts";
import { guardFormulas } from "../../../src/main/exports/table/formula-guard.ts";
import { BlockText } from "../../../src/main/text-block.ts";
import { column, nastyRows } from "./nasty-values.ts";

/** What the writer and the guard treat specially, and their neighbours. */
const SYMBOLS = Array.from('=+-@−﹢﹣﹦﹫＋－＝＠\'"",,;\t\r\n ab1é😀漢‐―\u00a0\u200b\u0000.．');

/** As the catalog hands them over: one after the other. */
function asBlock(texts: readonly string[]): BlockText[] {
  const block = Buffer.from(texts.join(""));
  let end = 0;
  return texts.map((text) => {
    const start = end;
    end += Buffer.byteLength(text);
    return new BlockText(block, start, end, text.length);
  });
}

/** Always the same ones: a linear congruential generator, not chance. */
function someTexts(count: number): string[] {
  let state = 7;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: next(24) }, () => SYMBOLS[next(SYMBOLS.length)]).join(""),
  );
}

const NASTY = nastyRows(2_000, 4, 3)
  .flat()
  .filter((cell) => typeof cell === "string" && cell.isWellFormed()) as string[];
const TEXTS = [...NASTY, ...someTexts(20_000), "", "a".repeat(100_000), "", "漢".repeat(40) + "-1", "x"];

describe("texts that are bytes", () => {
  test.each(["keep", "guard"] as const)("are written as the same texts in strings (formulas: %s)", (formulas) => {
    const columns = [column("id"), column("text"), column("age", { type: "integer" })];
    const format = createTableFormat({ table: "csv", columns, byteOrderMark: false, formulas, sheet: "", rows: 0 });
    const written: Buffer[] = [];
    const sink = {
      add: (text: string) => written.push(Buffer.from(text)) > 0,
      addBytes: (bytes: Buffer, start: number, end: number) => written.push(bytes.subarray(start, end)) > 0,
    };
    for (const [index, text] of asBlock(TEXTS).entries())
      expect(format.writeRow?.([`é${index}`, text, 5], sink)).toBe(true);
    const expected = TEXTS.map((text, index) => format.row([`é${index}`, text, 5], index)).join("");
    expect(Buffer.concat(written).equals(Buffer.from(expected))).toBe(true);
  });

  test("are not passed over by the guard where it would change them", () => {
    const isHarmless = createFirstLook();
    const blocks = asBlock(TEXTS);
    const passed = TEXTS.filter((text, index) => isHarmless(blocks[index]!) && guardFormulas(text) !== text);
    expect(passed).toEqual([]);
    expect(asBlock(["Sinais: PA 120x80 - estável, pós-operatório."]).every(isHarmless)).toBe(true);
  });

  test("are written no further once nothing more is wanted", () => {
    const format = createTableFormat({
      table: "csv",
      columns: [column("id"), column("text")],
      byteOrderMark: false,
      formulas: "keep",
      sheet: "",
      rows: 0,
    });
    const [text] = asBlock(['"a","b"']);
    for (let wanted = 0; wanted < 6; wanted++) {
      let taken = 0;
      const take = (): boolean => taken++ < wanted;
      expect(format.writeRow?.(["1", text!], { add: take, addBytes: take })).toBe(false);
      expect(taken).toBe(wanted + 1);
    }
  });
});
