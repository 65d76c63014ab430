import { foldWord, wordsOf } from "./letters.ts";
import { isParticle } from "./phrases.ts";
import { FLAGS, flagsOf } from "./vocabulary.ts";

const MOST_WORDS = 8;

/** The words of a name that count, folded. */
export function nameWords(name: string): string[] {
  return wordsOf(name).filter((word) => !isParticle(word) && word !== "e" && word !== "y");
}

/** "JPS" and "JPDS" of João Pedro da Silva; "AYA" and "AYAM" of Ahmed Yusuf Al-Masri. */
export function wholeInitialsOf(name: string): string[] {
  return [nameWords(name), wordsOf(name), joinedWords(name)]
    .map((words) => words.map((word) => word[0]).join(""))
    .filter((text) => text.length >= 2);
}

/** Some of them in their order, as they are written with full stops: "J.S.", "J.P." of João Pedro da Silva; none that is an abbreviation. */
export function partialInitialsOf(name: string): string[] {
  const found = new Set<string>();
  for (const words of [nameWords(name), joinedWords(name)]) {
    const [first = "", ...rest] = words.slice(0, MOST_WORDS).map((word) => word[0]!);
    let forms = [first];
    for (const initial of rest) forms = [...forms, ...forms.map((form) => form + initial)];
    for (const form of forms)
      if (form.length > 1 && (flagsOf(form) & ~(FLAGS.given | FLAGS.surname)) === 0) found.add(form);
  }
  return [...found];
}

/** With what a hyphen or an apostrophe joins as one word. */
function joinedWords(name: string): string[] {
  return nameWords(foldWord(name).replaceAll(/['’´`-]/gu, ""));
}
