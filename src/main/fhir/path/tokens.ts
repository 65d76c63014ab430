/** What a FHIRPath expression is made of (HL7 FHIRPath 2.0.0, chapter 13, lexical elements). */
export type Token =
  | { kind: "name"; text: string; at: number }
  | { kind: "string"; text: string; at: number }
  | { kind: "number"; text: string; at: number }
  | { kind: "time"; text: string; at: number }
  | { kind: "variable"; text: string; at: number }
  | { kind: "symbol"; text: string; at: number }
  | { kind: "end"; text: ""; at: number };

const BLANK = /\s+|\/\/[^\n]*|\/\*[^]*?\*\//y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const DELIMITED = /`((?:[^`\\]|\\.)*)`/y;
const TEXT = /'((?:[^'\\]|\\.)*)'/y;
const NUMBER = /\d+(?:\.\d+)?/y;
/** @2012, @2012-03-04T10:00:00.000+01:00, @T12:00 */
const TIME =
  /@(?:T\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?|\d{4}(?:-\d{2}(?:-\d{2})?)?(?:T(?:\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)/y;
const VARIABLE = /%(?:`((?:[^`\\]|\\.)*)`|([A-Za-z_][A-Za-z0-9_-]*))/y;
const SYMBOL = /<=|>=|!=|!~|\$this|\$index|\$total|[.()[\]{},=~<>+\-*/&|]/y;

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f" };

/** @returns undefined in the place of a token where the text cannot be read on; the last one then tells where */
export function tokensOf(text: string): { tokens: Token[]; failedAt: number | undefined } {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  while (at < text.length) {
    const blank = take(BLANK);
    if (blank !== null) {
      at += blank[0].length;
      continue;
    }
    const found = tokenAt(take, at);
    if (found === undefined) return { tokens, failedAt: at };
    tokens.push(found.token);
    at += found.length;
  }
  tokens.push({ kind: "end", text: "", at });
  return { tokens, failedAt: undefined };
}

function tokenAt(
  take: (pattern: RegExp) => RegExpExecArray | null,
  at: number,
): { token: Token; length: number } | undefined {
  const kinds = [
    ["name", NAME],
    ["name", DELIMITED],
    ["string", TEXT],
    ["number", NUMBER],
    ["time", TIME],
    ["variable", VARIABLE],
    ["symbol", SYMBOL],
  ] as const;
  for (const [kind, pattern] of kinds) {
    const match = take(pattern);
    if (match === null) continue;
    const inner = match[1] ?? match[2];
    const text = inner === undefined ? match[0] : unescape(inner);
    return { token: { kind, text: kind === "time" ? text.slice(1) : text, at }, length: match[0].length };
  }
  return undefined;
}

function unescape(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, escape: string) =>
    escape.length > 1 ? String.fromCharCode(Number.parseInt(escape.slice(1), 16)) : (ESCAPES[escape] ?? escape),
  );
}
