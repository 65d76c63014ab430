import { createHash } from "node:crypto";
import {
  encodeDataset,
  encodeElementHeader,
  encodeFileMeta,
  encodeSequence,
  EXPLICIT_LITTLE_ENDIAN,
} from "../src/main/dicom/encode.ts";
import type { NewElement } from "../src/main/dicom/encode.ts";
import { PIXEL_DATA } from "../src/main/dicom/tag.ts";

const CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
const EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

/** Where one instance stands in the corpus; everything in it follows from these numbers. */
export interface InstancePlace {
  patient: number;
  study: number;
  series: number;
  instance: number;
  /** Rows and columns of the square image, 16 bits a pixel. */
  matrix: number;
}

function uid(...parts: (string | number)[]): string {
  const digest = createHash("sha256").update(parts.join("/")).digest("hex").slice(0, 32);
  return `2.25.${BigInt(`0x${digest}`)}`;
}

function text(tag: number, vr: string, value: string | number): NewElement {
  return { tag, vr, value: Buffer.from(String(value), "latin1") };
}

function unsigned(tag: number, ...values: number[]): NewElement {
  const value = Buffer.alloc(values.length * 2);
  values.forEach((number, index) => value.writeUInt16LE(number, index * 2));
  return { tag, vr: "US", value };
}

function sequence(tag: number, ...items: NewElement[][]): NewElement {
  const encoded = encodeSequence(
    tag,
    items.map((item) => encodeDataset(item, EXPLICIT_LITTLE_ENDIAN)),
    EXPLICIT_LITTLE_ENDIAN,
  );
  const headerLength = encodeElementHeader(tag, "SQ", 0, EXPLICIT_LITTLE_ENDIAN).length;
  return { tag, vr: "SQ", value: encoded.subarray(headerLength) };
}

function code(value: string, scheme: string, meaning: string): NewElement[] {
  return [text(0x00080100, "SH", value), text(0x00080102, "SH", scheme), text(0x00080104, "LO", meaning)];
}

function patientAndStudy({ patient, study }: InstancePlace): NewElement[] {
  const day = String((patient % 27) + 1).padStart(2, "0");
  return [
    text(0x00080005, "CS", "ISO_IR 100"),
    text(0x00080020, "DA", `202403${day}`),
    text(0x00080030, "TM", "101530.000000"),
    text(0x00080050, "SH", `ACC${patient}-${study}`),
    text(0x00080080, "LO", "Benchmark General Hospital"),
    text(0x00080081, "ST", "1 Measuring Lane, Test Town"),
    text(0x00080090, "PN", "Referrer^Rita^^Dr"),
    text(0x00081030, "LO", "CT chest with contrast"),
    sequence(0x00081032, code("24627-2", "LN", "Chest CT")),
    text(0x00081048, "PN", "Record^Robert"),
    text(0x00081060, "PN", "Reading^Rachel"),
    sequence(0x00081110, [
      text(0x00081150, "UI", "1.2.840.10008.3.1.2.3.1"),
      text(0x00081155, "UI", uid("step", patient, study)),
    ]),
    text(0x00100010, "PN", `Measure^Patient ${patient}`),
    text(0x00100020, "LO", `BENCH${String(patient).padStart(5, "0")}`),
    text(0x00100021, "LO", "BENCHMARK"),
    text(0x00100030, "DA", `19${50 + (patient % 49)}0${(patient % 9) + 1}${day}`),
    text(0x00100040, "CS", patient % 2 === 0 ? "F" : "M"),
    text(0x00101001, "PN", `Other^Patient ${patient}`),
    text(0x00101010, "AS", "058Y"),
    text(0x00101030, "DS", "71.5"),
    text(0x00101040, "LO", `${patient} Sample Street`),
    text(0x00102154, "SH", `+49 30 555 ${1000 + patient}`),
    text(0x001021b0, "LT", "Cough for three weeks. No known allergies."),
    text(0x00104000, "LT", "Made for a benchmark; nobody real."),
    text(0x0020000d, "UI", uid("study", patient, study)),
    text(0x00200010, "SH", `S${patient}${study}`),
    text(0x00321032, "PN", "Requesting^Ron"),
    text(0x00321060, "LO", "CT chest"),
    text(0x00400244, "DA", `202403${day}`),
    text(0x00400245, "TM", "101000"),
    text(0x00400253, "SH", `PPS${patient}`),
    text(0x00400254, "LO", "CT chest with contrast"),
    sequence(0x00400275, [
      text(0x00321060, "LO", "CT chest"),
      sequence(0x00321064, code("CTCH", "99BENCH", "CT chest")),
      text(0x00400007, "LO", "CT chest with contrast"),
      text(0x00400009, "SH", `SPS${patient}`),
      text(0x00401001, "SH", `RP${patient}`),
    ]),
  ];
}

function equipment({ patient, study, series }: InstancePlace): NewElement[] {
  return [
    text(0x00080060, "CS", "CT"),
    text(0x00080070, "LO", "Satchel Benchmarks"),
    text(0x00081010, "SH", "CTSTATION1"),
    text(0x0008103e, "LO", `Axial ${series + 1}`),
    text(0x00081040, "LO", "Radiology"),
    text(0x00081050, "PN", "Performing^Paula"),
    text(0x00081070, "PN", "Operator^Otto"),
    text(0x00081090, "LO", "Bench 64"),
    text(0x00180015, "CS", "CHEST"),
    text(0x00180022, "CS", "HELICAL MODE"),
    text(0x00180050, "DS", "1.25"),
    text(0x00180060, "DS", "120"),
    text(0x00180090, "DS", "500"),
    text(0x00181000, "LO", "SN-0815-4711"),
    text(0x00181020, "LO", "7.3.1"),
    text(0x00181030, "LO", "Chest routine"),
    text(0x00181100, "DS", "360"),
    text(0x00181110, "DS", "949.075"),
    text(0x00181111, "DS", "541"),
    text(0x00181120, "DS", "0"),
    text(0x00181130, "DS", "150.5"),
    text(0x00181140, "CS", "CW"),
    text(0x00181150, "IS", 600),
    text(0x00181151, "IS", 320),
    text(0x00181152, "IS", 192),
    text(0x00181160, "SH", "BODY FILTER"),
    text(0x00181170, "IS", 48000),
    text(0x00181190, "DS", "1.2"),
    text(0x00181210, "SH", "STANDARD"),
    text(0x00185100, "CS", "FFS"),
    text(0x00200011, "IS", series + 1),
    text(0x0020000e, "UI", uid("series", patient, study, series)),
    text(0x00200052, "UI", uid("frame", patient, study)),
    text(0x00201040, "LO", "SN"),
  ];
}

function image({ patient, study, series, instance, matrix }: InstancePlace): NewElement[] {
  const position = (instance * 1.25 - 120).toFixed(2);
  return [
    text(0x00080008, "CS", String.raw`ORIGINAL\PRIMARY\AXIAL`),
    text(0x00080012, "DA", "20240301"),
    text(0x00080013, "TM", "102000"),
    text(0x00080016, "UI", CT_IMAGE_STORAGE),
    text(0x00080018, "UI", uid("instance", patient, study, series, instance)),
    text(0x00080021, "DA", "20240301"),
    text(0x00080022, "DA", "20240301"),
    text(0x00080023, "DA", "20240301"),
    text(0x00080031, "TM", "101600"),
    text(0x00080032, "TM", "101700"),
    text(0x00080033, "TM", "101800"),
    sequence(0x00081140, [
      text(0x00081150, "UI", CT_IMAGE_STORAGE),
      text(0x00081155, "UI", uid("instance", patient, study, series, 0)),
    ]),
    text(0x00090010, "LO", "SATCHEL BENCH 1"),
    text(0x00091001, "LO", `Private name Measure^Patient ${patient}`),
    text(0x00091002, "DS", "3.14159"),
    text(0x00200012, "IS", 1),
    text(0x00200013, "IS", instance + 1),
    text(0x00200032, "DS", `-250\\-250\\${position}`),
    text(0x00200037, "DS", String.raw`1\0\0\0\1\0`),
    text(0x00201041, "DS", position),
    unsigned(0x00280002, 1),
    text(0x00280004, "CS", "MONOCHROME2"),
    unsigned(0x00280010, matrix),
    unsigned(0x00280011, matrix),
    text(0x00280030, "DS", String.raw`0.9765625\0.9765625`),
    unsigned(0x00280100, 16),
    unsigned(0x00280101, 12),
    unsigned(0x00280102, 11),
    unsigned(0x00280103, 0),
    text(0x00281050, "DS", "1064"),
    text(0x00281051, "DS", "400"),
    text(0x00281052, "DS", "-1024"),
    text(0x00281053, "DS", "1"),
    text(0x00281054, "LO", "HU"),
  ];
}

/** Everything before the pixel data: preamble, file meta and a CT header of about 120 elements, private and nested ones among them. */
export function encodeCtHeader(place: InstancePlace): Buffer {
  const meta = encodeFileMeta([
    text(0x00020002, "UI", CT_IMAGE_STORAGE),
    text(0x00020003, "UI", uid("instance", place.patient, place.study, place.series, place.instance)),
    text(0x00020010, "UI", EXPLICIT_VR_LITTLE_ENDIAN),
    text(0x00020012, "UI", "2.25.80302813137786398554742050926734630921"),
    text(0x00020013, "SH", "SATCHEL_BENCH"),
  ]);
  const elements = [...patientAndStudy(place), ...equipment(place), ...image(place)];
  const pixelHeader = encodeElementHeader(PIXEL_DATA, "OW", place.matrix * place.matrix * 2, EXPLICIT_LITTLE_ENDIAN);
  return Buffer.concat([meta, encodeDataset(elements, EXPLICIT_LITTLE_ENDIAN), pixelHeader]);
}

/** Twelve-bit pixels of an elliptic body with two dark lungs, and noise from a seed, so that compressors find about what a CT gives them. */
export function makeCtPixels(matrix: number, seed: number): Buffer {
  const pixels = Buffer.alloc(matrix * matrix * 2);
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let row = 0; row < matrix; row++) {
    const y = (row / matrix - 0.5) * 2;
    for (let column = 0; column < matrix; column++) {
      const x = (column / matrix - 0.5) * 2;
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const noise = (state >>> 27) + ((state >>> 21) & 31);
      const body = x * x + y * y * 1.7 < 0.72 ? 1040 : 20;
      const lung = (Math.abs(x) - 0.36) ** 2 * 5 + y * y * 4 < 0.35 - seed * 0.004;
      pixels.writeUInt16LE((lung ? 190 : body) + noise, (row * matrix + column) * 2);
    }
  }
  return pixels;
}
