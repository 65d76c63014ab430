/** Dates that are placeholders, Satchel's own dummy among them. */
const PLACEHOLDER_DATES: ReadonlySet<string> = new Set(["19000101", "19700101", "00010101", "18581117"]);
const MONTHS = "january february march april may june july august september october november december".split(" ");

/** The forms in which people and systems write the days of a DA or DT value, in lower case. A year of two digits could be anything. */
export function dateForms(value: string): string[] {
  const forms = new Set<string>();
  for (const [, year = "", month = "", day = ""] of value.matchAll(
    /(?<!\d)(\d{4})\.?(\d{2})\.?(\d{2})(?=\d{2}|\D|$)/g,
  )) {
    const name = MONTHS[Number(month) - 1];
    if (PLACEHOLDER_DATES.has(year + month + day) || name === undefined || Number(day) > 31) continue;
    forms.add(year + month + day);
    for (const [m, d] of [
      [month, day],
      [String(Number(month)), String(Number(day))],
    ]) {
      for (const mark of ["-", ".", "/"])
        for (const form of [
          `${year}${mark}${m}${mark}${d}`,
          `${d}${mark}${m}${mark}${year}`,
          `${m}${mark}${d}${mark}${year}`,
        ])
          forms.add(form);
      for (const word of [name, name.slice(0, 3)])
        for (const form of [`${d} ${word} ${year}`, `${d}-${word}-${year}`, `${word} ${d}, ${year}`]) forms.add(form);
    }
    forms.add(`${year} ${month} ${day}`);
  }
  return [...forms];
}
