import type { ScrubKind } from "../../../contract/calls/records.ts";

/** A part of a text, [start, end) in UTF-16 units, and what it is. */
export interface ScrubSpan {
  start: number;
  end: number;
  kind: ScrubKind;
}

export interface ScrubReplacement extends ScrubSpan {
  replacement: string;
}

/** Of two kinds for one place the one that says more about it, most telling first. */
const TELLING: readonly ScrubKind[] = [
  "birth-date",
  "address",
  "email",
  "url",
  "record-number",
  "identifier",
  "phone",
  "patient-name",
  "ward",
  "place",
  "staff-name",
  "person-name",
  "age",
  "date",
];

/** In order and apart: spans that share a place become one, so that no part of what was found stays. */
export function joinSpans(spans: readonly ScrubSpan[]): ScrubSpan[] {
  const joined: ScrubSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1);
    if (last === undefined || span.start >= last.end) joined.push({ ...span });
    else {
      last.end = Math.max(last.end, span.end);
      if (TELLING.indexOf(span.kind) < TELLING.indexOf(last.kind)) last.kind = span.kind;
    }
  }
  return joined;
}
