import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { en, type Labels } from "../../src/renderer/labels/en/index.ts";
import { hi } from "../../src/renderer/labels/hi/index.ts";
import { LabelsProvider, useLabels } from "../../src/renderer/labels/labels.tsx";
import { pt } from "../../src/renderer/labels/pt/index.ts";

/** Called here with more kinds of things than its type says: one that gives back what it was given gives back a number, too. */
type Say = (...given: (number | string)[]) => string | number;
type Text = string | Say;

interface Translation {
  language: "pt" | "hi";
  labels: Labels;
  /** What the language says for "anonymous": a promise that Satchel never makes. */
  anonymous: RegExp;
  /** What the language says for "verified", and for nothing else. */
  verified: RegExp;
  /** Texts that are the same word in both languages. */
  sameWord: readonly string[];
}

const TRANSLATIONS: readonly Translation[] = [
  {
    language: "pt",
    labels: pt,
    anonymous: /an[ôo]nim/iu,
    verified: /verificad/iu,
    sameWord: ["Tag", "offline", "Software", "Token", "Original"],
  },
  { language: "hi", labels: hi, anonymous: /गुमनाम|अनाम|बेनाम/u, verified: /सत्यापित/u, sameWord: [] },
];

const NAMES = new Set([
  "Satchel",
  "Electron",
  "AI",
  "VR",
  "SHA-256",
  "PostgreSQL",
  "English",
  "Português",
  "हिन्दी",
  "satchel-audit.csv",
  "FHIR",
  "CSV",
  "Excel (XLSX)",
  "Parquet",
  "ViewDefinition (JSON)",
  "JupyterHealth Exchange",
]);

/** The same in every language: terms that the standard gives (PS3.15 Annex E) in small print, and what stands on the keys of a keyboard. */
function isTerm(path: string): boolean {
  return (path.startsWith("policy.") && path.endsWith(".term")) || /^help\.keys\.rows\.\d+\.0$/u.test(path);
}

function isSay(value: unknown): value is Say {
  return typeof value === "function";
}

/** Every text of a language by its path: "browse.filter.date". */
function textsOf(labels: unknown, path = ""): [string, Text][] {
  if (typeof labels === "string" || isSay(labels)) return [[path, labels]];
  if (typeof labels !== "object" || labels === null) throw new Error(`${path} is neither a text nor texts`);
  return Object.entries(labels).flatMap(([key, value]) => textsOf(value, path === "" ? key : `${path}.${key}`));
}

const MARKS = ["⟨b⟩", "⟨c⟩", "⟨d⟩"];
/** A number (how many there are) comes first or nowhere; what is only put in place may be anything, and sometimes nothing. */
const FIRST: readonly (number | string)[] = [0, 1, 2, 5, 21, 1_000_000, "⟨a⟩", ""];
const GIVEN = FIRST.flatMap((first) => [
  [first, ...MARKS],
  [first, "1", "", ""],
  [first, ...MARKS.slice(0, 2), "1"],
]);

const say = (text: Text, given: readonly (number | string)[]): string =>
  typeof text === "string" ? text : String(text(...given));
const marksIn = (text: string): string[] => text.match(/⟨.⟩/gu) ?? [];
/** What is left of a text without what was put in, digits and signs. */
const wordsIn = (text: string): string => text.replaceAll(/⟨.⟩/gu, "").replaceAll(/[^\p{L}]/gu, "");

const english = textsOf(en);

describe.each(TRANSLATIONS)("the words of the window in $language", (translation) => {
  const texts = new Map(textsOf(translation.labels));
  const pairs = english.map(([path, text]) => ({ path, text, translated: texts.get(path) ?? "" }));
  /** Each text of English beside its translation, with the same things put in. */
  const spoken = pairs.flatMap(({ path, text, translated }) =>
    (typeof text === "string" ? [[]] : GIVEN).map((given) => ({
      path,
      given,
      source: say(text, given),
      target: say(translated, given),
    })),
  );
  const wrong = (isWrong: (one: (typeof spoken)[number]) => boolean): string[] =>
    spoken.filter(isWrong).map(({ path, given, target }) => `${path}(${given.join(", ")}): ${target}`);

  it("are as many as in English, and each stands at the same place", () => {
    expect([...texts.keys()].toSorted()).toEqual(english.map(([path]) => path).toSorted());
  });

  it("are spoken by the window once the language is chosen", () => {
    const title = renderToStaticMarkup(
      createElement(LabelsProvider, { language: translation.language, children: createElement(SettingsTitle) }),
    );
    expect(title).toBe(translation.labels.settings.title);
    expect(title).not.toBe(en.settings.title);
  });

  it("are never empty where English says something", () => {
    expect(wrong(({ source, target }) => (source.trim() === "") !== (target.trim() === ""))).toEqual([]);
  });

  it("are not left in English, names and terms of the standard apart", () => {
    const same = new Set([...NAMES, ...translation.sameWord]);
    expect(
      wrong(
        ({ path, source, target }) =>
          // A single letter is the sign of a unit.
          target === source && wordsIn(source).length > 1 && !same.has(source) && !isTerm(path),
      ),
    ).toEqual([]);
  });

  it("lose nothing of what is put into them", () => {
    expect(wrong(({ source, target }) => marksIn(source).some((mark) => !target.includes(mark)))).toEqual([]);
    expect(wrong(({ target }) => /undefined|NaN|\[object|\$\{/u.test(target))).toEqual([]);
  });

  it("say how many wherever English does, also for one", () => {
    const counted = pairs.filter(({ text }) => isSay(text) && say(text, [5, "⟨5⟩", "x"]).includes("⟨5⟩"));
    expect(counted.length).toBeGreaterThan(20);
    for (const { path, text, translated } of counted)
      for (const [count, shown] of [
        [0, "0"],
        [1, "1"],
        [2, "2"],
        [21, "21"],
        [1_234_567, "1,234,567"],
      ] as const)
        if (say(text, [count, shown, "x"]).includes(shown))
          expect(say(translated, [count, shown, "x"]), `${path}(${count})`).toContain(shown);
  });

  it("write numbers as the rest of the window does, in Latin digits", () => {
    expect(wrong(({ target }) => /(?![0-9])\p{Nd}/u.test(target))).toEqual([]);
  });

  it("promise nothing that English does not: never anonymous, and verified only where it was", () => {
    // That something is not anonymous is said of tables: denied there, and denied here.
    const denied = /\b(?:not|no) anonym/iu;
    expect(wrong(({ source, target }) => translation.anonymous.test(target) && !denied.test(source))).toEqual([]);
    expect(wrong(({ source, target }) => denied.test(source) && !/não|नहीं/iu.test(target))).toEqual([]);
    expect(wrong(({ source, target }) => translation.verified.test(target) && !/verif/iu.test(source))).toEqual([]);
    expect(wrong(({ source, target }) => /\bverified\b/iu.test(source) && !translation.verified.test(target))).toEqual(
      [],
    );
  });
});

function SettingsTitle(): ReactNode {
  return useLabels().settings.title;
}
