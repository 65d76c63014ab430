import { foldText } from "../clean-descriptor.ts";
import type { Treatment } from "./treatment.ts";
import { isPlainWord, partsOfText } from "./vocabulary.ts";

/** What a question asks for. `telling`: words that go with names, numbers and addresses, so that text, numbers and dates go. */
export type QuestionKind = "plain" | "identifying" | "telling" | "phone" | "birth" | "age" | "place";

/** Aarogya Aarohan's registration (shared by all of its questionnaires): facts of its link ids, none of which another has by chance. */
const KNOWN_QUESTIONS: ReadonlyMap<string, QuestionKind> = new Map([
  ..."patient-name-given patient-name-family patient-identifier-abha patient-address-house patient-address-village patient-address-pincode aa-reference-id"
    .split(" ")
    .map((linkId) => [linkId, "identifying"] as const),
  ...Array.from({ length: 20 }, (_, index) => [`patient-screening-image-${index + 1}`, "identifying"] as const),
  ...Array.from({ length: 20 }, (_, index) => [`patient-screening-image-${index + 1}-ai-result`, "plain"] as const),
  ["patient-contact-primary", "phone"],
  ["patient-contact-secondary", "phone"],
  ["patient-age-by-dob", "birth"],
  ["patient-age-by-years", "age"],
  ["patient-address-state", "place"],
  ["patient-address-district", "place"],
  ["patient-age", "plain"],
  ["location-physical-type", "plain"],
  ["case-level-ai-result", "plain"],
]);

const PHONE = /\b(?:phone|telephone|telefone|mobile|whatsapp|celular|cell|tel|handy|fone)\b/;
const BIRTH = /\b(?:dob|birth ?date|date of birth|birthday|data de nascimento|nascimento|geburtsdatum|janm)\b/;
const AGE = /\b(?:age|idade|edad|alter|umar)\b/;
const TELLING =
  /\b(?:names?|surname|firstname|lastname|fullname|given|nome|nombre|naam|nickname|alias|initials|signature|contact|kontakt|fax|e ?mail|email|address|endereco|direccion|adresse|street|rua|house|village|town|city|cidade|ciudad|pin ?code|pin|zip|postal|postcode|cep|plz|abha|aadhaar|aadhar|uhid|mrn|ssn|cpf|cns|rg|nhs|passport|passaporte|licen[cs]e|voter|ration|identifier|identification|id|gps|latitude|longitude|geo|coordinates|photo|photograph|picture|image|selfie|fingerprint|relative|guardian|husband|wife|spouse|father|mother|employer|school|workplace|insurance|account|bank|login|username|user|password|url|website|record number|registration|hospital number|doctor|physician|interviewer|operator|worker|remarks?|comments?|notes?)\b/;

/** @param text the wording of the question, "" where it was not given */
export function judgeQuestion(linkId: string, text: string): QuestionKind {
  const known = KNOWN_QUESTIONS.get(linkId);
  if (known !== undefined) return known;
  const words = partsOfText(`${linkId} . ${text}`)
    .map((part) => foldText(part))
    .join(" ");
  if (PHONE.test(words)) return "phone";
  if (BIRTH.test(words)) return "birth";
  if (TELLING.test(words)) return "telling";
  return AGE.test(words) ? "age" : "plain";
}

const KEPT_LINK_IDS = 10_000;
const LONGEST_LINK_ID = 100;
const linkIds = new Map<string, boolean>();

/**
 * A link id that is made of known words and small numbers stays ("patient-habit-tobacco", "1.2.3", "/44250-9"): tables have a column for each.
 * Of any other a code takes its place, the same in the questionnaire and all of its responses.
 */
export function treatLinkId(linkId: string, treatment: Treatment): string {
  let isPlain = linkIds.get(linkId);
  if (isPlain === undefined) {
    isPlain = isPlainLinkId(linkId);
    if (linkIds.size < KEPT_LINK_IDS && linkId.length <= LONGEST_LINK_ID) linkIds.set(linkId, isPlain);
  }
  if (isPlain && treatment.person.isSilent(linkId)) return linkId;
  treatment.count("pseudonymised");
  return `q-${treatment.pseudonyms.resource("link-id", { issuer: "", id: linkId }).replaceAll("-", "").slice(-16)}`;
}

function isPlainLinkId(linkId: string): boolean {
  if (KNOWN_QUESTIONS.has(linkId)) return true;
  if (/^\/?(?:\d{1,5}-\d)(?:\/\d{1,5}-\d)*$/.test(linkId)) return true;
  if (linkId.length > LONGEST_LINK_ID || !/^[A-Za-z0-9 ._/:-]+$/.test(linkId)) return false;
  if (/\d{5}|\d{1,4}[./ -]\d{1,2}[./ -]\d{2,4}(?!\d*\.)/.test(linkId))
    return /^\d{1,3}(?:\.\d{1,3}){1,8}$/.test(linkId);
  return partsOfText(linkId).every((part) => part.length <= 3 || /^\d{1,4}$/.test(part) || isPlainWord(part));
}
