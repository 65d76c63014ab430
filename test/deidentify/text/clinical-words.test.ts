import { describe, expect, it } from "vitest";
import { ENGLISH_SENTENCES, PORTUGUESE_SENTENCES, SPANISH_SENTENCES } from "./clinical-sentences.ts";
import { scrubberFor } from "./known-patient.ts";

describe("what a note says of the illness stays word for word", () => {
  const scrubber = scrubberFor();
  it.each([
    ["Portuguese", PORTUGUESE_SENTENCES],
    ["Spanish", SPANISH_SENTENCES],
    ["English", ENGLISH_SENTENCES],
  ])("in a hundred sentences in %s", (_language, sentences) => {
    expect(sentences.length).toBeGreaterThanOrEqual(99);
    expect(sentences.map((sentence) => scrubber.scrub(sentence).text)).toEqual(sentences);
    expect(scrubber.scrub(sentences.join("\n")).text).toBe(sentences.join("\n"));
  });
});
