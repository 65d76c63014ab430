interface Span {
  start: number;
  end: number;
}

/**
 * Places in a text as places in the same text with apostrophes put into it.
 *
 * @param guarded the text, with characters added and none taken away
 */
export function shiftSpans(text: string, guarded: string, spans: readonly Span[]): Span[] {
  if (guarded.length === text.length || spans.length === 0) return [...spans];
  const places = new Uint32Array(text.length + 1);
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    while (at < guarded.length && guarded[at] !== text[index]) at++;
    places[index] = at++;
  }
  places[text.length] = guarded.length;
  return spans.map(({ start, end }) => ({
    start: places[start] ?? guarded.length,
    // Behind its last character, not before the next.
    end: end > start ? (places[end - 1] ?? guarded.length) + 1 : (places[end] ?? guarded.length),
  }));
}
