const plurals = new Intl.PluralRules("hi");

/**
 * A number with its noun: "1 फ़ाइल", "5 फ़ाइलें". Hindi says 0 in the singular.
 *
 * @param shown the number as the locale writes it. @param several only where it differs from `single`
 */
export function counted(n: number, shown: string, single: string, several: string = single): string {
  return `${shown} ${plurals.select(n) === "one" ? single : several}`;
}
