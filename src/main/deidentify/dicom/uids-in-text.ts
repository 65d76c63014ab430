import type { Dataset, Element } from "../../dicom/element.ts";
import type { Pseudonyms } from "../pseudonym.ts";
import { putText } from "./apply-rule.ts";
import type { Rewrite } from "./rewrite.ts";

/** Six components or more: versions of software have fewer. */
const UID_IN_TEXT = /(?<![\d.])[0-2](?:\.(?:0|[1-9]\d*)){5,}(?![\d.]*\d)/g;
/** The shortest UID of six components. */
const SHORTEST = 11;
const MAX_LENGTH: Readonly<Record<string, number>> = { SH: 16, LO: 64, ST: 1024, LT: 10240 };

/** Replaces every UID in a text but those of the standard. */
function mapUidsInText(text: string, map: Pseudonyms["uid"], uids?: Set<string>): string {
  return text.replace(UID_IN_TEXT, (uid) => {
    const mapped = map(uid);
    if (mapped !== uid) uids?.add(uid);
    return mapped;
  });
}

/**
 * Replaces UIDs within a kept text: a Frame of Reference UID in a comment names what it names in its own attribute. Bytes are taken as
 * they are, since digits and dots are the same in every repertoire; where the text would grow too long for its VR, the UID is left out.
 *
 * @returns false where there was none.
 */
export function replaceUidsInText(rewrite: Rewrite, dataset: Dataset, element: Element, path: string): boolean {
  if (element.valueEnd - element.valueStart < SHORTEST) return false;
  const text = rewrite.part10.bytes.toString("latin1", element.valueStart, element.valueEnd);
  if (!text.includes(".") || text.search(UID_IN_TEXT) < 0) return false;
  let replaced = mapUidsInText(text, rewrite.pseudonyms.uid, rewrite.collected.uids);
  if (replaced === text) return false;
  const longest = Math.max(
    ...(element.vr === "LO" || element.vr === "SH" ? replaced.split("\\") : [replaced]).map(({ length }) => length),
  );
  if (longest > (MAX_LENGTH[element.vr] ?? Number.POSITIVE_INFINITY))
    replaced = mapUidsInText(text, (uid) => (rewrite.pseudonyms.uid(uid) === uid ? uid : ""));
  putText(rewrite, element, path, dataset, "replaced", Buffer.from(replaced.replace(/[ \0]+$/, ""), "latin1"));
  return true;
}
