import codes from "../../../../resources/fhir-codes.json" with { type: "json" };
import { isPlainToken } from "./vocabulary.ts";
import { isMediaType } from "./media-types.ts";
import { isUcum } from "./units.ts";

type IsCode = (code: string) => boolean;

const matches =
  (pattern: RegExp): IsCode =>
  (code) =>
    pattern.test(code);

/**
 * International systems with the form that their codes have: a code system is a place where a server may put anything, so a code passes
 * where it could be one of the system's, by its check digit where it has one. Of the rest the code goes with its system.
 */
const SYSTEMS: Readonly<Record<string, IsCode>> = {
  "http://loinc.org": isLoinc,
  "http://snomed.info/sct": (code) => isSnomed(code) || isPlainToken(code),
  "http://www.nlm.nih.gov/research/umls/rxnorm": matches(/^\d{1,7}$/),
  "http://unitsofmeasure.org": isUcum,
  "http://hl7.org/fhir/sid/cvx": matches(/^\d{1,3}$/),
  "http://hl7.org/fhir/sid/mvx": matches(/^[A-Z]{2,4}$/),
  // Without its hyphens it could be a telephone number, or a number of somebody.
  "http://hl7.org/fhir/sid/ndc": matches(/^\d{4,5}-\d{3,4}-\d{1,2}$/),
  "http://hl7.org/fhir/sid/icd-10": isIcd10,
  "http://hl7.org/fhir/sid/icd-10-cm": isIcd10,
  "http://hl7.org/fhir/sid/icd-10-de": isIcd10,
  "http://hl7.org/fhir/sid/icd-9-cm": matches(/^(?:[EV]?\d{2,3}(?:\.\d{1,2})?)$/),
  "http://hl7.org/fhir/sid/icd-9": matches(/^(?:[EV]?\d{2,3}(?:\.\d{1,2})?)$/),
  "http://www.cms.gov/Medicare/Coding/ICD10": matches(/^[0-9A-HJ-NP-Z]{7}$/),
  "http://id.who.int/icd/release/11/mms": matches(/^[0-9A-HJ-NP-Z]{4}(?:\.[0-9A-Z]{1,2})?$/),
  "http://id.who.int/icd11/mms": matches(/^[0-9A-HJ-NP-Z]{4}(?:\.[0-9A-Z]{1,2})?$/),
  "http://hl7.org/fhir/sid/icpc-2": matches(/^[A-Z]\d{2}$/),
  "http://www.whocc.no/atc": matches(/^[A-Z](?:\d{2}(?:[A-Z](?:[A-Z](?:\d{2})?)?)?)?$/),
  "http://www.ama-assn.org/go/cpt": matches(/^\d{4}[0-9A-Z]$/),
  "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": matches(/^[A-Z]\d{4}$/),
  "http://nucc.org/provider-taxonomy": matches(/^\d{3}[0-9A-Z]{6}X$/),
  "http://dicom.nema.org/resources/ontology/DCM": matches(/^(?:\d{5,6}|[A-Z]{2,5})$/),
  "http://radlex.org": matches(/^R(?:P?ID)\d{1,6}$/),
  "http://www.radlex.org": matches(/^R(?:P?ID)\d{1,6}$/),
  "http://www.genenames.org": matches(/^(?:HGNC:)?\d{1,5}$/),
  "urn:iso:std:iso:11073:10101": matches(/^\d{1,6}$/),
  "urn:ietf:bcp:47": matches(/^[a-z]{2,3}(?:-[A-Z]{2})?$/),
  "urn:ietf:bcp:13": isMediaType,
  "urn:iso:std:iso:3166": matches(/^(?:[A-Z]{2,3}|\d{3})$/),
  "urn:iso:std:iso:3166:-2": matches(/^[A-Z]{2}-[A-Z0-9]{1,3}$/),
  "urn:ietf:rfc:3986": matches(/^(?:urn:oid:)?1\.2\.840\.10008(?:\.\d{1,4}){1,10}$/),
  // Race and ethnicity of the CDC.
  "urn:oid:2.16.840.1.113883.6.238": matches(/^\d{4}-\d$/),
  "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category": matches(/^clinical-note$/),
  "http://hl7.org/fhir/us/core/CodeSystem/condition-category": isPlainToken,
  "http://hl7.org/fhir/us/core/CodeSystem/us-core-category": isPlainToken,
  "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode": matches(
    /^urn:ihe:(?:iti:xds(?:-sd)?:(?:pdf:|text:)?20\d\d(?::mimeTypeSufficient)?|pcc:[a-z]{2,8}:20\d\d|rad:[A-Z]{2,5})$/,
  ),
  "https://w3id.org/openmhealth": isSchemaName,
  "https://w3id.org/ieee1752": isSchemaName,
  "https://artpark.in/screening-result": isPlainToken,
  "https://terminology.midas.iisc.ac.in/CodeSystem/location-physical-type": isPlainToken,
  ...Object.fromEntries(
    ["ai-result-value", "ai-result-confidence", "case-level-ai-result", "refer-case"].map((name) => [
      `https://midas.iisc.ac.in/CodeSystem/${name}`,
      (code: string): boolean => isPlainToken(code) || /^(?:0|1)(?:\.\d{1,6})?$/.test(code),
    ]),
  ),
  "https://midas.iisc.ac.in/fhir/CodeSystem/practitioner-role-type": isPlainToken,
};

/** What Aarogya Aarohan's tasks are, in both of its spellings; it gives them no system of its own. */
const CODES_WITHOUT_SYSTEM: ReadonlySet<string> = new Set(
  "urgent-refer-to-hospital urgent_referral additional-investigation-needed add_investigation_needed retake-image retake_photo quit-habit quit_habit".split(
    " ",
  ),
);

/** Of systems whose codes the standard does not list: such a list goes before a form. */
const FORMS: ReadonlyMap<string, IsCode> = new Map(
  Object.entries(SYSTEMS).filter(([system]) => !Object.hasOwn(codes.systems, system)),
);
const OWN_CODES = new Map<string, ReadonlySet<string>>();

/**
 * Whether a code of a system may leave.
 *
 * @param system "" where the coding names none
 * @returns "closed" where it stands in the standard's own list, "open" where it only has the form of one; undefined where it may not
 */
export function judgeCode(system: string, code: string): "closed" | "open" | undefined {
  if (system === "") return CODES_WITHOUT_SYSTEM.has(code) ? "closed" : undefined;
  const isCode = FORMS.get(system);
  if (isCode !== undefined) return isCode(code) ? "open" : undefined;
  return ownCodes(system)?.has(code) === true ? "closed" : undefined;
}

/** The digest of the policy takes them in. */
export const KNOWN_SYSTEMS: readonly string[] = [...Object.keys(SYSTEMS), ...Object.keys(codes.systems)];

function ownCodes(system: string): ReadonlySet<string> | undefined {
  const known = OWN_CODES.get(system);
  if (known !== undefined) return known;
  if (!Object.hasOwn(codes.systems, system)) return undefined;
  const own = new Set((codes.systems as Record<string, string>)[system]!.split(" "));
  OWN_CODES.set(system, own);
  return own;
}

/**
 * The check digit is of Luhn's kind (LOINC Users' Guide, "LOINC code check digit"); parts, answers, lists and groups ("LA32-8") have another.
 */
function isLoinc(code: string): boolean {
  if (/^L[PALG]\d{1,7}-\d$/.test(code)) return true;
  const match = /^(\d{1,7})-(\d)$/.exec(code);
  if (match === null) return false;
  let sum = 0;
  for (const [index, digit] of Array.from(match[1]!).toReversed().entries()) {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return (10 - (sum % 10)) % 10 === Number(match[2]);
}

const D5 = [
  "0123456789",
  "1234067895",
  "2340178956",
  "3401289567",
  "4012395678",
  "5987604321",
  "6598710432",
  "7659821043",
  "8765932104",
  "9876543210",
];
const PERMUTED = [
  "0123456789",
  "1576283094",
  "5803796142",
  "8916043527",
  "9453126870",
  "4286573901",
  "2793806415",
  "7046913258",
];

/** SCTIDs have Verhoeff's check digit and a partition (SNOMED CT Release File Specifications, 6.4 and 6.5): 00 and 10 are of concepts. */
function isSnomed(code: string): boolean {
  if (!/^[1-9]\d{5,17}$/.test(code)) return false;
  let check = 0;
  for (const [index, digit] of Array.from(code).toReversed().entries())
    check = Number(D5[check]![Number(PERMUTED[index % 8]![Number(digit)])]);
  return check === 0 && /^[01]0$/.test(code.slice(-3, -1));
}

function isIcd10(code: string): boolean {
  return /^[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?[+*!-]?$/.test(code);
}

/** "omh:blood-glucose:4.0" */
function isSchemaName(code: string): boolean {
  const match = /^(?:omh|ieee):([a-z0-9-]+):\d{1,2}(?:\.(?:\d{1,2}|x))?$/.exec(code);
  return match !== null && isPlainToken(match[1]!);
}
