import { AMBIGUOUS_MONTHS, DAY_WORDS, MONTH_LEADS } from "./date-words.ts";
import { GAP, type Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";

const WEEKDAYS = new Set("lunes martes miercoles jueves viernes sabado domingo".split(" "));
const WEEK_OF = /w\/c\s$/i;
const INTERVALS = new Set(["04", "06", "08", "12"]);

/** "DN", "nascido em" before a date. */
export function isBirthLabelled(reading: Reading, at: number): boolean {
  for (let back = 1; back <= 4; back++) {
    const word = reading.word(at - back);
    if (word === undefined) return false;
    if ((word.flags & FLAGS.birth) !== 0) return reading.start(at) - reading.end(at - back) <= 24;
    if (/[.;\n]/.test(reading.text.slice(reading.end(at - back), reading.end(at - back) + 2)) && back > 1) return false;
  }
  return false;
}

/** "500 mg 12/12", "90 12/12": how often a dose is given. */
export function isInterval(reading: Reading, at: number, [, first = "", second]: readonly string[]): boolean {
  if (first !== second || !INTERVALS.has(first) || isDay(reading, at)) return false;
  const before = reading.word(at - 1);
  if (before !== undefined) return reading.gap(at - 1) === GAP.space && (before.flags & FLAGS.unit) !== 0;
  return at > 0 && reading.gap(at - 1) === GAP.space;
}

/** "el lunes 6". */
export function isDayOfWeek(reading: Reading, at: number): boolean {
  const day = Number(reading.text.slice(reading.start(at), reading.end(at)));
  return (
    WEEKDAYS.has(reading.word(at - 1)?.text ?? "") &&
    reading.gap(at - 1) === GAP.space &&
    day >= 1 &&
    day <= 31 &&
    !isCounted(reading, at) &&
    !/^[:/%]|^[.,]\d/.test(reading.text.slice(reading.end(at), reading.end(at) + 2))
  );
}

/** "retorno 3/9", "Monday 9/16". */
export function isDay(reading: Reading, at: number): boolean {
  if (WEEK_OF.test(reading.text.slice(Math.max(0, reading.start(at) - 4), reading.start(at)))) return true;
  for (let back = 1; back <= 2; back++) {
    const word = reading.word(at - back);
    if (word === undefined || reading.gap(at - back) > GAP.mark) return false;
    if (DAY_WORDS.has(word.text)) return true;
  }
  return false;
}

const SHORTEST_MONTH_NAME = 4;

/** "in January", "desde março", "control: septiembre". */
export function isMonthAlone(reading: Reading, at: number): boolean {
  const word = reading.word(at)!;
  const isName = word.text.length >= SHORTEST_MONTH_NAME || (word.text === "may" && word.shape === "title");
  if (!isName || (AMBIGUOUS_MONTHS.has(word.text) && word.shape !== "title")) return false;
  if (word.text === "sept" || reading.gap(at - 1) > GAP.mark) return false;
  // "Mayo Rd".
  if (reading.gap(at) === GAP.space && (reading.word(at + 1)?.shape ?? "lower") !== "lower") return false;
  let before = at - 1;
  // "no mês de março".
  if (reading.word(before)?.text === "de") before--;
  const lead = reading.word(before);
  if (lead === undefined || reading.gap(before) > GAP.mark) return false;
  return MONTH_LEADS.has(lead.text) ? reading.gap(before) === GAP.space : before === at - 1 && DAY_WORDS.has(lead.text);
}

/** "PA 12/08", "Apgar 08/09", "força 05/05". */
export function isMeasured(reading: Reading, at: number): boolean {
  for (let back = 1; back <= 3; back++) {
    const word = reading.word(at - back);
    if (word === undefined) return false;
    if ((word.flags & FLAGS.measure) !== 0) return word.text !== "dia" && (word.text !== "d" || back === 1);
    if (/[.;\n]/.test(reading.text.slice(reading.end(at - back), reading.start(at - back + 1)))) return false;
  }
  return false;
}

/** Whether what was counted stands behind this token: "05/07 dias". */
export function isCounted(reading: Reading, at: number): boolean {
  const word = reading.word(at + 1);
  if (reading.text.charAt(reading.end(at)) === "%") return true;
  return (
    word !== undefined &&
    (word.flags & FLAGS.unit) !== 0 &&
    /^\s{0,2}[/x]?\s?$/.test(reading.text.slice(reading.end(at), reading.start(at + 1)))
  );
}

/** "versão 1.2.2024". */
export function isVersion(reading: Reading, at: number): boolean {
  const word = reading.word(at - 1)?.text;
  return word === "versao" || word === "version" || word === "v";
}

/** "20/4 - visita", "3/9: ": an entry begins with its day. */
export function beginsEntry(text: string, start: number, end: number): boolean {
  const isFirst = start === 0 || text.charAt(start - 1) === "\n";
  return isFirst && /^(?:\s?[-–—:]\s|[,.]\s)/.test(text.slice(end, end + 3));
}
