import { OWNER, type NameMarks } from "./name-marks.ts";
import { isParticle } from "./phrases.ts";
import { GAP } from "./reading.ts";
import type { StaffNames } from "./staff-names.ts";
import { FLAGS } from "./vocabulary.ts";
import { isCapital, isKnown } from "./word-book.ts";

const MOST_INITIALS = 3;

/** A name of the staff is sure beside another of the same person, and behind that person's initials: "Patrick Foley", "T. Cushing". */
export function markStaff(marks: NameMarks, at: number, staff: StaffNames): void {
  const { reading } = marks;
  const word = reading.word(at);
  if (word === undefined || word.staff !== "exact" || reading.covered[at] === 1) return;
  let next = at + 1;
  while (next < at + 3 && reading.isLinked(next - 1) && isParticle(reading.word(next)?.text ?? "")) next++;
  // "Patrick O'Hara": the name is behind the apostrophe.
  if (reading.word(next)?.shape === "initial" && reading.gap(next) === GAP.joint && reading.isLinked(next - 1)) next++;
  const other = reading.word(next);
  const isListed = reading.text.slice(reading.end(next - 1), reading.start(next)).startsWith(",");
  if (
    other !== undefined &&
    (reading.isLinked(next - 1) || (isListed && reading.gap(next - 1) === GAP.mark)) &&
    staff.areOfOne(word.text, other.text) &&
    (isCapital(word) || isCapital(other) || !(isKnown(word) && isKnown(other)) || isTitled(marks, at))
  ) {
    marks.put(at, OWNER.staff, true);
    marks.put(next, OWNER.staff, true);
  }
  markInitials(marks, at, staff);
  markInitialBehind(marks, at, staff);
}

/** "doctor will foster", as it is dictated. */
function isTitled({ reading }: NameMarks, at: number): boolean {
  const gap = reading.gap(at - 1);
  return (
    (gap === GAP.space || gap === GAP.stop) &&
    ((reading.word(at - 1)?.flags ?? 0) & (FLAGS.honorific | FLAGS.role)) !== 0
  );
}

/** "Íris B." of Íris Benevides. */
function markInitialBehind(marks: NameMarks, at: number, staff: StaffNames): void {
  const { reading } = marks;
  const word = reading.word(at)!;
  const initial = reading.word(at + 1);
  if (initial?.shape !== "initial" || reading.gap(at) !== GAP.space || !isCapital(word)) return;
  if (reading.text.charAt(reading.end(at + 1)) !== "." || !staff.hasInitial(word.text, initial.text)) return;
  marks.put(at, OWNER.staff, true);
  marks.put(at + 1, OWNER.staff, true);
}

function markInitials(marks: NameMarks, at: number, staff: StaffNames): void {
  const { reading } = marks;
  const word = reading.word(at)!;
  let first = at;
  // "O'Donnell", "D'Avila".
  if (reading.gap(at - 1) === GAP.joint && reading.word(at - 1)?.shape === "initial") first--;
  const name = first;
  while (at - first < MOST_INITIALS) {
    const initial = reading.word(first - 1);
    const gap = reading.gap(first - 1);
    if (initial === undefined || initial.text.length !== 1 || !(gap === GAP.space || gap === GAP.stop)) break;
    if (!staff.hasInitial(word.text, initial.text)) break;
    first--;
  }
  if (first === name) return;
  const isWritten = isCapital(word) && reading.word(first)!.shape === "initial";
  const isBehindName = staff.areOfOne(word.text, reading.word(first - 1)?.text ?? "") && reading.isLinked(first - 1);
  if (!isWritten && !isBehindName) return;
  for (let token = first; token <= at; token++) marks.put(token, OWNER.staff, true);
}
