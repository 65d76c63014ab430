import type { ScrubReplacement, ScrubSpan } from "./spans.ts";
import { SCRUB_TAGS } from "./tags.ts";

/** A text that is replaced in several passes, with what was replaced told in places of the text as it was in the beginning. */
export class Replacements {
  text: string;
  list: ScrubReplacement[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** @param spans in order and apart; places in `text`. A tag that one of them touches goes with it. */
  apply(spans: readonly ScrubSpan[]): void {
    const list: ScrubReplacement[] = [];
    let text = "";
    let done = 0;
    let known = 0;
    /** What is to be added to a place in `text` to have the place in the beginning. */
    let shift = 0;
    const passTags = (until: number): void => {
      for (; known < this.list.length && this.list[known]!.start - shift < until; known++) {
        const tag = this.list[known]!;
        shift += tag.end - tag.start - tag.replacement.length;
      }
    };
    for (const span of spans) {
      const before = known;
      passTags(span.start);
      list.push(...this.list.slice(before, known));
      const start = span.start + shift;
      passTags(span.end);
      const replacement = SCRUB_TAGS[span.kind];
      text += this.text.slice(done, span.start) + replacement;
      done = span.end;
      list.push({ start, end: span.end + shift, kind: span.kind, replacement });
    }
    list.push(...this.list.slice(known));
    this.text = text + this.text.slice(done);
    this.list = list;
  }
}
