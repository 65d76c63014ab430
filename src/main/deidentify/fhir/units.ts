import { isPlainWord, partsOfText } from "./vocabulary.ts";

/** Atoms of UCUM (section 4.2 of its specification) that health records have. */
const ATOMS: ReadonlySet<string> = new Set(
  (
    "m g s L l mol U u IU eq Eq osm Osm Pa Hz N J W A V C K S T F Bq Gy Sv cd rad sr cal Cal bar Ohm lm lx kat B Np dB a mo wk d h min ea TAB CAP PUFF drop ft " +
    "deg Cel % 10 ppth ppm ppb pptr t ar D P St G Ci R RAD REM Torr atm mho st bit By Bd dyn erg"
  ).split(" "),
);
const BRACKETS: ReadonlySet<string> = new Set(
  (
    "in_i ft_i yd_i mi_i lb_av oz_av gr lb_tr oz_tr degF degR iU IU arb'U USP'U pH drp tsp_us tbs_us foz_us cup_us pt_us qt_us gal_us cin_i car_m " +
    "mu_i Cal CFU CCID_50 TCID_50 PFU FFU EID_50 D'ag'U hd_i diop p'diop HPF LPF MET PRU wood'U Ch Btu BAU AU BDU BU GPLU MPLU APLU hnsf'U kn'U todd'U dye'U " +
    "smgy'U bth'U mclg'U ka'U knk'U sft_i sin_i cft_i nmi_i kn_i cal_m m_H2O in_i'H2O in_i'Hg m/s2/Hz^0.5 drp ppm ppb e"
  ).split(" "),
);
const PREFIX = /^(?:da|[YZEPTGMkhdcmunpfazy])/;
const LONGEST = 40;
/** Of either, what was judged before. */
const KEPT = 5_000;
const ucum = new Map<string, boolean>();
const units = new Map<string, boolean>();

/** True of a unit by the grammar of UCUM: "mm[Hg]", "10*3/uL", "mL/min/{1.73_m2}", "{score}". Words in braces must be known ones. */
export function isUcum(text: string): boolean {
  return remembered(ucum, text, followsUcum);
}

function followsUcum(text: string): boolean {
  if (text === "" || text.length > LONGEST) return false;
  let rest = text.replaceAll(/\{[^{}]*\}/g, (annotation) => (isAnnotation(annotation) ? "" : "?"));
  rest = rest.replaceAll(/\[([^[\]]*)\]/g, (whole, name: string) =>
    BRACKETS.has(name) || whole === "[Hg]" || whole === "[H2O]" ? "1" : "?",
  );
  return rest.split(/[./()]/).every((component) => component === "" || isComponent(component));
}

function isComponent(component: string): boolean {
  if (/^(?:10[*^])?[+-]?\d{1,4}$/.test(component)) return true;
  const unit = component.replace(/[+-]?\d{1,3}$/, "").replace(/\d$/, "");
  return unit === "" || ATOMS.has(unit) || (PREFIX.test(unit) && ATOMS.has(unit.replace(PREFIX, "")));
}

function isAnnotation(annotation: string): boolean {
  return partsOfText(annotation).every((part) => part.length <= 2 || /^\d{1,4}$/.test(part) || isPlainWord(part));
}

/** True of what stands in `Quantity.unit`: UCUM, or words of units as people write them ("beats/minute", "MGDL", "years"). */
export function isUnit(text: string): boolean {
  return remembered(units, text, (unit) => isUcum(unit) || isWritten(unit));
}

function remembered(judged: Map<string, boolean>, text: string, judge: (text: string) => boolean): boolean {
  if (text.length > LONGEST) return false;
  const before = judged.get(text);
  if (before !== undefined) return before;
  const result = judge(text);
  if (judged.size < KEPT) judged.set(text, result);
  return result;
}

function isWritten(text: string): boolean {
  if (text === "" || text.length > LONGEST || !/^[\p{L}\p{M}\d %/.*^()µμ°²³·_-]+$/u.test(text)) return false;
  return partsOfText(text).every((part) => (part.length <= 3 ? !/^\d{3}$/.test(part) : isPlainWord(part)));
}
