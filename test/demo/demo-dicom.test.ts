import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { makeDemoHospital, type DemoSummary } from "../../src/main/demo/make-demo-hospital.ts";
import { runChecked, runCommand } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** First instance of the first study of each patient, as dcmdump should read its name. */
const NAMES = {
  PA000001: "Doe^Jane^Quinn^^",
  PA000002: "Mustermann^Erika^^Dr.",
  PA000005: "Hong^Gildong=洪^吉洞=홍^길동",
  PA000006: "Иванов^Иван^Иванович",
  PA000008: "Tremblay^Noémie^^Mme",
  PA000009: "Conceição^João Fulano^de Assunção",
  PA000010: "Zhang^San=张^三",
  PA000011: "Παπαδόπουλος^Τάδε",
  PA000014: "Kowalski^Łukasz^Zdzisław",
} as const;

describe("the demo hospital's DICOM files, as other toolkits see them", () => {
  const root = temporaryDirectory("demo-dicom");
  const folder = join(root, "hospital");
  let summary: DemoSummary;
  let instances: string[];

  beforeAll(async () => {
    summary = await makeDemoHospital(folder, { size: "small" });
    instances = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\/IM\d{6}$/.test(path) && path !== summary.brokenFile)
      .map((path) => join(folder, path))
      .sort();
  });

  function firstOf(patient: string): string {
    const found = instances.find((path) => path.includes(`/${patient}/`));
    if (found === undefined) throw new Error(`the demo hospital has no ${patient}`);
    return found;
  }

  function ofModality(modality: string): string[] {
    return summary.studies.flatMap((study) =>
      study.modalities.flatMap((one, index) =>
        one === modality ? [join(folder, study.path, `SE00000${index + 1}`, "IM000001")] : [],
      ),
    );
  }

  test("dciodvfy finds no error in any of them", async () => {
    const errors: string[] = [];
    for (const path of instances) {
      const { stdout, stderr } = await runCommand("dciodvfy", [path]);
      expect(stdout + stderr).toMatch(/^(CTImage|MRImage|USMultiFrameImage|CRImage|DXImage|BasicTextSR|SCImage)/m);
      errors.push(...`${stdout}${stderr}`.split("\n").filter((line) => line.includes("Error")));
    }
    expect(instances).toHaveLength(summary.instances);
    expect([...new Set(errors)]).toEqual([]);
  });

  test("dcentvfy finds each patient's files in agreement", async () => {
    for (const patient of readdirSync(join(folder, "DICOM"))) {
      const files = instances.filter((path) => path.includes(`/${patient}/`));
      const { stdout, stderr } = await runCommand("dcentvfy", files);
      expect(`${patient}: ${stdout}${stderr}`).toBe(`${patient}: `);
    }
  });

  test.each(Object.entries(NAMES))("dcmdump reads the name of %s as %s", async (patient, name) => {
    const dump = await runChecked("dcmdump", ["-q", "+U8", "+L", "+P", "PatientName", firstOf(patient)]);
    expect(/\[(.*)\]/.exec(dump)?.[1]).toBe(name);
  });

  test("Python's ISO-2022-JP reads the Japanese names, in all three component groups", async () => {
    // Debian's DCMTK cannot convert ISO 2022 IR 87 at all.
    const script = [
      "import sys",
      "for f in sys.argv[1:]:",
      "  b = open(f, 'rb').read(); i = b.index(b'\\x10\\x00\\x10\\x00'); n = b.index(b'\\x10\\x00\\x20\\x00')",
      "  print(b[i + 8:n].decode('iso2022_jp').strip())",
    ].join("\n");
    const said = await runChecked("python3", ["-c", script, firstOf("PA000003"), firstOf("PA000004")], {
      env: { PYTHONIOENCODING: "utf-8" },
    });
    expect(said.split("\n").slice(0, 2)).toEqual([
      "Yamada^Tarou=山田^太郎=やまだ^たろう",
      "Satou^Hanako=佐藤^花子=さとう^はなこ",
    ]);
  });

  test("every ultrasound, radiograph, capture and first slice becomes a picture that is not blank", async () => {
    const pictures = instances.filter((path) => path.endsWith("IM000001"));
    const reports = new Set(ofModality("SR"));
    for (const path of pictures.filter((one) => !reports.has(one))) {
      const output = join(root, "picture.pgm");
      await runChecked("dcm2pnm", ["--write-raw-pnm", "+Wi", "1", path, output]).catch(() =>
        runChecked("dcm2pnm", ["--write-raw-pnm", path, output]),
      );
      expect(new Set(readFileSync(output).subarray(32)).size).toBeGreaterThan(2);
    }
  });

  test("headers are as rich as those of hospitals: about 100 elements, nested sequences, private blocks", async () => {
    for (const modality of ["CT", "MR", "US", "CR", "DX"]) {
      const [path] = ofModality(modality);
      const dump = await runChecked("dcmdump", ["-q", path ?? ""]);
      const elements = dump.split("\n").filter((line) => /^\s*\([0-9a-f]{4},[0-9a-f]{4}\) (?!na)/.test(line));
      expect(elements.length).toBeGreaterThan(95);
      expect(dump).toMatch(/^ {4,}\(fffe,e000\)/m);
    }
    const ct = await runChecked("dcmdump", ["-q", ofModality("CT")[0] ?? ""]);
    expect(ct).toContain("[GEMS_ACQU_01]");
    expect(ct).toContain("[SATCHEL IMAGINARY 01]");
    const mr = await runChecked("dcmdump", ["-q", ofModality("MR")[0] ?? ""]);
    expect(mr).toContain("[Philips Imaging DD 001]");
  });

  test("CT numbers are stored signed at one site and shifted at the other", async () => {
    const stored = new Set<string>();
    for (const path of ofModality("CT")) {
      const dump = await runChecked("dcmdump", ["-q", "+P", "PixelRepresentation", "+P", "RescaleIntercept", path]);
      stored.add(`${/ US (\d)/.exec(dump)?.[1]}, ${/DS \[(.*?)\]/.exec(dump)?.[1]}`);
    }
    expect([...stored].sort()).toEqual(["0, -1024", "1, 0"]);
  });

  test("there are implicit, explicit and RLE transfer syntaxes", async () => {
    const found = new Set<string>();
    for (const path of instances.filter((one) => one.endsWith("IM000001"))) {
      const dump = await runChecked("dcmdump", ["-q", "-Un", "+P", "TransferSyntaxUID", path]);
      found.add(/\[(.*)\]/.exec(dump)?.[1] ?? "");
    }
    expect([...found].sort()).toEqual(["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.5"]);
  });

  test("ultrasound loops have several frames; all but one say where the picture ends and that nothing is burned in", async () => {
    const dumps = await Promise.all(ofModality("US").map((path) => runChecked("dcmdump", ["-q", path])));
    for (const dump of dumps) expect(Number(/\(0028,0008\) IS \[(\d+)/.exec(dump)?.[1])).toBeGreaterThan(1);
    const bare = dumps.filter((dump) => !dump.includes("(0018,6011)"));
    expect(bare).toHaveLength(1);
    expect(bare[0]).not.toContain("(0028,0301)");
    expect(dumps.filter((dump) => dump.includes("(0028,0301) CS [NO]"))).toHaveLength(dumps.length - 1);
  });

  test("the secondary capture admits that text is burned in", async () => {
    const dump = await runChecked("dcmdump", ["-q", "+P", "BurnedInAnnotation", ofModality("OT")[0] ?? ""]);
    expect(dump).toContain("[YES]");
  });

  test("the broken file begins as DICOM and ends in the middle of its pixels", async () => {
    const path = join(folder, summary.brokenFile);
    expect(readFileSync(path).subarray(128, 132).toString()).toBe("DICM");
    const sibling = join(path, "..", "IM000001");
    expect(statSync(path).size).toBeLessThan(statSync(sibling).size);
    expect((await runCommand("dcmdump", ["-q", path])).exitCode).not.toBe(0);
  });
});
