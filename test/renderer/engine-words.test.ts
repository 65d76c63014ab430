import { describe, expect, it } from "vitest";
import { JOB_LOG_EVENTS, type JobLogRow } from "../../src/contract/job-log.ts";
import { TABLE_NOTICE_CODES, TABLE_OPTION_CODES } from "../../src/contract/table-notice.ts";
import { sayLogRow, sayNotice, sayOption, sayReason } from "../../src/renderer/engine-words.ts";
import { en } from "../../src/renderer/labels/en/index.ts";
import { hi } from "../../src/renderer/labels/hi/index.ts";
import { pt } from "../../src/renderer/labels/pt/index.ts";
import { createFormat } from "../../src/renderer/parts/format.ts";

const format = createFormat("en", () => new Date(2026, 0, 2));

const placesIn = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();

const ROW: JobLogRow = {
  at: "2026-01-02T10:00:00Z",
  text: "the engine's own words",
  event: null,
  params: {},
  error: null,
};

describe("what the engine tells by codes", () => {
  it("is said in the language of the window, with its numbers", () => {
    const made: JobLogRow = { ...ROW, event: "package-made", params: { name: "a.zip", files: 12, incomplete: 0 } };
    expect(sayLogRow(made, en, format)).toBe("Made a.zip: 12 files verified.");
    expect(sayLogRow(made, pt, format)).toBe("Feito a.zip; verificado: 12 arquivos.");
    expect(sayLogRow({ ...made, params: { ...made.params, incomplete: 1 } }, pt, format)).toContain("incompleto");
    const ended: JobLogRow = { ...ROW, event: "ended", params: { made: 3, of: 4, incomplete: 1 } };
    expect(sayLogRow(ended, en, format)).toBe("Ended; 3 of 4 packages made, of which 1 incomplete.");
  });

  it("tells of every event in every language, and is never the engine's English there", () => {
    const params = {
      name: "a.zip",
      number: 1,
      of: 2,
      made: 1,
      count: 3,
      code: "HELD_BACK",
      reason: "r",
      held: "directory",
    };
    for (const event of JOB_LOG_EVENTS)
      for (const labels of [en, pt, hi])
        expect(sayLogRow({ ...ROW, event, params }, labels, format)).not.toBe(ROW.text);
  });

  it("stays in the engine's English where it comes from an earlier version", () => {
    expect(sayLogRow(ROW, pt, format)).toBe("the engine's own words");
    expect(sayNotice("An old sentence.", null, pt.engine, format)).toBe("An old sentence.");
    expect(sayReason({ code: "OF_ANOTHER_VERSION", reason: "An old reason." }, hi)).toBe("An old reason.");
  });

  it("says what tables tell in every language, with its numbers and names", () => {
    const count = { code: "status-without-history", params: { count: 1200, notes: 50_000 } } as const;
    expect(sayNotice("x", count, en.engine, format)).toContain("Of 50,000 notes, 1,200 bear");
    const source = { code: "source-incomplete", params: { name: "EQMD (norte)" } } as const;
    for (const labels of [en, pt, hi]) expect(sayNotice("x", source, labels.engine, format)).toContain("EQMD (norte)");
    for (const code of TABLE_NOTICE_CODES) {
      const english = en.engine.tables.notices[code];
      for (const labels of [pt, hi]) {
        const said = labels.engine.tables.notices[code];
        expect(said).not.toBe(english);
        expect(placesIn(said)).toEqual(placesIn(english));
      }
    }
  });

  it("says what was done to a table, and leaves words of another version as they are", () => {
    for (const code of TABLE_OPTION_CODES)
      for (const labels of [pt, hi])
        expect(sayOption("x", code, labels.engine)).not.toBe(sayOption("x", code, en.engine));
    expect(sayOption("told by a later version", null, pt.engine)).toBe("told by a later version");
  });

  it("says why things are held back, all of it where there are several reasons", () => {
    const reason = { code: "HELD_BACK", reason: "English", held: ["photograph", "slide-label"] as const };
    const said = sayReason({ ...reason, held: [...reason.held] }, pt);
    expect(said).toBe(`${pt.engine.held.photograph} ${pt.engine.held["slide-label"]}`);
    const row: JobLogRow = {
      ...ROW,
      event: "left-out",
      params: { name: "a.zip", count: 3, code: "HELD_BACK", reason: "English", held: "photograph,slide-label" },
    };
    expect(sayLogRow(row, pt, format)).toContain(said);
  });

  it("names a failure in the user's language and keeps the engine's details beside it", () => {
    const failed = { code: "SOURCE_UNREACHABLE", reason: "Orthanc at 127.0.0.1:8042 does not answer." };
    expect(sayReason(failed, en)).toBe(failed.reason);
    expect(sayReason(failed, pt)).toBe(`${pt.errors.codes.SOURCE_UNREACHABLE.title}. ${failed.reason}`);
  });

  it("counts the values that were left out", () => {
    expect(sayNotice("x", { code: "analysis-values-dropped", count: 1200 }, en.engine, format)).toContain("1,200");
    expect(sayNotice("x", { code: "full-dates" }, pt.engine, format)).toBe(pt.engine.notices["full-dates"]);
  });
});
