// npm run bench -- scrub: how many megabytes of text one core scrubs in a second. Ends with 1 below the limit.
import { createScrubber } from "../../src/main/deidentify/text/scrubber.ts";
import { makeNote, makeHouse, makePatient } from "./notes.ts";

const LIMIT_MB_PER_SECOND = 5;
const ROUNDS = 7;
const PATIENTS = 150;
const NOTES_OF_A_PATIENT = 20;

/** @returns megabytes of UTF-8 in a second of processor time: the machine may do other things beside */
function measure(): number {
  const scrubber = createScrubber(makeHouse(), { dates: "replace", ages: "safe-harbor" });
  let bytes = 0;
  let microseconds = 0;
  for (let index = 0; index < PATIENTS; index++) {
    const known = makePatient(index);
    const notes = Array.from({ length: NOTES_OF_A_PATIENT }, (_, number) => makeNote(known, number));
    for (const note of notes) bytes += Buffer.byteLength(note);
    const before = process.cpuUsage();
    const patient = scrubber.forPatient(known);
    for (const note of notes) patient.scrub(note);
    const { user, system } = process.cpuUsage(before);
    microseconds += user + system;
  }
  return bytes / microseconds;
}

const rounds = Array.from({ length: ROUNDS }, measure);
const median = rounds.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
console.log(`scrub: ${rounds.map((rate) => rate.toFixed(1)).join(", ")} MB/s; median ${median.toFixed(1)}`);
console.log(`limit ${LIMIT_MB_PER_SECOND} MB/s on one core: ${median >= LIMIT_MB_PER_SECOND ? "met" : "NOT met"}`);
process.exitCode = median >= LIMIT_MB_PER_SECOND ? 0 : 1;
