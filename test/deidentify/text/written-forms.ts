/** The ways in which people write what identifies a patient. */

const strip = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "");
const PARTICLES = /^(?:da|de|do|dos|das|e)$/i;

/** Random choices that are the same in every run. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }
}

/** One letter more, less, other, or two changed over; never the first, and never the word itself. */
export function mistype(word: string, dice: Dice): string {
  const at = 1 + dice.below(word.length - 2);
  const letter = dice.pick(["x", "k", "w", "q", "h"]);
  const forms = [
    word.slice(0, at) + letter + word.slice(at),
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + letter + word.slice(at + 1),
    word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
  ].filter((form) => form.toLowerCase() !== word.toLowerCase());
  return dice.pick(forms);
}

/** A name in every way but with typing errors. */
export function nameForms(name: string): string[] {
  const words = name.split(" ");
  const strong = words.filter((word) => !PARTICLES.test(word));
  const [given = "", family = ""] = [strong[0], strong.at(-1)];
  const long = strong.find((word) => word.length >= 6 && !/['-]/.test(word));
  const plain = [
    name,
    strong.join(" "),
    `${given} ${family}`,
    `${family}, ${given}`,
    `${given}\n${family}`,
    `${given} ${family[0]}.`,
    `${given[0]}. ${family}`,
    given,
    family,
    strong.join("-"),
    `Sr. ${given}`,
    `${given}'s`,
    `${given}_${family}`,
    name.replace(/ /g, "\u00a0"),
    `${given}${family}`,
    ...(long === undefined
      ? []
      : [`${long.slice(0, 3)}-\n${long.slice(3)}`, `${long.slice(0, 3)}\u00ad${long.slice(3)}`]),
  ];
  return plain.flatMap((form) => [form, form.toUpperCase(), strip(form), form.normalize("NFD")]);
}

/** A number as it is and grouped otherwise. */
export function numberForms(number: string): string[] {
  const digits = number.replaceAll(/[^\dA-Za-z]/g, "");
  const middle = Math.floor(digits.length / 2);
  return [
    number,
    digits,
    `${digits.slice(0, middle)} ${digits.slice(middle)}`,
    `${digits.slice(0, middle)}-${digits.slice(middle)}`,
    `${digits.slice(0, middle)}.${digits.slice(middle)}`,
    `${digits.slice(0, middle)}-\n${digits.slice(middle)}`,
    `nº ${digits}`,
    `(${digits})`,
  ];
}

export function phoneForms(area: string, first: string, last: string): string[] {
  const short = first.slice(-4);
  return [
    `(${area}) ${first}-${last}`,
    `${area}${first}${last}`,
    `${area} ${first} ${last}`,
    `+55 ${area} ${first}-${last}`,
    `+55${area}${first}${last}`,
    `0${area} ${first}-${last}`,
    `${first}-${last}`,
    `${first}${last}`,
    `${short}-${last}`,
    `${short} ${last}`,
    `${area}.${first}.${last}`,
  ];
}

const PT = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(" ");
const ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" ");
const EN = "January February March April May June July August September October November December".split(" ");

/** A birth date in digits, with the month's name, in three languages. */
export function dateForms(iso: string): string[] {
  const [year = "", month = "", day = ""] = iso.split("-");
  const [y, m, d] = [year.slice(2), String(Number(month)), String(Number(day))];
  const at = Number(month) - 1;
  return [
    ...["/", "-", "."].flatMap((mark) => [
      [day, month, year].join(mark),
      [year, month, day].join(mark),
      [day, month, y].join(mark),
      [d, m, year].join(mark),
      [month, day, year].join(mark),
    ]),
    `${d}/${m}/${y}`,
    `${day} / ${month} / ${year}`,
    day + month + year,
    year + month + day,
    `${d} de ${PT[at]!} de ${year}`,
    `${d} de ${PT[at]!.toUpperCase()} de ${year}`,
    `${d} ${PT[at]!.slice(0, 3)} ${year}`,
    `${day}/${PT[at]!.slice(0, 3)}/${y}`,
    `${d}º de ${PT[at]!} de ${year}`,
    `${d} de ${ES[at]!} de ${year}`,
    `${d} de ${ES[at]!} del ${year}`,
    `${EN[at]!} ${d}, ${year}`,
    `${d} ${EN[at]!} ${year}`,
    `${d}th of ${EN[at]!} ${year}`,
    `${d}-${EN[at]!.slice(0, 3)}-${year}`,
    `${EN[at]!.slice(0, 3)} ${d}, ${year}`,
    `${iso}T00:00:00-03:00`,
  ];
}
