import resource from "../../../../resources/deidentification-rules.json" with { type: "json" };
import type { PolicyOption } from "../../../contract/policy.ts";
import type { Encoding } from "../../dicom/element.ts";
import { encodeDataset, encodeFileMeta, encodeItemHeader, type NewElement } from "../../dicom/encode.ts";
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME, SOFTWARE_VERSION } from "../software.ts";

/** CID 7050 (PS3.16), a code for each option that was really applied. */
const CODE_OF_OPTION: Readonly<Record<PolicyOption, string>> = {
  "clean-graphics": "113103",
  "clean-descriptors": "113105",
  "full-dates": "113106",
  "modified-dates": "113107",
  "retain-patient-characteristics": "113108",
  "retain-device": "113109",
  "retain-uids": "113110",
  "retain-safe-private": "113111",
  "retain-institution": "113112",
};
const BASIC_PROFILE = "113100";
const methodCodes: Readonly<Record<string, string>> = resource.methodCodes;

/** Tags of the markers: whatever the source says there is replaced. */
export const MARKER_TAGS: ReadonlySet<number> = new Set([0x00120062, 0x00120063, 0x00120064, 0x00280303]);

export interface MethodCode {
  code: string;
  meaning: string;
}

/** The codes of the profile and of the options applied, in the order of CID 7050. */
function methodCodesOf(options: ReadonlySet<PolicyOption>): MethodCode[] {
  const codes = [BASIC_PROFILE, ...[...options].map((option) => CODE_OF_OPTION[option])].sort();
  return codes.map((code) => ({ code, meaning: methodCodes[code] ?? "" }));
}

/**
 * Patient Identity Removed, De-identification Method (as text and as codes) and Longitudinal Temporal Information Modified
 * (PS3.15 E.1.1, E.2, E.3.6).
 *
 * @param before (0028,0303) as it came: dates that were taken or moved before do not become unmodified by being kept now.
 */
function markerElements(options: ReadonlySet<PolicyOption>, encoding: Encoding, before: string): NewElement[] {
  const items = methodCodesOf(options).map(({ code, meaning }) => {
    const item = encodeDataset(
      [
        { tag: 0x00080100, vr: "SH", value: text(code) },
        { tag: 0x00080102, vr: "SH", value: text("DCM") },
        { tag: 0x00080104, vr: "LO", value: text(meaning) },
      ],
      encoding,
    );
    return Buffer.concat([encodeItemHeader(item.length, encoding), item]);
  });
  return [
    { tag: 0x00120062, vr: "CS", value: text("YES") },
    { tag: 0x00120063, vr: "LO", value: text(`Satchel ${SOFTWARE_VERSION}\\${resource.edition}`) },
    { tag: 0x00120064, vr: "SQ", value: Buffer.concat(items) },
    { tag: 0x00280303, vr: "CS", value: text(temporalMarker(options, before)) },
  ];
}

function temporalMarker(options: ReadonlySet<PolicyOption>, before: string): string {
  if (options.has("modified-dates")) return before === "REMOVED" ? "REMOVED" : "MODIFIED";
  if (!options.has("full-dates")) return "REMOVED";
  return before === "REMOVED" || before === "MODIFIED" ? before : "UNMODIFIED";
}

/** Markers are few: one set for each encoding and earlier state. */
export function createMarkers(
  options: ReadonlySet<PolicyOption>,
): (encoding: Encoding, before: string) => readonly NewElement[] {
  const made = new Map<string, readonly NewElement[]>();
  return (encoding, before) => {
    const state = before === "REMOVED" || before === "MODIFIED" ? before : "";
    const key = `${encoding.explicit} ${encoding.littleEndian} ${state}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const elements = markerElements(options, encoding, state);
    made.set(key, elements);
    return elements;
  };
}

/** File Meta Information of many instances: only the SOP Instance UID is written anew where class, syntax and length are known. */
export function createFileMeta(): (sopClassUid: string, sopInstanceUid: string, transferSyntaxUid: string) => Buffer {
  const templates = new Map<string, { bytes: Buffer; at: number }>();
  return (sopClassUid, sopInstanceUid, transferSyntaxUid) => {
    if (!/^2\.25\.\d{20,}$/.test(sopInstanceUid)) return newFileMeta(sopClassUid, sopInstanceUid, transferSyntaxUid);
    const key = `${sopClassUid} ${transferSyntaxUid} ${sopInstanceUid.length}`;
    let template = templates.get(key);
    if (template === undefined) {
      const bytes = newFileMeta(sopClassUid, sopInstanceUid, transferSyntaxUid);
      template = { bytes, at: bytes.indexOf(sopInstanceUid, 0, "latin1") };
      if (templates.size < 1000) templates.set(key, template);
    }
    const meta = Buffer.from(template.bytes);
    meta.write(sopInstanceUid, template.at, "latin1");
    return meta;
  };
}

/**
 * Preamble and File Meta Information that describe the de-identifying application and the instance, and nothing of where it came from:
 * no AE titles, addresses or private information (PS3.15 E.1.1).
 */
export function newFileMeta(sopClassUid: string, sopInstanceUid: string, transferSyntaxUid: string): Buffer {
  const elements: NewElement[] = [
    { tag: 0x00020002, vr: "UI", value: text(sopClassUid) },
    { tag: 0x00020003, vr: "UI", value: text(sopInstanceUid) },
    { tag: 0x00020010, vr: "UI", value: text(transferSyntaxUid) },
    { tag: 0x00020012, vr: "UI", value: text(IMPLEMENTATION_CLASS_UID) },
    { tag: 0x00020013, vr: "SH", value: text(IMPLEMENTATION_VERSION_NAME) },
  ];
  return encodeFileMeta(elements.filter(({ value }) => value.length > 0));
}

function text(value: string): Buffer {
  return Buffer.from(value, "latin1");
}
