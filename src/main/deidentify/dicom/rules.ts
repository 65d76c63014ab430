import resource from "../../../../resources/deidentification-rules.json" with { type: "json" };
import type { PolicyOption } from "../../../contract/policy.ts";
import { lookup } from "../../dicom/dictionary.ts";
import { isKnownSopClass, typeOf } from "../attribute-types.ts";
import { MANDATORY_DESPITE_X, OWN_RULES, UIDS_OF_KINDS } from "./beyond-the-table.ts";

/**
 * What is done to an attribute. `keep`, `clean` and `uid` descend into sequences; `remove`, `empty` and `dummy` take them whole.
 *
 * - `keep-own`: kept because no rule names it; a person's name in it goes nevertheless.
 * - `shift`: dates move by the patient's days, times stay.
 * - `age`: kept, 90 years and more as 90.
 * - `meaning`: a code meaning, kept where a published coding scheme says it, else cleaned.
 */
export type RuleKind =
  | "keep"
  | "keep-own"
  | "remove"
  | "empty"
  | "dummy"
  | "uid"
  | "shift"
  | "age"
  | "clean"
  | "meaning"
  | "patient-id"
  | "patient-name"
  | "accession"
  | "study-id";

/** What the leak sweep looks for once the value is gone. */
export type ValueKind = "none" | "name" | "identifier" | "organisation" | "date" | "uid";

export interface Rule {
  readonly kind: RuleKind;
  /** For `clean` and `shift`: what happens where nothing is left to keep. */
  readonly fallback: "remove" | "empty" | "dummy";
  readonly value: ValueKind;
}

type Row = readonly [basic: string, options: Readonly<Record<string, string>>];

const COLUMN_OF_OPTION: Record<PolicyOption, string> = {
  "retain-uids": "uids",
  "retain-device": "device",
  "retain-institution": "institution",
  "retain-patient-characteristics": "patientCharacteristics",
  "full-dates": "fullDates",
  "modified-dates": "modifiedDates",
  "clean-descriptors": "descriptors",
  "clean-graphics": "graphics",
  "retain-safe-private": "safePrivate",
};

const rows = readRows();
const ORGANISATIONS: ReadonlySet<string> = new Set(["00080080", "00080081", "00081040", "00120031", "00120060"]);
/** VRs whose values are too common to be looked for: codes, measures, times of day. */
const UNSEARCHED_VRS: ReadonlySet<string> = new Set([
  "CS",
  "DS",
  "IS",
  "AS",
  "TM",
  "SQ",
  "OB",
  "OW",
  "UN",
  "US",
  "UL",
  "FD",
  "FL",
]);

/** All patterns of Table E.1-1 that name one tag, and Satchel's own. The repeating groups and private elements are dealt with apart. */
function readRows(): Map<string, Row> {
  const read = new Map<string, Row>();
  for (const [tag, basic, options] of OWN_RULES) read.set(tag, [basic, options ?? {}]);
  for (const [tag, , basic, options] of resource.rows as [string, string, string, Record<string, string>][]) {
    if (/^[0-9a-f]{8}$/.test(tag)) read.set(tag, [basic, options]);
  }
  return read;
}

/**
 * The rule for an even-group attribute, outside groups 50xx and 60xx.
 *
 * An option overrides the profile (PS3.15 E.1.1). Where two options disagree - 11 rows, Retain Device Identity keeps a date of calibration
 * or manufacture that Modified Dates shifts - the one that discloses less wins: the date is shifted.
 *
 * @param path tags from the top level to this one, eight lower-case digits each, joined by dots.
 * @returns undefined where neither the table nor the dictionary knows the attribute.
 */
export function ruleFor(options: ReadonlySet<PolicyOption>, sopClassUid: string, path: string): Rule | undefined {
  const tag = path.slice(-8);
  const entry = lookup(Number.parseInt(tag, 16));
  const row = rows.get(tag);
  if (row === undefined) return entry === undefined ? undefined : ruleWithoutRow(options, tag, entry.vr);
  const [basic, byOption] = row;
  const value = valueKind(tag, entry?.vr ?? "LO", byOption);
  const fallback = resolve(basic, sopClassUid, path);
  const chosen = [...options]
    .map((option) => byOption[COLUMN_OF_OPTION[option]])
    .filter((action) => action !== undefined);
  if (chosen.includes("C")) {
    const temporal = options.has("modified-dates") && byOption["modifiedDates"] === "C";
    return { kind: temporal ? "shift" : "clean", fallback: fallback === "uid" ? "remove" : fallback, value };
  }
  if (chosen.includes("K")) return { kind: entry?.vr === "AS" ? "age" : "keep", fallback: "remove", value: "none" };
  return { kind: special(tag) ?? fallback, fallback: fallback === "uid" ? "remove" : fallback, value };
}

/** The table's own idea of a replacement is any dummy; these four are told apart by keyed codes. */
function special(tag: string): RuleKind | undefined {
  if (tag === "00100020") return "patient-id";
  if (tag === "00100010") return "patient-name";
  if (tag === "00080050") return "accession";
  return tag === "00200010" ? "study-id" : undefined;
}

/**
 * Attributes of PS3.6 without a row are kept (PS3.15 E.1.1), but for what their VR gives away: names of people never stay, UIDs of things
 * are replaced wherever they stand, and code meanings are looked at.
 */
function ruleWithoutRow(options: ReadonlySet<PolicyOption>, tag: string, vr: string): Rule {
  if (vr === "PN") return { kind: "dummy", fallback: "dummy", value: "name" };
  if (vr === "UI" && !UIDS_OF_KINDS.has(tag) && !options.has("retain-uids"))
    return { kind: "uid", fallback: "remove", value: "uid" };
  if (tag === "00080104" || tag === "00080108") return { kind: "meaning", fallback: "dummy", value: "none" };
  return { kind: "keep-own", fallback: "remove", value: "none" };
}

/**
 * Resolves a compound action by the attribute's Type (PS3.15 Table E.1-1a). Type 3, and what the IOD does not know at its top level, is
 * removed. Where the Type is unknown - an IOD newer than the table, a nested macro - the action that keeps every IOD valid is taken:
 * a dummy says as little as an absence.
 */
function resolve(action: string, sopClassUid: string, path: string): "remove" | "empty" | "dummy" | "uid" {
  const tag = path.slice(-8);
  if (action === "X" && MANDATORY_DESPITE_X.has(tag)) return typeOf(sopClassUid, path) === 1 ? "dummy" : "remove";
  const parts = action.split("/").map(actionOf);
  if (parts.length === 1) return parts[0]!;
  const type = typeOf(sopClassUid, path);
  const strongest = parts.at(-1)!;
  if (type === undefined) return isKnownSopClass(sopClassUid) && !path.includes(".") ? parts[0]! : strongest;
  if (type === 1) return strongest;
  if (type === 2) return parts.includes("empty") ? "empty" : strongest;
  return parts[0]!;
}

function actionOf(code: string): "remove" | "empty" | "dummy" | "uid" {
  if (code === "X") return "remove";
  if (code === "Z") return "empty";
  if (code === "D") return "dummy";
  if (code === "U" || code === "U*") return "uid";
  throw new Error(`Table E.1-1 holds an action of an unknown form: ${code}`);
}

/** Free text (all rows of Clean Descriptors) is not looked for as a whole: "CHEST" is a study description, and no secret. */
function valueKind(tag: string, vr: string, options: Readonly<Record<string, string>>): ValueKind {
  if (vr === "PN") return "name";
  if (vr === "UI") return "uid";
  if (vr === "DA" || vr === "DT") return "date";
  if (ORGANISATIONS.has(tag)) return "organisation";
  return UNSEARCHED_VRS.has(vr) || options["descriptors"] !== undefined || tag === "00080201" ? "none" : "identifier";
}
