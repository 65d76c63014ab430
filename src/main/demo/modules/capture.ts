import type { Header } from "../header.ts";
import { LETTER_WIDTH, drawText } from "../phantoms/glyphs.ts";
import type { Picture } from "./pixels.ts";

export const SECONDARY_CAPTURE_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.7";

/** SC Equipment C.8.6.1: a workstation's screen, with the patient's name in the picture. */
export function captureModule(): Header {
  return {
    ImageType: ["DERIVED", "SECONDARY", "OTHER"],
    ConversionType: "WSD",
    SecondaryCaptureDeviceManufacturer: "Satchel Imaging Works",
    SecondaryCaptureDeviceManufacturerModelName: "Reading Desk",
    SecondaryCaptureDeviceSoftwareVersions: "9.1",
    BurnedInAnnotation: "YES",
    PatientOrientation: null,
  };
}

/** Yellow capitals on dark blue, the first line brighter than the rest. */
export function makeCapture(columns: number, rows: number, lines: readonly string[]): Picture {
  const text = new Uint8Array(columns * rows);
  const longest = Math.max(...lines.map((line) => line.length));
  const dot = Math.max(1, Math.floor(columns / ((longest + 4) * LETTER_WIDTH)));
  lines.forEach((line, index) => {
    drawText(
      text,
      columns,
      line,
      { x: 2 * LETTER_WIDTH * dot, y: (18 + index * 14) * dot },
      dot,
      index === 0 ? 255 : 200,
    );
  });
  const bytes = Buffer.alloc(3 * columns * rows);
  for (let at = 0; at < text.length; at++) {
    const ink = text[at] ?? 0;
    bytes[3 * at] = ink === 0 ? 8 : ink;
    bytes[3 * at + 1] = ink === 0 ? 14 : ink;
    bytes[3 * at + 2] = ink === 0 ? 52 : ink >> 1;
  }
  return { rows, columns, frames: 1, samples: 3, bits: 8, bytes };
}
