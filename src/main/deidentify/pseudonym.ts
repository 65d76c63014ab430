import { SatchelError } from "../../contract/errors.ts";
import { createKeyedHash } from "./hmac.ts";

/** The secret from which everything is derived. Same key and same input give the same output on any machine, without a table. */
export interface ProjectKey {
  name: string;
  /** At least 16 bytes from a random source; 32 are made. */
  secret: Buffer;
}

/** Who a record is about: Patient ID within its issuer, or, where no Patient ID stands, the study, so that two unknown patients stay two. */
export interface PatientIdentity {
  issuer: string;
  id: string;
}

export interface PatientPseudonym {
  /** "8d7c1c1e-…", a UUID of version 8 (RFC 9562). */
  uuid: string;
  /** "4KQ7-2M9T-XZ0P-R6HD": what takes the place of Patient ID and Patient Name. 80 bits. */
  display: string;
}

/** What a value is, so that equal values of two kinds do not get equal codes. */
export type CodePurpose = "accession" | "study-id" | "exam";

export interface Pseudonyms {
  patient: (identity: PatientIdentity) => PatientPseudonym;
  /** "2.25." and the UUID as an integer (PS3.5 B.2). UIDs of the standard itself (1.2.840.10008.) come back as they are. */
  uid: (uid: string) => string;
  /** 16 characters: fits SH. */
  shortCode: (purpose: CodePurpose, value: string) => string;
  /** Whole days, from -365 to -1: never 0, and never into the future. */
  dateShift: (identity: PatientIdentity) => number;
  /** A UUID of version 8 for a note: its id at the source, within the issuer of the ids there. */
  note: (note: PatientIdentity) => string;
  /** A UUID of version 8 for a resource or a thing with an id: within its issuer and its type. Patients have `patient`. */
  resource: (type: string, thing: PatientIdentity) => string;
  /** 24 hexadecimal digits for a telephone number: of its last ten digits, so that country and trunk prefixes make no difference. */
  phone: (number: string) => string;
  /** 16 hexadecimal digits that name the key without telling it. */
  readonly fingerprint: string;
}

/** The identity under which pseudonym and date shift of a record are derived. All parts as decoded, padding trimmed. */
export function identityOf(record: {
  patientId: string;
  issuerOfPatientId: string;
  studyInstanceUid: string;
}): PatientIdentity {
  const id = record.patientId.trim();
  if (id !== "") return { issuer: record.issuerOfPatientId.trim(), id };
  return { issuer: "\u0000study", id: record.studyInstanceUid.trim() };
}

/** Digits and dots, or a hash that some program put in a UID's place: leading zeros and more than 64 characters occur too. */
export function isUid(text: string): boolean {
  return /^[\d.a-f-]+$/i.test(text);
}

/** None that is registered has a component of more than four digits: a date or a number behind DICOM's root is somebody's. */
const WELL_KNOWN_UID = /^1\.2\.840\.10008(?:\.\d{1,4}){1,10}$/;

/** True of UIDs that DICOM itself registers (PS3.6 annex A): SOP Classes, transfer syntaxes, coding schemes, well-known frames of reference. */
export function isWellKnownUid(uid: string): boolean {
  return WELL_KNOWN_UID.test(uid);
}

/** Values are kept for as many UIDs as a large study has references; each costs about 200 bytes. */
const CACHED_UIDS = 20_000;
const CACHED_PATIENTS = 1_000;
/** Crockford's base 32: no I, L, O, U, so that no word comes about. */
const BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * Keyed derivation: HMAC-SHA-256 under the project key with one label for each purpose. Plain hashes are never used
 * (PS3.15 E.1.1 warns of dictionary attacks).
 *
 * @throws KEY_NEEDED where the secret is too short to be one.
 */
export function createPseudonyms(key: ProjectKey): Pseudonyms {
  if (key.secret.length < 16) {
    throw new SatchelError(
      "KEY_NEEDED",
      "The project key is too short to protect anyone.",
      "Make a new key, and use that.",
    );
  }
  const keyedHash = createKeyedHash(key.secret);
  const uids = new Map<string, string>();
  const patients = new Map<string, PatientPseudonym>();
  const codes = new Map<string, string>();
  const shifts = new Map<string, number>();
  /** Hexadecimal digits. */
  const derive = (label: string, parts: readonly string[]): string => keyedHash(message(label, parts));

  return {
    patient(identity) {
      const parts = [identity.issuer, identity.id];
      return remember(patients, message("", parts), CACHED_PATIENTS, () => {
        const digest = derive("satchel/patient/1", parts);
        return {
          uuid: toUuid(digest),
          display: base32(digest.slice(32, 52)).replace(/(.{4})(?=.)/g, "$1-"),
        };
      });
    },
    uid(uid) {
      if (isWellKnownUid(uid)) return uid;
      const known = uids.get(uid);
      if (known !== undefined) return known;
      return remember(uids, uid, CACHED_UIDS, () => `2.25.${BigInt(`0x${asUuid(derive("satchel/uid/1", [uid]))}`)}`);
    },
    shortCode(purpose, value) {
      const text = value.trim();
      return remember(codes, `${purpose} ${text}`, CACHED_PATIENTS, () =>
        base32(derive(`satchel/${purpose}/1`, [text]).slice(0, 20)),
      );
    },
    dateShift(identity) {
      const parts = [identity.issuer, identity.id];
      return remember(shifts, message("", parts), CACHED_PATIENTS, () => {
        return -1 - (Number.parseInt(derive("satchel/date-shift/1", parts).slice(0, 12), 16) % 365);
      });
    },
    // Not kept: a note has one row.
    note({ issuer, id }) {
      return toUuid(derive("satchel/note/1", [issuer, id]));
    },
    // Not kept: callers know which of them come again.
    resource(type, { issuer, id }) {
      return toUuid(derive("satchel/resource/1", [issuer, type, id]));
    },
    phone(number) {
      const digits = number.replaceAll(/\D/g, "").replace(/^0+/, "");
      return derive("satchel/phone/1", [digits.slice(-10)]).slice(0, 24);
    },
    fingerprint: derive("satchel/fingerprint/1", []).slice(0, 16),
  };
}

/** Lengths stand before the parts, so that no two lists of parts give one message. */
function message(label: string, parts: readonly string[]): string {
  let text = label;
  for (const part of parts) text += `\u0000${part.length}:${part}`;
  return text;
}

/** A map in order of insertion serves as a queue: the oldest goes first. */
function remember<V>(cache: Map<string, V>, name: string, limit: number, make: () => V): V {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const value = make();
  if (cache.size >= limit) for (const oldest of cache.keys()) if (cache.delete(oldest)) break;
  cache.set(name, value);
  return value;
}

/** What the two upper bits of the variant of RFC 9562 make of a digit. */
const VARIANT = "89ab";

/** The first 32 digits, 16 bytes, with version 8 and the variant of RFC 9562 set. */
function asUuid(digest: string): string {
  return `${digest.slice(0, 12)}8${digest.slice(13, 16)}${variantOf(digest)}${digest.slice(17, 32)}`;
}

function variantOf(digest: string): string {
  return VARIANT[Number.parseInt(digest[16]!, 16) & 3]!;
}

/** The same as it is written, at once: a note needs one for its row. */
function toUuid(digest: string): string {
  const variant = variantOf(digest);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** Five bits a character, of hexadecimal digits whose number is a multiple of ten. */
function base32(digits: string): string {
  let text = "";
  for (let start = 0; start < digits.length; start += 10) {
    let group = BigInt(`0x${digits.slice(start, start + 10)}`);
    let part = "";
    for (let digit = 0; digit < 8; digit++) {
      part = BASE32[Number(group & 31n)]! + part;
      group >>= 5n;
    }
    text += part;
  }
  return text;
}
