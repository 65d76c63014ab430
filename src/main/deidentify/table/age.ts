/**
 * Whole years between two days of one calendar: a year more from the day on whose month and day are not before those of the birth. Who was
 * born on 29 February therefore becomes older on 1 March in years without that day, as the old command of EQMD had it.
 *
 * @param birthDate ISO date
 * @param day ISO date: the day in the hospital's time zone, not in UTC
 * @returns null where either is no day, or the day is before the birth: an age below zero is somebody's mistake, and no age
 */
export function ageOn(birthDate: string, day: string): number | null {
  if (!isDay(birthDate) || !isDay(day) || day < birthDate) return null;
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** The oldest age that stands alone in 45 CFR 164.514(b)(2)(i)(C); all above are one. */
const LAST_AGE = 89;

/** Ages over 89 as 90, so that the few who are older cannot be told apart. */
export function joinHighAges(age: number | null): number | null {
  return age !== null && age > LAST_AGE ? LAST_AGE + 1 : age;
}
