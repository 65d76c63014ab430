import { nameOfKeyword } from "./name-of-keyword.ts";
import resource from "../../../resources/dictionary.json" with { type: "json" };

/** A data element of PS3.6. */
export interface DictionaryEntry {
  /** "PatientName" */
  readonly keyword: string;
  /** US stands for US or SS, OW for OB or OW and US or OW: the choice of implicit VR (PS3.5 A.1). */
  readonly vr: string;
  /** "1", "1-n", "3-3n" */
  readonly vm: string;
  /** As the standard writes it where PS3.15 Table E.1-1 has it, "Patient's Name"; otherwise the keyword as words. */
  readonly name: string;
  readonly retired: boolean;
}

const GROUP_LENGTH = entryOf("UL 1 !GroupLength");
const PRIVATE_CREATOR = entryOf("LO 1 PrivateCreator");
/** Lines until they are asked for, since most never are: reading 5,000 of them at start would cost each worker 10 ms. */
const elements = load(resource.elements);
const repeating = load(resource.repeating.map((line) => line.replace("xx", "00")));
let keywords: Map<string, number> | undefined;

/**
 * Looks an element up, repeating groups 50xx, 60xx and 7Fxx, group lengths and private creators included. Other private elements are
 * unknown. About 30 ns.
 */
export function lookup(tag: number): DictionaryEntry | undefined {
  const entry = take(elements, tag);
  if (entry !== undefined) return entry;
  const group = tag >>> 16;
  const element = tag & 0xffff;
  if (element === 0) return GROUP_LENGTH;
  if (group & 1) return element >= 0x10 && element <= 0xff ? PRIVATE_CREATOR : undefined;
  const family = group >>> 8;
  if (family === 0x50 || family === 0x60 || family === 0x7f) return take(repeating, (tag & 0xff00ffff) >>> 0);
  if (group === 0x20 && element >>> 8 === 0x31) return take(repeating, 0x00203100);
  return undefined;
}

/** The tag of a keyword, for a repeating group that of its first member. */
export function tagByKeyword(keyword: string): number | undefined {
  if (keywords === undefined) {
    keywords = new Map();
    for (const lines of [repeating, elements]) {
      for (const [tag, line] of lines)
        keywords.set((typeof line === "string" ? entryOf(line.slice(9)) : line).keyword, tag);
    }
  }
  return keywords.get(keyword);
}

function load(lines: readonly string[]): Map<number, DictionaryEntry | string> {
  const loaded = new Map<number, DictionaryEntry | string>();
  for (const line of lines) loaded.set(Number.parseInt(line.slice(0, 8), 16), line);
  return loaded;
}

function take(entries: Map<number, DictionaryEntry | string>, tag: number): DictionaryEntry | undefined {
  const found = entries.get(tag);
  if (typeof found !== "string") return found;
  const entry = entryOf(found.slice(9));
  entries.set(tag, entry);
  return entry;
}

function entryOf(line: string): DictionaryEntry {
  const [vr = "UN", vm = "1", word = "", ...written] = line.split(" ");
  const retired = word.startsWith("!");
  const keyword = retired ? word.slice(1) : word;
  const name = written.length > 0 ? written.join(" ") : nameOfKeyword(keyword);
  return { keyword, vr, vm, name, retired };
}
