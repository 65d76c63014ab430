/** A place in a text, in UTF-16 units. */
interface Mark {
  start: number;
  end: number;
}

/** A part of a text, marked or not. */
export interface Segment<M extends Mark> {
  text: string;
  mark: M | undefined;
}

/**
 * A text in parts, so that each marked place is one. Where marks overlap, the later one begins where the earlier ends.
 *
 * @param limit of UTF-16 units; a character of two is never cut in the middle
 */
export function segmentsOf<M extends Mark>(text: string, marks: readonly M[], limit = text.length): Segment<M>[] {
  const end = wholeCharacters(text, limit);
  const segments: Segment<M>[] = [];
  let at = 0;
  const add = (to: number, mark: M | undefined): void => {
    if (to > at) segments.push({ text: text.slice(at, to), mark });
    at = Math.max(at, to);
  };
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    if (mark.start >= end) break;
    add(Math.max(mark.start, at), undefined);
    add(Math.min(mark.end, end), mark);
  }
  add(end, undefined);
  return segments;
}

function wholeCharacters(text: string, limit: number): number {
  if (limit >= text.length) return text.length;
  const last = text.charCodeAt(limit - 1);
  const isFirstOfTwo = last >= 0xd800 && last <= 0xdbff;
  return isFirstOfTwo ? limit - 1 : limit;
}
