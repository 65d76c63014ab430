import type { PatientWords } from "./known-patient.ts";
import { isParticle } from "./phrases.ts";
import type { Reading } from "./reading.ts";

const MOST_INITIALS = 8;

/** Finds the patient's initials with full stops: "J.S.", "J. P. S", "J. da S.". One capital begins it. @returns whether there were some */
export function findInitials(reading: Reading, at: number, patient: PatientWords): boolean {
  let written = "";
  let best = -1;
  for (let index = at; index < reading.count && index < at + MOST_INITIALS; index++) {
    const word = reading.word(index);
    if (index > at && word !== undefined && isParticle(word.text) && word.shape === "lower") continue;
    if (word === undefined || word.shape !== "initial" || reading.covered[index] === 1) break;
    if (index > at && !/^(?:\.? |\.)$/.test(reading.text.slice(reading.end(index - 1), reading.start(index)))) break;
    written += word.text;
    if (patient.dottedInitials.has(written)) best = index;
  }
  if (best < 0) return false;
  const end = reading.end(best);
  reading.add(
    { start: reading.start(at), end: reading.text.charAt(end) === "." ? end + 1 : end, kind: "patient-name" },
    at,
  );
  return true;
}
