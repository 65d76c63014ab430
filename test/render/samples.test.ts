import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { openImage, renderPreview, type ImageReader } from "../../src/main/render/image.ts";
import { dicomSamples } from "../support/samples.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { difference, renderWithDcmtk } from "./reference.ts";

function open(file: string): ImageReader {
  return openImage(walkPart10(readFileSync(file)), () => {
    throw new Error("nothing was left outside");
  });
}

describe.skipIf(!dicomSamples.present)(`Sample files${dicomSamples.note}`, () => {
  const folder = temporaryDirectory("render-samples");
  const names = dicomSamples.present ? readdirSync(dicomSamples.path) : [];
  const sample = (number: string): string =>
    join(dicomSamples.path, names.find((name) => name.startsWith(`${number}_`)) ?? number);

  /** Files DCMTK can show, and by which window it shows what we do: +Wi 1 the first, +Wm lowest to highest, none the full range. */
  const references: [number: string, how: string[], frames: number[]][] = [
    ["001", ["+Wm"], [0]],
    ["003", ["+Wi", "1"], [0]],
    ["004", ["+Wi", "1"], [0]],
    ["005", ["+Wi", "1"], [0]],
    ["006", ["+Wi", "1"], [0]],
    ["010", ["+Wi", "1"], [0]],
    ["011", [], [0, 1]],
    ["013", [], [0]],
    ["015", ["+Wi", "1"], [0]],
    ["016", ["+Wi", "1"], [0]],
    ["018", [], [0]],
    ["030", [], [0, 19]],
    ["035", ["+Wi", "1"], [0]],
    ["036", ["+Wm"], [0, 2]],
    ["038", [], [0]],
    ["041", [], [0, 1]],
    ["043", [], [0]],
    ["045", ["+Wm"], [0]],
    ["046", ["+Wi", "1"], [0]],
    ["051", ["+Wm"], [0]],
    ["061", ["+Wm"], [0, 14]],
    ["065", [], [0, 70]],
    ["066", [], [0]],
    ["076", ["+Wi", "1"], [0]],
    ["081", ["+Wm"], [0]],
  ];

  it.each(references)("%s looks as DCMTK shows it", async (number, how, frames) => {
    const image = open(sample(number));
    for (const index of frames) {
      const ours = image.frame(index);
      const reference = await renderWithDcmtk(sample(number), folder, how, index);
      expect(ours).toMatchObject({ width: reference.width, height: reference.height, channels: reference.channels });
      expect(difference(ours.pixels, reference.pixels).greatest).toBeLessThanOrEqual(1);
    }
  });

  it("035 gives every frame the window of its own functional group", async () => {
    const image = open(sample("035"));
    const reference = await renderWithDcmtk(sample("035"), folder, ["+Ww", "65", "77"], 7);
    expect(difference(image.frame(7).pixels, reference.pixels).greatest).toBeLessThanOrEqual(1);
  });

  it("048 says RGB and is YCbCr, as its JPEG markers tell", () => {
    const { pixels } = open(sample("048")).frame(0);
    // Gums and lips: on the whole more red than green or blue, which raw YCbCr would not be.
    const sums = [0, 1, 2].map((channel) =>
      pixels.reduce((sum, value, i) => (i % 3 === channel ? sum + value : sum), 0),
    );
    expect(sums[0]).toBeGreaterThan((sums[1] as number) * 1.1);
    expect(sums[0]).toBeGreaterThan((sums[2] as number) * 1.1);
  });

  it("every file yields a PNG for each frame, or a typed reason", async () => {
    const rendered = new Set<string>();
    const reasons = new Map<string, string>();
    for (const name of names.filter((candidate) => /^(\d{3}|gen)_/.test(candidate))) {
      const label = name.slice(0, 3) === "gen" ? name : name.slice(0, 3);
      try {
        const image = open(join(dicomSamples.path, name));
        for (let index = 0; index < image.frames; index += 23) {
          const { width, height } = await sharp(renderPreview(image, index)).metadata();
          expect(width).toBeLessThanOrEqual(image.columns);
          expect(height).toBeLessThanOrEqual(image.rows);
        }
        rendered.add(label);
      } catch (error) {
        expect(error).toMatchObject({ name: "SatchelError" });
        if (error instanceof Error) reasons.set(label, error.message);
      }
    }
    for (const codec of ["020", "021", "025", "026", "028", "031", "040", "075"]) expect(rendered).toContain(codec);
    // 023's codestream announces 3,722,445,056 columns; it was made to confuse parsers.
    expect(reasons.get("023")).toMatch(/JPEG 2000/);
    expect(reasons.get("053")).toMatch(/the instance has none/);
  });
});
