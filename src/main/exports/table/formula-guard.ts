/**
 * Makes text harmless that a spreadsheet would run, in a way that can be undone without knowing anything but the text.
 *
 * An apostrophe is put before each character that begins a formula (= + - @ and their twins) where it stands at the beginning of a cell or
 * after a quote, comma, semicolon, tab or line break within one: a spreadsheet that parts cells otherwise than RFC 4180 (where the decimal
 * sign is a comma it parts at semicolons) begins a new cell there. Spaces and characters that nobody sees may stand between, since
 * spreadsheets drop them. A tab or line break at the beginning of a cell gets one as well. A cell that is a plain number stays: it is data
 * and cannot run.
 *
 * It can be undone because apostrophes that were there before count as part of the place: "'=1" becomes "''=1". So what is to be taken
 * off is always exactly one apostrophe, and a text that was never touched has none in such a place.
 */

/** Characters that begin a formula: ASCII, small and full-width forms, and the minus sign of mathematics. */
const TRIGGERS = "=+\\-@\\u2212\\uFE62\\uFE63\\uFE66\\uFE6B\\uFF0B\\uFF0D\\uFF1D\\uFF20";
/** What parts cells, or lets a reader believe that a cell is over. */
const BOUNDARIES = '",;\\t\\r\\n';
/** Spaces, controls and format characters: what spreadsheets trim or do not show. */
const UNSEEN =
  " \\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u00A0\\u00AD\\u034F\\u061C\\u115F\\u1160\\u1680\\u180B-\\u180E" +
  "\\u2000-\\u200F\\u2028-\\u202F\\u205F-\\u206F\\u3000\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF9-\\uFFFB";

const PLACE = `(?:^|[${BOUNDARIES}])[${UNSEEN}]*'*`;
const BEGINNING = `^[${UNSEEN}]*'*`;

/** Digits, with separators of decimals and thousands, a sign and an exponent. */
const PLAIN_NUMBER = /^[+\-\u2212]?[.,]?\d[\d.,]*(?:[eE][+-]?\d+)?$/;

/** Looks for what is rare, and only then back at what stands before it: more than twice as fast as going through all boundaries. */
const TRIGGER_IN_PLACE = new RegExp(`[${TRIGGERS}](?<=${PLACE}[${TRIGGERS}])`, "g");
const BREAK_AT_BEGINNING = new RegExp(`${BEGINNING}(?=[\\t\\r\\n])`);

/**
 * Finds the apostrophes that are to be taken off, in the words of JavaScript and Python (`re`). What it matches is replaced by its groups
 * 1 and 2.
 */
export const UNGUARD_PATTERN = `(${PLACE})'(?=[${TRIGGERS}])|(${BEGINNING})'(?=[\\t\\r\\n])`;
const TO_UNGUARD = new RegExp(UNGUARD_PATTERN, "g");

/** The same in the words of PCRE, which R has as `perl = TRUE`. */
export const UNGUARD_PATTERN_PCRE = UNGUARD_PATTERN.replaceAll(/\\u([0-9A-F]{4})/g, "\\x{$1}");

/** Whether the whole text is a number, as "-5", "+3,2" or "-1e5". */
function isPlainNumber(text: string): boolean {
  return PLAIN_NUMBER.test(text);
}

/** The text with an apostrophe wherever a spreadsheet could begin to read a formula. */
export function guardFormulas(text: string): string {
  const guarded = text.replace(TRIGGER_IN_PLACE, "'$&").replace(BREAK_AT_BEGINNING, "$&'");
  return guarded !== text && isPlainNumber(text) ? text : guarded;
}

/** What was given to `guardFormulas`. */
export function unguardFormulas(text: string): string {
  return text.replace(TO_UNGUARD, "$1$2");
}
