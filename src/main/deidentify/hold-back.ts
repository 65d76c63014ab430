import { HELD_CODES, type HeldCode } from "../../contract/held.ts";
import type { Part10 } from "../dicom/part10.ts";
import type { Dataset, Element } from "../dicom/element.ts";
import { findElement, readFirst, readNumbers, readText } from "../dicom/values.ts";
import { hasOverlayInPixelData } from "./dicom/overlays.ts";

/** What a receipt says of each. */
const HELD_SENTENCES: Readonly<Record<HeldCode, string>> = {
  "structured-report": "Structured reports hold free text about the patient.",
  "encapsulated-document": "Encapsulated documents hold pages or models made by other programs.",
  "presentation-state": "Presentation states hold texts and drawings laid over images.",
  "annotated-waveform": "The waveform bears annotations.",
  "burned-in-annotation": "Burned In Annotation says that text is part of the picture.",
  "secondary-capture": "Captured screens and scanned sheets usually bear text.",
  "screen-or-dose-sheet": "The picture is a screen or a dose sheet by its image type or series description.",
  "ultrasound-without-regions": "The ultrasound picture does not say where its image ends and its text begins.",
  endoscopy: "Endoscopic pictures usually bear text.",
  photograph: "Photographs show people as anyone sees them.",
  "slide-label": "The picture shows the label of a slide.",
  "overlay-in-pixel-data": "Graphics are stored in unused bits of the pixel data.",
  "private-object": "The object is of a private or unknown kind, for which no way to de-identify is defined.",
  directory: "A DICOMDIR describes the files of its medium; it is made anew, not de-identified.",
  "bytes-behind-pixels": "The pixel data is longer than the picture: what stands behind it could be anything.",
  inventory: "An inventory lists the patients and studies of an archive.",
};

/** What a sentence of a receipt stands for; empty where it is none of these, or of another version. */
export function heldCodesIn(reason: string): HeldCode[] {
  return HELD_CODES.filter((code) => reason.includes(HELD_SENTENCES[code]));
}

export interface HeldReason {
  code: HeldCode;
  /** One sentence for the receipt; says nothing of the patient. */
  sentence: string;
  /** The attribute that told. */
  tag: number;
}

const SOP_CLASS = 0x00080016;
const IMAGE_TYPE = 0x00080008;
const CONVERSION_TYPE = 0x00080064;
const SERIES_DESCRIPTION = 0x0008103e;
const BURNED_IN_ANNOTATION = 0x00280301;
const SPECIMEN_LABEL_IN_IMAGE = 0x00480010;
const WAVEFORM_ANNOTATION = 0x0040b020;
const ULTRASOUND_REGIONS = 0x00186011;

const PIXEL_DATA = 0x7fe00010;
const RLE = "1.2.840.10008.1.2.5";
const REGION_LOCATION_MIN_X0 = 0x00186018;

const STORAGE = "1.2.840.10008.5.1.4.1.1.";
const KEY_OBJECT_SELECTION = `${STORAGE}88.59`;
const DIRECTORY = "1.2.840.10008.1.3.10";
/** Single and multi-frame, and their retired forms. Enhanced US Volume has no regions and no margins. */
const ULTRASOUND: ReadonlySet<string> = new Set(["6.1", "3.1", "6", "3"].map((end) => STORAGE + end));
const ENDOSCOPY: ReadonlySet<string> = new Set(["77.1.1", "77.1.1.1"].map((end) => STORAGE + end));
/** Digitised film, scanned sheets, drawings, workstation and video captures (PS3.3 C.8.6.1); DI, a digital interface, is none. */
const CAPTURED: ReadonlySet<string> = new Set(["DF", "DRW", "DV", "SD", "SI", "WSD"]);
const SCREEN_TYPE = /SCREEN|CAPTURE|DOSE_?(?:REPORT|INFO|SHEET|SUMMARY)|PROTOCOL|\bREPORT\b/;
const SCREEN_DESCRIPTION =
  /dose\s*(?:report|info|record|sheet|summary)|(?:patient|exam|dose)\s*protocol|exam\s*(?:report|summary)|screen\s*(?:save|shot|capture)/i;

/**
 * Judges from the header whether an instance has to be held back (issue: never silently exported). An instance may have several reasons;
 * none means that the policy can clean all it knows of.
 */
export function heldReasons(part10: Part10): HeldReason[] {
  const { dataset, meta } = part10;
  const first = (tag: number): string => readFirst(part10, dataset, findElement(dataset, tag));
  // A file may say a thing twice, and another reader may heed what this one does not: each of the values counts.
  const all = (tag: number): string[] =>
    dataset.elements.filter((element) => element.tag === tag).flatMap((element) => valuesOf(part10, dataset, element));
  const own = all(SOP_CLASS).filter((uid) => uid !== "");
  const sopClasses =
    own.length > 0 || meta === undefined ? own : [readFirst(part10, meta, findElement(meta, 0x00020002))];
  const sopClass = sopClasses[0] ?? "";
  const reasons: HeldReason[] = [];
  const hold = (code: HeldCode, tag: number): void => {
    reasons.push({ code, sentence: HELD_SENTENCES[code], tag });
  };

  const byClass = new Set(sopClasses.length === 0 ? [heldByClass("")] : sopClasses.map(heldByClass));
  for (const code of byClass) if (code !== undefined) hold(code, SOP_CLASS);
  const imageType = findElement(dataset, IMAGE_TYPE);
  const kinds = imageType === undefined ? "" : readText(part10, dataset, imageType).toUpperCase();
  if (all(BURNED_IN_ANNOTATION).some((value) => value.toUpperCase() === "YES"))
    hold("burned-in-annotation", BURNED_IN_ANNOTATION);
  if (!byClass.has("secondary-capture") && CAPTURED.has(first(CONVERSION_TYPE).toUpperCase()))
    hold("secondary-capture", CONVERSION_TYPE);
  if (SCREEN_TYPE.test(kinds)) hold("screen-or-dose-sheet", IMAGE_TYPE);
  else if (SCREEN_DESCRIPTION.test(first(SERIES_DESCRIPTION))) hold("screen-or-dose-sheet", SERIES_DESCRIPTION);
  if (sopClasses.some((uid) => ULTRASOUND.has(uid)) && !hasRegions(dataset))
    hold("ultrasound-without-regions", ULTRASOUND_REGIONS);
  if (/(?:^|\\)\s*(?:LABEL|OVERVIEW)\s*(?:\\|$)/.test(kinds)) hold("slide-label", IMAGE_TYPE);
  else if (first(SPECIMEN_LABEL_IN_IMAGE).toUpperCase() === "YES") hold("slide-label", SPECIMEN_LABEL_IN_IMAGE);
  if (sopClass.startsWith(`${STORAGE}9.`) && findElement(dataset, WAVEFORM_ANNOTATION) !== undefined)
    hold("annotated-waveform", WAVEFORM_ANNOTATION);
  if (hasBytesBehindPixels(part10)) hold("bytes-behind-pixels", PIXEL_DATA);
  if (hasOverlayInPixelData(dataset)) hold("overlay-in-pixel-data", 0x60000102);
  return reasons;
}

function valuesOf(part10: Part10, dataset: Dataset, element: Element): string[] {
  const values = readText(part10, dataset, element).split("\\");
  return values.map((value) => value.replace(/^ +|[\0 ]+$/g, ""));
}

/** Regions that say where they are (PS3.3 C.8.5.5): an empty item says nothing. */
function hasRegions(dataset: Dataset): boolean {
  const items = findElement(dataset, ULTRASOUND_REGIONS)?.items ?? [];
  return items.length > 0 && items.every((item) => findElement(item.dataset, REGION_LOCATION_MIN_X0));
}

/**
 * More in the pixel data than its picture takes: native data of a known size, but for the byte that makes it even, and what stands
 * beside the frames of compressed data. Subsampled colours take less than reckoned here.
 */
function hasBytesBehindPixels(part10: Part10): boolean {
  const { dataset } = part10;
  const pixels = findElement(dataset, PIXEL_DATA);
  if (pixels === undefined) return false;
  const count = (tag: number, otherwise: number): number => {
    const element = findElement(dataset, tag);
    return (element && readNumbers(part10, dataset, element)[0]) ?? otherwise;
  };
  const frames = count(0x00280008, 1) || 1;
  if (pixels.fragments !== undefined) {
    // PS3.5 A.4: a table of one offset a frame, or none; of RLE, one fragment a frame. Other kinds may split a frame as they like.
    const [table, ...pictures] = pixels.fragments;
    const isTooLong = table !== undefined && table.valueEnd - table.valueStart > 4 * frames;
    return isTooLong || (part10.transferSyntaxUid === RLE && pictures.length > frames);
  }
  const bits = count(0x00280010, 0) * count(0x00280011, 0) * count(0x00280002, 1) * count(0x00280100, 0);
  const bytes = Math.ceil((bits * frames) / 8);
  const length = pixels.outside?.length ?? pixels.valueEnd - pixels.valueStart;
  return bytes > 0 && length > bytes + (bytes % 2);
}

function heldByClass(sopClass: string): HeldCode | undefined {
  if (sopClass === DIRECTORY) return "directory";
  if (!sopClass.startsWith(STORAGE)) return "private-object";
  const kind = sopClass.slice(STORAGE.length);
  if (sopClass !== KEY_OBJECT_SELECTION && kind.startsWith("88.")) return "structured-report";
  if (/^(?:78\.7|78\.8|79\.1)$/.test(kind)) return "structured-report";
  if (kind.startsWith("104.")) return "encapsulated-document";
  if (kind.startsWith("11.")) return "presentation-state";
  if (kind.startsWith("201.")) return "inventory";
  // VL and Video Photographic: pictures of persons, of which no header says what they show.
  if (/^77\.1\.4(?:\.1)?$/.test(kind)) return "photograph";
  if (/^7(?:\.\d+)?$/.test(kind)) return "secondary-capture";
  return ENDOSCOPY.has(sopClass) ? "endoscopy" : undefined;
}
