import { partsOf } from "./phrases.ts";
import { shortened, withoutPossessive } from "./phrase-forms.ts";
import { FLAGS, flagsOf } from "./vocabulary.ts";

const SHORTEST = 4;
/** Estates, buildings and hamlets, whole and for short: an address may be written without them. */
const KINDS_OF_ESTATE = new Set(
  "condominio cond residencial resid conjunto conj edificio edif ed predio povoado pov fazenda faz sitio chacara urbanizacion urbanizacao urb distrito comunidade assentamento aldeia localidade".split(
    " ",
  ),
);

const WHOLE_WORDS = new Map(
  "n north,s south,e east,w west,st street,rd road,ave avenue,ln lane,ct court,blvd boulevard,cl close,terr terrace,pl place"
    .split(",")
    .map((pair) => pair.split(" ") as [string, string]),
);
const STREETS_BEHIND = new Set(WHOLE_WORDS.values());

/** Whether a folded word tells the kind of a street, an estate or a neighbourhood. */
export function isKindOfAddress(word: string): boolean {
  return KINDS_OF_ESTATE.has(word) || (flagsOf(word) & (FLAGS.street | FLAGS.neighbourhood)) !== 0;
}

/**
 * The ways in which the parts of an address are written, each as folded words: "Rua das Palmeiras, 45, Barris" as street and
 * neighbourhood, "41 Cooper's Yard" with and without its number and its apostrophe. What stands around them is found where they are.
 */
export function addressForms(address: string): string[][] {
  const forms: string[][] = [];
  for (const part of address.split(/[,;\n]|\s[-–]\s/)) {
    const parts = partsOf(part);
    while (parts.length > 0 && isKindOfAddress(parts[0]!)) parts.shift();
    while (parts.length > 1 && /^\d+$/.test(parts.at(-1)!)) parts.pop();
    for (const written of [parts, withoutPossessive(parts, true), withoutPossessive(parts, false)])
      for (const form of [written, ...shortened(written)]) {
        if (form.join("").length < SHORTEST) continue;
        forms.push(form);
        if (form.length < 3 || !/^\d+$/.test(form[0]!)) continue;
        forms.push(form.slice(1));
        // "309 East 4th" of 309 E 4th St.
        const whole = form.map((word) => WHOLE_WORDS.get(word) ?? word);
        forms.push(whole);
        if (STREETS_BEHIND.has(whole.at(-1)!)) forms.push(form.slice(0, -1), whole.slice(0, -1));
      }
  }
  return forms;
}
