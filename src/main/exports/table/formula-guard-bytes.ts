import type { BlockText } from "../../text-block.ts";

/** How far back it is looked: beyond, the guard itself looks. */
const MOST_BACK = 16;

const codes = (characters: string): number[] => [...Buffer.from(characters, "latin1")];

/**
 * The first bytes, in UTF-8, of what begins a formula (`TRIGGERS` of formula-guard.ts). Each is looked for by itself: that is done for
 * many bytes at once, which a regular expression does not.
 */
const LEADS = codes("=+-@\u00E2\u00EF");
/** The second bytes of those that have more. */
const SECONDS = codes("\u0088\u00B9\u00BC");

/** Printable ASCII that neither parts cells nor is looked over by spreadsheets: behind such a one nothing begins. */
const SOLID = 1;
/** The same, but it begins a formula itself. */
const TRIGGER = 2;
const BOUNDARY = 3;
const CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (codes('",;\t\r\n').includes(byte)) return BOUNDARY;
  if (byte <= 0x20 || byte >= 0x7f || codes("'").includes(byte)) return 0;
  return LEADS.includes(byte) ? TRIGGER : SOLID;
});

/**
 * The formula guard's first look at texts that are bytes: whether one would be left as it is. It may take a harmless text for one to be
 * guarded, and never the other way.
 *
 * @returns a function that is asked of the texts of one block after the other; false where only the guard itself can tell
 */
export function createFirstLook(): (text: BlockText) => boolean {
  let looked: Buffer | undefined;
  let suspects: number[] = [];
  return ({ block, start, end }) => {
    if (block !== looked) {
      suspects = suspectsIn(block);
      looked = block;
    }
    // Behind its first character the places of a text do not depend on what stands before it in the block.
    if (start < end && CLASSES[block[start]!] !== SOLID) return false;
    return suspects.length === 0 || !suspects.some((at) => at >= start && at < end);
  };
}

/** Where something stands in a block that may begin a formula. */
function suspectsIn(block: Buffer): number[] {
  const suspects: number[] = [];
  for (const lead of LEADS)
    for (let at = block.indexOf(lead); at >= 0; at = block.indexOf(lead, at + 1)) {
      if (lead > 0x7f && !SECONDS.includes(block[at + 1] ?? 0)) continue;
      const limit = Math.max(0, at - MOST_BACK);
      let before = at - 1;
      while (before >= limit && CLASSES[block[before]!] === 0) before--;
      if (before < limit || CLASSES[block[before]!] === BOUNDARY) suspects.push(at);
    }
  return suspects;
}
