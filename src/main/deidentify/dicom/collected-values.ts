import { encodeInAll } from "../../dicom/encodings.ts";
import type { Part10 } from "../../dicom/part10.ts";
import { readText } from "../../dicom/values.ts";
import { foldText } from "../clean-descriptor.ts";
import type { IdentifyingValues } from "../identifying-values.ts";
import { Matcher } from "../sweep/matcher.ts";
import { forbiddenWords, needlesOf, type Needle } from "../sweep/needles.ts";
import { nameForms } from "../sweep/name-forms.ts";
import type { Collected } from "./rewrite.ts";

/** What is compiled from the values of one instance and serves all others with the same: usually the whole series. */
export interface CompiledValues {
  /** All but the UIDs. */
  readonly values: IdentifyingValues;
  readonly matcher: Matcher;
  readonly forbidden: ReadonlySet<string>;
  /** Folded: numbers of the patient and of the visit, and whole names. No manufacturer writes them. */
  readonly personal: ReadonlySet<string>;
}

const ACCESSION_NUMBER = 0x00080050;
/** Patients are exported one after the other: a few series at a time are enough. */
const REMEMBERED = 64;

/** Compiles collected values, remembering the last few sets. */
export function createValueCompiler(): (part10: Part10, collected: Collected) => CompiledValues {
  const known = new Map<string, CompiledValues>();
  return (part10, collected) => {
    const key = `${part10.dataset.characterSet.join("\\")}${collected.key}\n${collected.vendorTexts.join("\n")}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const values = decode(part10, collected);
    const vendor = foldText(collected.vendorTexts.join("\n"));
    // A station that is called like its model: what the policy publishes is no secret.
    const personal = personalTexts(part10, collected);
    const isSecret = ({ kind, text }: Needle): boolean =>
      kind === "name" || kind === "date" || personal.has(text) || !vendor.includes(text);
    const compiled = {
      values,
      matcher: new Matcher(needlesOf(values).filter(isSecret), encodeForms),
      forbidden: forbiddenWords(values),
      personal,
    };
    if (known.size >= REMEMBERED) for (const oldest of known.keys()) if (known.delete(oldest)) break;
    known.set(key, compiled);
    return compiled;
  };
}

/** Every encoding DICOM knows, and UTF-16, in which Windows programs write into private blobs. */
export function encodeForms(text: string): Buffer[] {
  const wide = Buffer.from(text, "utf16le");
  return [...encodeInAll(text), wide, Buffer.from(wide).swap16()];
}

function personalTexts(part10: Part10, collected: Collected): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { kind, dataset, element } of collected.values) {
    const text = readText(part10, dataset, element).trim();
    const isNumber = (element.tag >>> 16 === 0x0010 || element.tag === ACCESSION_NUMBER) && /\d/.test(text);
    if (kind === "identifier" && isNumber && text.length >= 6) texts.add(foldText(text));
    if (kind === "name")
      for (const form of nameForms(text)) if (/[ ^,]/.test(form.text)) texts.add(foldText(form.text));
  }
  return texts;
}

function decode(part10: Part10, collected: Collected): IdentifyingValues {
  const sets = {
    name: new Set<string>(),
    identifier: new Set<string>(),
    organisation: new Set<string>(),
    date: new Set<string>(),
  };
  for (const { kind, dataset, element } of collected.values) {
    if (kind === "none" || kind === "uid") continue;
    const text = readText(part10, dataset, element).trim();
    if (text !== "") sets[kind].add(text);
  }
  return {
    names: [...sets.name],
    identifiers: [...sets.identifier],
    organisations: [...sets.organisation],
    dates: [...sets.date],
    uids: [],
  };
}
