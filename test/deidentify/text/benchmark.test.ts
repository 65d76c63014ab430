import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readCorpus, type MarkedNote } from "./corpus/read-corpus.ts";
import {
  measureScrub,
  OTHER_WORDS_KEPT,
  RECALL_WHERE_KNOWN,
  recallWhereKnown,
  wordsKept,
  type ScrubMeasure,
} from "./measure-scrub.ts";
import { reportScrub } from "./report-scrub.ts";

const RESULTS = join(import.meta.dirname, "..", "..", "..", "test-results");

describe("the scrubber on the notes that its rules were mended with", () => {
  let notes: MarkedNote[];
  let measure: ScrubMeasure;
  beforeAll(() => {
    notes = readCorpus();
    measure = measureScrub(notes);
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(join(RESULTS, "scrub-benchmark.md"), reportScrub(measure));
  });

  test("the notes are at least three hundred, of three languages, and none stands twice", () => {
    expect(notes.length).toBeGreaterThanOrEqual(300);
    expect(new Set(notes.map(({ id }) => id)).size).toBe(notes.length);
    expect(new Set(notes.map(({ text }) => text)).size).toBe(notes.length);
    expect([...new Set(notes.map(({ language }) => language))].sort()).toEqual(["en", "es", "pt"]);
  });

  test("of what the catalog knows of a patient and of the house, 99 of 100 places go", () => {
    const { bySpan, byCharacter } = recallWhereKnown(measure);
    expect(bySpan).toBeGreaterThanOrEqual(RECALL_WHERE_KNOWN);
    expect(byCharacter).toBeGreaterThanOrEqual(RECALL_WHERE_KNOWN);
  });

  test("of the words that identify nobody, 95 of 100 stay", () => {
    expect(wordsKept(measure)).toBeGreaterThanOrEqual(OTHER_WORDS_KEPT);
  });
});
