/** Text as XML 1.0 and SpreadsheetML can hold it. */

/** What must not stand in an element as it is. `]]>` is covered by its ">". */
const SPECIAL = /[&<>]/;
const SPECIALS = /[&<>]/g;
/** What XML 1.0 2.2 forbids, and CR, which a parser would turn into LF (2.11). Lone surrogates become U+FFFD beforehand. */
const FORBIDDEN_CHARACTERS = "[\\u0000-\\u0008\\u000B-\\u001F\\uFFFE\\uFFFF]";
const FORBIDDEN = new RegExp(FORBIDDEN_CHARACTERS);
const FORBIDDENS = new RegExp(FORBIDDEN_CHARACTERS, "g");
/** An underscore that a reader would take for the beginning of an escaped character. */
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Escapes text for an element of SpreadsheetML: `_xHHHH_` for what XML forbids (ECMA-376 22.9.2.19, ST_Xstring). */
export function escapeText(text: string): string {
  let escaped = text.isWellFormed() ? text : text.toWellFormed();
  if (escaped.includes("_x")) escaped = escaped.replaceAll(LOOKS_ESCAPED, "_x005F_");
  if (FORBIDDEN.test(escaped)) escaped = escaped.replaceAll(FORBIDDENS, escapeCharacter);
  return SPECIAL.test(escaped) ? escaped.replaceAll(SPECIALS, entityOf) : escaped;
}

/** The same for the value of an attribute in double quotes. */
export function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', "&quot;")
    .replaceAll(/[\t\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function escapeCharacter(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
}

function entityOf(character: string): string {
  return character === "&" ? "&amp;" : character === "<" ? "&lt;" : "&gt;";
}
