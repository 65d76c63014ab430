import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { PolicyOption } from "../../src/contract/policy.ts";
import { SatchelError } from "../../src/contract/errors.ts";
import { walkPart10, type Part10 } from "../../src/main/dicom/part10.ts";
import { readPart10 } from "../../src/main/dicom/read-part10.ts";
import { DOUBLE_FLOAT_PIXEL_DATA, FLOAT_PIXEL_DATA, PIXEL_DATA } from "../../src/main/dicom/tag.ts";
import { readTextChecked } from "../../src/main/dicom/values.ts";
import { UIDS_OF_KINDS } from "../../src/main/deidentify/dicom/beyond-the-table.ts";
import { createDicomDeidentifier, type Deidentified } from "../../src/main/deidentify/dicom/deidentifier.ts";
import { runCommand } from "../support/run-command.ts";
import { dicomSamples } from "../support/samples.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { TEST_KEY, leavesOf } from "./build-instance.ts";

interface Sample {
  name: string;
  path: string;
  source: Part10;
  result: Deidentified;
  output: Buffer;
}

const PIXELS = new Set([PIXEL_DATA, FLOAT_PIXEL_DATA, DOUBLE_FLOAT_PIXEL_DATA]);
const OPTION_SETS: PolicyOption[][] = [
  [],
  ["modified-dates", "clean-descriptors", "retain-patient-characteristics", "retain-safe-private", "clean-graphics"],
  ["retain-uids", "full-dates", "retain-device", "retain-institution"],
];

function samplesUnder(options: PolicyOption[]): Sample[] {
  const deidentifier = createDicomDeidentifier({ key: TEST_KEY, options });
  const names = readdirSync(dicomSamples.path, { recursive: true }) as string[];
  return names.sort().flatMap((name) => {
    const path = join(dicomSamples.path, name);
    if (!statSync(path).isFile() || /\.(csv|json|md)$/.test(name)) return [];
    try {
      const source = walkPart10(readFileSync(path));
      const result = deidentifier.deidentify(source);
      return [{ name, path, source, result, output: Buffer.concat(result.pieces as Buffer[]) }];
    } catch (error) {
      if (error instanceof SatchelError && error.code === "BAD_DICOM") return [];
      throw error;
    }
  });
}

function pixelDigests({ bytes, dataset }: Part10): string[] {
  return dataset.elements
    .filter(({ tag }) => PIXELS.has(tag))
    .map(({ valueStart, valueEnd }) => createHash("md5").update(bytes.subarray(valueStart, valueEnd)).digest("hex"));
}

/** All UIDs of a data set but those of the standard, in order. */
function uidsOf(part10: Part10): string[] {
  return leavesOf(part10.dataset)
    .filter(({ element }) => element.vr === "UI" && !UIDS_OF_KINDS.has(element.tag.toString(16).padStart(8, "0")))
    .flatMap(({ element }) => part10.bytes.toString("latin1", element.valueStart, element.valueEnd).split("\\"))
    .map((uid) => uid.replace(/[\0 ]+$/, ""))
    .filter((uid) => uid !== "" && !uid.startsWith("1.2.840.10008."));
}

describe.skipIf(!dicomSamples.present).each(OPTION_SETS.map((options) => ({ options })))(
  `The samples under $options${dicomSamples.note}`,
  ({ options }) => {
    let samples: Sample[] = [];
    beforeAll(() => {
      samples = samplesUnder(options);
    });

    it("come out, all that can be read, and nothing identifying is found in them", () => {
      expect(samples.length).toBeGreaterThan(100);
      expect(
        samples.filter(({ result }) => result.leaks.length > 0).map(({ name, result }) => [name, result.leaks]),
      ).toEqual([]);
    });

    it("keep their pixel data", () => {
      for (const { name, source, output } of samples)
        expect(pixelDigests(walkPart10(output)), name).toEqual(pixelDigests(source));
    });

    it("hold no UID of a source, and map UIDs one to one", () => {
      const back = new Map<string, string>();
      for (const { name, source, output, result } of samples) {
        const written = walkPart10(output);
        if (options.includes("retain-uids")) {
          expect(
            uidsOf(written).every((uid) => uidsOf(source).includes(uid)),
            name,
          ).toBe(true);
          continue;
        }
        expect(
          uidsOf(written).filter((uid) => uidsOf(source).includes(uid)),
          name,
        ).toEqual([]);
        for (const uid of result.sources().uids) {
          const mapped = createPseudonymsOnce.uid(uid);
          expect(back.get(mapped) ?? uid).toBe(uid);
          back.set(mapped, uid);
        }
      }
    });

    it("29 hold text that decodes wherever that of the source did", () => {
      for (const { name, source, output } of samples) {
        const invalid = (part10: Part10): number =>
          leavesOf(part10.dataset).filter(
            ({ element, dataset }) =>
              ["PN", "LO", "SH", "ST", "LT", "UT"].includes(element.vr) &&
              readTextChecked(part10, dataset, element).invalid,
          ).length;
        expect(invalid(walkPart10(output)), name).toBeLessThanOrEqual(invalid(source));
      }
    });

    it("come out the same where the pixel data stay in the file", () => {
      const deidentifier = createDicomDeidentifier({ key: TEST_KEY, options });
      for (const { name, path, output, source } of samples.filter(({ source }) => source.size > 60_000)) {
        const fd = openSync(path, "r");
        try {
          const { pieces, leaks } = deidentifier.deidentify(readPart10(fd, source.size));
          const file = readFileSync(path);
          const bytes = pieces.map((piece) =>
            Buffer.isBuffer(piece) ? piece : file.subarray(piece.start, piece.start + piece.length),
          );
          expect(Buffer.concat(bytes).equals(output), name).toBe(true);
          expect(leaks).toEqual([]);
        } finally {
          closeSync(fd);
        }
      }
    });

    it("are made again byte for byte", () => {
      for (const [index, again] of samplesUnder(options).entries())
        expect(again.output.equals(samples[index]!.output), again.name).toBe(true);
    });
  },
);

const createPseudonymsOnce = createDicomDeidentifier({ key: TEST_KEY, options: [] }).pseudonyms;

/** Errors that dciodvfy finds, without the values in them. */
async function errorsOf(path: string): Promise<Set<string>> {
  const { stdout, stderr } = await runCommand("dciodvfy", [path]);
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.startsWith("Error"));
  return new Set(
    lines.map((line) =>
      line
        .replaceAll(/<[^>]*>/g, (value) => (/^<[A-Za-z0-9]+>$/.test(value) ? value : "<>"))
        .replaceAll(/0x\w+ dec \d+/g, ""),
    ),
  );
}

describe.skipIf(!dicomSamples.present)(`Other readers${dicomSamples.note}`, () => {
  const directory = temporaryDirectory("deidentify-corpus");
  /** One of each series is enough for the slow tools. */
  const isRepeated = (name: string): boolean => /MR0[2-9]|MR1\d|CT5N|CT2\/|MR700|MR2\//.test(name);

  it(
    "11 and 63 read what they could read before, and dciodvfy finds no error that the source did not have",
    { timeout: 120_000 },
    async () => {
      const samples = samplesUnder([]).filter(
        ({ name, result }) =>
          !isRepeated(name) && !result.held.some(({ code }) => code === "directory" || code === "private-object"),
      );
      expect(samples.length).toBeGreaterThan(50);
      const problems: string[] = [];
      for (const { name, path, output } of samples) {
        const written = join(directory, name.replaceAll("/", "_"));
        writeFileSync(written, output);
        const [before, after, dump] = await Promise.all([
          errorsOf(path),
          errorsOf(written),
          runCommand("dcmdump", ["-q", "+P", "0012,0062", written]),
        ]);
        for (const error of after) if (!before.has(error)) problems.push(`${name}: ${error}`);
        if (!dump.stdout.includes("[YES]")) problems.push(`${name}: dcmdump finds no marker; ${dump.stderr}`);
      }
      expect(problems).toEqual([]);
    },
  );
});
