import { FLAGS, flagsOf } from "./vocabulary.ts";

/** How the kinds of house are written for short, folded. */
const SHORT_FORMS: readonly (readonly [whole: string, ...short: string[]])[] = [
  ["hospital universitario", "hu", "hosp univ", "hosp universitario"],
  ["hospital municipal", "hm", "h mun", "hosp mun", "hosp municipal"],
  ["hospital estadual", "h est", "hosp est", "he"],
  ["hospital regional", "hr", "h reg", "hosp reg", "hosp regional"],
  ["hospital clinicas", "hc", "hosp clinicas"],
  ["hospital", "hosp", "h"],
  ["instituto coracao", "incor"],
  ["instituto cancer", "inca"],
  ["centro saude", "cs", "c saude"],
  ["centro salud", "cs", "c salud"],
  ["unidade basica saude", "ubs"],
  ["centro", "ctr"],
  ["unidade", "unid", "un"],
  ["unidad", "ud", "unid"],
  ["enfermaria", "enf", "enferm"],
  ["maternidade", "mat", "matern"],
  ["instituto", "inst", "i"],
  ["institute", "inst"],
  ["clinica", "clin", "cl"],
  ["ambulatorio", "ambul", "amb"],
  ["policlinica", "policl"],
  ["pronto socorro", "ps"],
  ["faculdade", "fac"],
  ["universidade", "univ"],
  ["university", "univ", "uni"],
  ["medical center", "med ctr", "med center", "medical ctr", "mc"],
  ["center", "ctr", "centre"],
  ["department", "dept"],
  ["medical practice", "med practice", "practice"],
  ["regional", "reg", "reg l"],
  ["jardim", "jd"],
  ["vila", "vl"],
  ["parque", "pq"],
  ["marechal", "mal"],
  ["general", "gal", "gen"],
  ["coronel", "cel"],
  ["presidente", "pres"],
  ["doutor", "dr"],
  ["professor", "prof"],
  ["mount", "mt"],
  ["terrace", "terr", "ter"],
  ["avenue", "ave", "av"],
  ["road", "rd"],
  ["santa", "sta"],
  ["santo", "sto"],
  ["saint", "st"],
  ["street", "st"],
  ["nossa senhora", "n s", "n sra", "nsa sra"],
  ["theatre", "th"],
];
/** A name without these words is the same name: "Hospital Regional de Pedra Azul" is "Pedra Azul". */
const KINDS_OF_HOUSE = new Set(
  "ala setor unidade unidad unit enfermaria ward sala servico posto suite tower torre pod family piso planta pavilhao pavilion wing ambulatorio policlinica residencia hospital maternidade clinica clinic universidade upa ubs instituto institute centro center centre asilo abrigo lar casa repouso idosos hospice home nursing rehab rehabilitation surgery medical practice infirmary faculdade medicina salud saude health".split(
    " ",
  ),
);
const KINDS_OF_KIND = new Set(
  "geral general universitario universitaria municipal regional estadual provincial comarcal memorial central nacional federal basica community district county".split(
    " ",
  ),
);
const INSTITUTIONS = new Set("hospital maternidade clinica universidade upa instituto".split(" "));
const SHORTEST_ACRONYM = 3;
const SHORTEST_LEFT = 4;

/** What else people write for a ward or a place, as parts: with a short word for its kind, without it, by its first letters. */
export function otherNames(parts: readonly string[], kind: "ward" | "place", written: string): string[][] {
  const others = new Map<string, string[]>();
  const add = (other: readonly string[]): void => {
    const text = other.join(" ");
    if (text.length >= 2 && text !== parts.join(" ")) others.set(text, [...other]);
  };
  for (const form of [
    parts,
    withoutPossessive(parts, true),
    withoutPossessive(parts, false),
    withoutAnd(parts),
    withoutTitle(parts),
  ]) {
    add(form);
    for (const short of shortened(form)) add(short);
    for (const bare of withoutKind(form, kind)) {
      if (bare.join("").length < SHORTEST_LEFT) continue;
      add(bare);
      for (const short of shortened(bare)) add(short);
    }
  }
  for (const form of withInitialsOfKind(parts)) add(form);
  if (kind === "place" && parts.length > 2 && parts.slice(0, -1).some(isTelling))
    for (const cut of [parts.slice(0, -1), ...shortened(parts.slice(0, -1))]) add(cut);
  // "Main OR" is "Main O.R." too.
  const spelled = parts.flatMap((part) =>
    part.length > 1 && part.length < 5 && written.includes(part.toUpperCase()) ? part.split("") : [part],
  );
  if (parts.length > 1) add(spelled);
  if (INSTITUTIONS.has(parts[0]!) && parts.length >= SHORTEST_ACRONYM) {
    const acronym = parts.map((part) => part[0]).join("");
    if (flagsOf(acronym) === 0) add([acronym]);
  }
  return [...others.values()];
}

/** "7B" of Ward 7B, as parts: what people of the house call it. */
export function wardCode(parts: readonly string[]): string[] | undefined {
  const code = parts.filter(isTelling);
  return code.length === 2 && code.length < parts.length && /^(?:\d{1,2} [a-z]|[a-z] \d{1,2})$/.test(code.join(" "))
    ? code
    : undefined;
}

/** With and without the kind of house: what may be written with words cut short. */
export function fullNames(parts: readonly string[], kind: "ward" | "place"): string[][] {
  return [[...parts], ...withoutKind(parts, kind)].filter((form) => form.length > 1);
}

/** "Posto de Saúde Monte Belo": "PS Monte Belo"; "Elm Hill Family Practice": "Elm Hill FP". */
function withInitialsOfKind(parts: readonly string[]): string[][] {
  const forms: string[][] = [];
  for (let first = 0; first < parts.length; first++) {
    let end = first;
    while (end < parts.length && !isTelling(parts[end]!)) end++;
    if (end - first < 2 || end - first === parts.length) continue;
    const initials = parts
      .slice(first, end)
      .map((part) => part[0])
      .join("");
    forms.push([...parts.slice(0, first), initials, ...parts.slice(end)]);
    first = end;
  }
  return forms;
}

function isTelling(part: string): boolean {
  return !KINDS_OF_HOUSE.has(part) && !KINDS_OF_KIND.has(part);
}

/** The kind before the name, behind it, or both, left out. */
function withoutKind(parts: readonly string[], kind: "ward" | "place"): string[][] {
  const forms: string[][] = [];
  let first = 0;
  while (first < parts.length && !isTelling(parts[first]!)) {
    first++;
    if (parts.slice(first).some(isTelling)) forms.push(parts.slice(first));
  }
  // "Recovery Unit" is not any recovery.
  if (kind === "ward" && first === 0 && parts.length < 2) return forms;
  let last = parts.length;
  while (last > first && !isTelling(parts[last - 1]!)) {
    last--;
    if (parts.slice(first, last).some(isTelling)) forms.push(parts.slice(first, last), parts.slice(0, last));
  }
  return forms.filter((form) => form.some((part) => (flagsOf(part) & FLAGS.particle) === 0));
}

/** With the usual abbreviations of its words. */
export function shortened(parts: readonly string[]): string[][] {
  const text = ` ${parts.join(" ")} `;
  return SHORT_FORMS.flatMap(([whole, ...short]) =>
    text.includes(` ${whole} `) ? short.map((form) => text.replace(` ${whole} `, ` ${form} `).trim().split(" ")) : [],
  );
}

/** "St. Brendan's": "St Brendans", "St Brendan". */
export function withoutPossessive(parts: readonly string[], isJoined: boolean): string[] {
  const at = parts.indexOf("s", 1);
  if (at < 0) return [...parts];
  return [...parts.slice(0, at - 1), parts[at - 1]! + (isJoined ? "s" : ""), ...parts.slice(at + 1)];
}

/** "Policlínica Dr. Ênio Torres": "Policlínica Ênio Torres". */
function withoutTitle(parts: readonly string[]): string[] {
  return parts.filter((part) => (flagsOf(part) & FLAGS.honorific) === 0 || part === "dom" || part === "don");
}

/** "Labor and Delivery": "Labor & Delivery", "Labor/Delivery". */
function withoutAnd(parts: readonly string[]): string[] {
  return parts.filter((part) => !/^(?:and|e|y)$/.test(part));
}
