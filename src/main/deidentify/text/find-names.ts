import { isEponym } from "./eponyms.ts";
import type { ScrubKind } from "../../../contract/calls/records.ts";
import { MATCH, type PatientWords } from "./known-patient.ts";
import { NameIntroductions } from "./name-introductions.ts";
import { NameRuns } from "./name-runs.ts";
import { markStaff } from "./mark-staff.ts";
import { NameMarks, OWNER } from "./name-marks.ts";
import { isParticle } from "./phrases.ts";
import { GAP, type Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";
import { isCapital, isKnown, isListedName, type Word, type WordBook } from "./word-book.ts";

const SHORTEST_SPLIT = 7;
const CREDENTIALS = new Set(
  "md rn np rd lpn cna dds phd pharmd msw lcsw otr slp rph crna cnm dpm apn fnp dnp ot slt rmn".split(" "),
);
const GRADES = new Set("rn crna hca sho spr cna lpn emt rmn pc".split(" "));
const KINDS: readonly ScrubKind[] = ["person-name", "person-name", "person-name", "staff-name", "patient-name"];

/** Finds names: what the catalog knows, what stands where names stand, and what looks like one. */
export function findNames(reading: Reading, patient: PatientWords, book: WordBook): void {
  const marks = new NameMarks(reading);
  const introductions = new NameIntroductions(marks);
  for (let at = 0; at < reading.count; at++) {
    const word = reading.word(at);
    if (word === undefined || reading.covered[at] === 1) continue;
    markKnown(marks, at, word, patient);
    if (marks.owner[at] === OWNER.none) markListed(marks, at, word);
    if (isBroken(reading, at, word)) markBroken(marks, at, patient, book);
    if ((word.flags & (FLAGS.honorific | FLAGS.introduction | FLAGS.role | FLAGS.agent)) !== 0)
      introductions.add(at, word);
    if ((word.flags & FLAGS.identifierLabel) !== 0) introductions.sign(at);
    else if (word.shape === "initial") introductions.initial(at);
    else if (word.shape === "capitals" && GRADES.has(word.text)) introductions.grade(at);
    if (isCredential(word) && reading.gap(at - 1) !== GAP.stop) introductions.signBefore(at);
  }
  introductions.mark();
  for (let at = 0; at < reading.count; at++) {
    if (marks.owner[at] !== OWNER.none) markPair(marks, at);
    markStaff(marks, at, book.staff);
  }
  for (const run of new NameRuns(marks, patient.initials).all())
    reading.add({ start: run.start, end: run.end, kind: KINDS[run.owner]! }, run.first);
}

/** "Keisha Obi RN", "Leanne Wu, RD". */
function isCredential(word: Word): boolean {
  return word.shape === "capitals" && CREDENTIALS.has(word.text);
}

/** What the catalog knows: the patient, relatives, staff. */
function markKnown(marks: NameMarks, at: number, word: Word, patient: PatientWords): void {
  switch (patient.match(word)) {
    case MATCH.patient:
      // A patient may be called Rosa or Graves: with a capital it goes, whatever it means.
      return marks.put(at, OWNER.patient, isCapital(word) || !(isKnown(word) || (word.flags & FLAGS.eponym) !== 0));
    case MATCH.patientTypo:
      return marks.put(at, OWNER.patient, !(isListedName(word) && word.shape === "lower"));
    case MATCH.relative:
      return marks.put(at, OWNER.relative, isCapital(word) || !isKnown(word));
    case MATCH.relativeTypo:
      return marks.put(at, OWNER.relative, isCapital(word));
    case MATCH.short:
    case MATCH.relativeShort: {
      const owner = patient.match(word) === MATCH.short ? OWNER.patient : OWNER.relative;
      return marks.put(at, owner, isShortName(marks.reading, at, word, patient));
    }
    case MATCH.weak:
      return marks.put(at, OWNER.patient, false);
    default:
  }
  if (
    patient.wholeInitials.has(word.text) &&
    (word.shape === "capitals" ? word.text.length > 2 : word.text.length > 3) &&
    !isKnown(word)
  )
    return marks.put(at, OWNER.patient, true);
  if (word.staff === "short") return isCapital(word) ? marks.put(at, OWNER.staff, false) : undefined;
  if (word.staff === "none" || isEponym(marks.reading, at)) return;
  const isOrdinary = isKnown(word) || (word.flags & FLAGS.eponym) !== 0;
  // "Sá" of the staff only beside another name.
  if (word.text.length < 3) return marks.put(at, OWNER.staff, false);
  const isSure = isOrdinary
    ? word.shape === "title" && !marks.reading.beginsSentence(at)
    : word.staff === "exact" || isCapital(word);
  const isMeant = (word.flags & FLAGS.eponym) === 0 || endsClause(marks.reading, at);
  marks.put(at, OWNER.staff, isSure && isMeant);
}

/** "Fernan" of Fernanda; "Fer." before the rest of the name alone; not "Card:" of a Cardina. */
function isShortName(reading: Reading, at: number, word: Word, patient: PatientWords): boolean {
  if (word.text.length > 3 || (word.flags & FLAGS.given) !== 0) return reading.text.charAt(reading.end(at)) !== ":";
  const next = reading.word(at + 1);
  return reading.gap(at) === GAP.stop && next !== undefined && patient.match(next) === MATCH.patient && isCapital(next);
}

/** "ex-fix Murphy." of a house with a Dr. Murphy; not "Murphy negativo" and "sem Murphy." */
function endsClause(reading: Reading, at: number): boolean {
  if (!/^(?:[.,;)\n]|$)/.test(reading.text.slice(reading.end(at), reading.end(at) + 1))) return false;
  const before = reading.gap(at - 1) === GAP.space ? reading.word(at - 1) : undefined;
  if (before === undefined) return false;
  return (
    before.shape === "lower" &&
    before.text.length > 1 &&
    (before.flags & (FLAGS.common | FLAGS.particle | FLAGS.eponymHead)) === 0
  );
}

/** Names of the lists. */
function markListed(marks: NameMarks, at: number, word: Word): void {
  if (!isListedName(word) || isEponym(marks.reading, at)) return;
  const isShort = word.shape === "capitals" && word.text.length <= 3;
  const isAmbiguous = isKnown(word) || (word.flags & FLAGS.eponym) !== 0 || isShort;
  marks.put(at, OWNER.person, isCapital(word) && !isAmbiguous);
}

/** Two words that are names beside each other are one, whatever their letters: "rosa dias", "maria silva". */
function markPair(marks: NameMarks, at: number): void {
  const { reading, owner } = marks;
  let next = at + 1;
  while (next < at + 3 && reading.isLinked(next - 1) && isParticle(reading.word(next)?.text ?? "")) next++;
  if (!reading.isLinked(next - 1) || owner[next] !== owner[at]) return;
  const [word, other] = [reading.word(at), reading.word(next)];
  if (word === undefined || other === undefined || word.text === other.text) return;
  if (owner[at] !== OWNER.patient && [word, other].some((each) => isKnown(each) || (each.flags & FLAGS.eponym) !== 0))
    return;
  marks.put(at, owner[at]!, true);
  marks.put(next, owner[at]!, true);
}

/** Whether a name may go on in the next word: at the end of a line, behind a hyphen, or where two words are written for one. */
function isBroken(reading: Reading, at: number, word: Word): boolean {
  const gap = reading.gap(at);
  if (gap === GAP.brokenWord || gap === GAP.joint) return true;
  const next = gap === GAP.space && word.shape === "title" ? reading.word(at + 1) : undefined;
  return next?.shape === "title" && word.text.length + next.text.length >= SHORTEST_SPLIT;
}

/** "Sil-" at the end of a line and "va" at the begin of the next; "Sil-va". */
function markBroken(marks: NameMarks, at: number, patient: PatientWords, book: WordBook): void {
  const { reading } = marks;
  const next = reading.word(at + 1);
  if (next === undefined || reading.covered[at + 1] === 1) return;
  // "Boa Ventura" of somebody called Boaventura.
  const isApart = reading.gap(at) === GAP.space;
  const first = reading.text.slice(reading.start(at), reading.end(at));
  const joined = book.read(first + reading.text.slice(reading.start(at + 1), reading.end(at + 1)));
  const match = patient.match(joined);
  // "Apa-recida" of a patient of that name, not the "bra-ço" of any.
  if (isKnown(joined) && !((match === MATCH.patient || match === MATCH.relative) && isCapital(joined))) return;
  const isWhole = reading.gap(at) === GAP.brokenWord;
  const owner =
    match === MATCH.patient || (match === MATCH.patientTypo && isWhole)
      ? OWNER.patient
      : match === MATCH.relative
        ? OWNER.relative
        : joined.staff === "exact"
          ? OWNER.staff
          : isApart
            ? OWNER.none
            : isWhole && isListedName(joined) && isCapital(joined)
              ? OWNER.person
              : OWNER.none;
  if (owner === OWNER.none) return;
  marks.put(at, owner, true);
  marks.put(at + 1, owner, true);
}
