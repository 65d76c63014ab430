import { describe, expect, it } from "vitest";
import { TABLE_NOTICE_CODES, TABLE_OPTION_CODES } from "../../../src/contract/table-notice.ts";
import { EXAM_COLUMNS, EXAM_SORTS } from "../../../src/contract/records.ts";
import { notesPolicy, type StudiesPolicy } from "../../../src/contract/table-recipe.ts";
import { noteNotices, notePolicyWords } from "../../../src/main/exports/notes/note-notices.ts";
import { examNotices, examPolicyWords } from "../../../src/main/exports/studies/exam-notices.ts";
import { columnNotices } from "../../../src/main/exports/table/column-statistics.ts";
import { incompleteNotices } from "../../../src/main/exports/table/record-sources.ts";
import { meaningOfSentence, tableNotice } from "../../../src/main/exports/table/table-notices.ts";
import { meaningOfOption } from "../../../src/main/exports/table/table-options.ts";
import { tableNotices } from "../../../src/renderer/labels/en/table-notices.ts";

const { ids, recordNumber, text, ages, asOf, statusLabels } = notesPolicy.shape;
const POLICIES = ids.options.flatMap((id) =>
  recordNumber.options.flatMap((number) =>
    text.options.flatMap((mode) =>
      ages.options.flatMap((age) =>
        asOf.options.flatMap((time) =>
          statusLabels.options.map((labels) => ({
            ids: id,
            key: "trial",
            reason: "a reason",
            recordNumber: number,
            text: mode,
            ages: age,
            asOf: time,
            statusLabels: labels,
          })),
        ),
      ),
    ),
  ),
);
const STUDIES: StudiesPolicy[] = [{ kind: "identified" }, { kind: "pseudonymised", key: "trial" }];

const source = (name: string, syncedAt: string | null) => ({
  timeZone: "UTC",
  holds: true,
  receipt: { name, syncedAt, complete: false },
});
const column = (illFormed: number, offType: number, longest: number) => ({
  name: "note_content",
  nulls: 0,
  illFormed,
  offType,
  longest,
});

describe("what a table tells its receiver", () => {
  const sentences = [
    ...POLICIES.flatMap((policy) => [
      ...noteNotices({ policy, selection: {} }),
      ...noteNotices({ policy, selection: { includeDeletedPatients: true } }),
    ]),
    ...STUDIES.flatMap((policy) =>
      EXAM_SORTS.flatMap((sort) => examNotices({ policy, columns: [...EXAM_COLUMNS], sort })),
    ),
    ...incompleteNotices([source("EQMD", null), source("Exams (2024). All", "2026-01-02T10:00:00Z")]),
    ...columnNotices([column(1, 1, 40_000), column(2, 12_345, 0)]),
    ...(["status", "record-number", "ward"] as const).flatMap((what) =>
      (["without", "before"] as const).map((when) => tableNotice(`${what}-${when}-history`, { count: 3, notes: 9 })),
    ),
    tableNotice("of-deleted-patients", { count: 1, notes: 9 }),
    tableNotice("patients-joined", { count: 2 }),
    tableNotice("without-check-in", { count: 1 }),
    tableNotice("without-check-in", { count: 17 }),
  ];

  it("is understood for other languages, whatever the policy, and every meaning is met", () => {
    const codes = new Set(
      sentences.map((sentence) => {
        const meaning = meaningOfSentence(sentence);
        expect(meaning, sentence).not.toBe(null);
        return meaning?.code;
      }),
    );
    expect(TABLE_NOTICE_CODES.filter((code) => !codes.has(code))).toEqual([]);
    for (const sentence of sentences) expect(sentence).not.toMatch(/[{}]|undefined/);
  });

  it("gives back the numbers and names that stand in it, and the window says all of them", () => {
    for (const sentence of sentences) {
      const { code, params = {} } = meaningOfSentence(sentence) ?? { code: "identified" as const };
      const said = (tableNotices.notices as Readonly<Record<string, string>>)[code];
      if (said === undefined) continue;
      const places = [...said.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(new Set(places), code).toEqual(new Set(Object.keys(params)));
    }
    expect(meaningOfSentence(tableNotice("source-incomplete", { name: "A: rows may (be). $&" }))).toEqual({
      code: "source-incomplete",
      params: { name: "A: rows may (be). $&" },
    });
    expect(meaningOfSentence(tableNotice("off-type", { count: 1, column: "exam_id" }))).toEqual({
      code: "off-type",
      params: { count: 1, column: "exam_id" },
    });
    expect(meaningOfSentence(tableNotice("long-texts", { longest: 40_000, column: "note_content" }))?.params).toEqual({
      longest: 40_000,
      column: "note_content",
    });
  });

  it("stays as it is where it is of another version", () => {
    expect(meaningOfSentence("For some of 9 notes the patient is deleted at the source.")).toBe(null);
    expect(meaningOfSentence("This data set is harmless.")).toBe(null);
    expect(meaningOfOption("names kept")).toBe(null);
  });

  it("says of every policy what was done in words that are understood too", () => {
    const words = [
      ...POLICIES.flatMap((policy) => notePolicyWords(policy)),
      ...STUDIES.flatMap((policy) => examPolicyWords({ policy })),
    ];
    expect(new Set(words.map(meaningOfOption))).toEqual(new Set(TABLE_OPTION_CODES));
  });
});
