import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { judgeCode } from "./code-systems.ts";
import { treatValue } from "./compile-elements.ts";
import { freeText } from "./free-text.ts";
import { isPlainText } from "./vocabulary.ts";
import type { Rule, Treatment } from "./treatment.ts";

/** What of a coding may leave, whoever the patient is. */
interface JudgedCoding {
  system: string;
  code: string | undefined;
  display: string | undefined;
  /** Each stands in a list of the standard: no patient makes a difference. */
  isClosed: boolean;
}

const KEPT_CODINGS = 10_000;
const LONGEST_DISPLAY = 300;
const LONGEST_CODE = 200;
const MARKED: ReadonlySet<string> = new Set(["system", "code", "display", "userSelected"]);
/** Displays of a code, in other languages or systems. */
const KEPT_OF_A_CODE = 16;
let kept = 0;
/** By code, which is the shortest of the three. Nothing of a patient is in it but what may leave anyway. */
const judged = new Map<string, { system: string; display: string; judgement: JudgedCoding | null }[]>();

/**
 * System and code pass where both are known; the display where it is made of known words alone. A code that the user's own list of systems
 * lets pass has no spaces. What is a name or a number of this very patient goes as well.
 */
export const codingRule: Rule = (value, treatment) => {
  if (!isJsonObject(value)) return treatment.drop(value);
  const { system = "", code = "", display = "", userSelected } = value;
  if (typeof system !== "string" || typeof code !== "string" || typeof display !== "string")
    return treatment.drop(value);
  if (system.length > LONGEST_CODE || code.length > LONGEST_CODE) return treatment.drop(value);
  const known = judge(system, code, display) ?? judgeOfUser(system, code, display, treatment);
  if (known === null) return treatment.drop(value);
  const { person } = treatment;
  if (!known.isClosed && known.code !== undefined && !person.isSilent(known.code)) return treatment.drop(value);
  const result: JsonObject = {};
  if (known.system !== "") result["system"] = known.system;
  if (known.code !== undefined) result["code"] = known.code;
  if (known.display !== undefined && person.isSilent(known.display)) result["display"] = known.display;
  else if (display !== "") treatment.drop(display);
  if (typeof userSelected === "boolean") result["userSelected"] = userSelected;
  // Version, extensions, ids.
  for (const name in value) if (!MARKED.has(name)) treatment.drop(value[name]!);
  return result;
};

function judge(system: string, code: string, display: string): JudgedCoding | null {
  if (display.length > LONGEST_DISPLAY) return judge(system, code, "");
  let ofCode = judged.get(code);
  if (ofCode !== undefined)
    for (const before of ofCode) if (before.display === display && before.system === system) return before.judgement;
  const judgement = judgeAnew(system, code, display);
  if (kept++ >= KEPT_CODINGS) {
    judged.clear();
    ofCode = undefined;
    kept = 0;
  }
  if (ofCode === undefined) judged.set(code, (ofCode = []));
  else if (ofCode.length >= KEPT_OF_A_CODE) ofCode.length = 0;
  ofCode.push({ system, display, judgement });
  return judgement;
}

function judgeAnew(system: string, code: string, display: string): JudgedCoding | null {
  const form = code === "" ? undefined : judgeCode(system, code);
  if (form === undefined) return null;
  return {
    system,
    code,
    display: display !== "" && isPlainText(display) ? display : undefined,
    isClosed: form === "closed",
  };
}

function judgeOfUser(system: string, code: string, display: string, { policy }: Treatment): JudgedCoding | null {
  if (policy.codeSystems?.includes(system) !== true || !/^\S{1,64}$/.test(code)) return null;
  return { system, code, display: display !== "" && isPlainText(display) ? display : undefined, isClosed: false };
}

/** Codings, and what somebody wrote beside them: free text, but for what is the display of one of them word by word. */
export const codeableConceptRule: Rule = (value, treatment) => {
  if (!isJsonObject(value)) return treatment.drop(value);
  const result: JsonObject = {};
  for (const name in value) {
    const item = value[name]!;
    if (name === "coding") {
      const codings = treatValue(codingRule, item, treatment);
      if (codings !== undefined) result["coding"] = codings;
    } else if (name !== "text") treatment.drop(item);
  }
  const { text: written } = value;
  const text = written === undefined || isDisplay(written, result["coding"]) ? written : freeText(written, treatment);
  if (text !== undefined) result["text"] = text;
  return result["coding"] === undefined && text === undefined ? undefined : result;
};

function isDisplay(text: Json, codings: Json | undefined): boolean {
  if (!Array.isArray(codings)) return false;
  for (const coding of codings) if (isJsonObject(coding) && coding["display"] === text) return true;
  return false;
}
