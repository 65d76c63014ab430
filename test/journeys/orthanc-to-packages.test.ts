import { hash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { rawValue } from "../../src/main/dicom/values.ts";
import { createWorkshop, printedResult, type Workshop } from "../jobs/workshop.ts";
import { startOrthanc, type OrthancServer } from "../support/orthanc.ts";
import { runCommand } from "../support/run-command.ts";
import { dicomSamples } from "../support/samples.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const DEFLATED = "1.2.840.10008.1.2.1.99";
const PIXEL_TAGS = new Set([0x7fe00008, 0x7fe00009, 0x7fe00010]);
const dcmjs = createRequire(import.meta.url)("dcmjs") as {
  data: { DicomMessage: { readFile(bytes: ArrayBuffer): unknown } };
  log: { setLevel(level: string): void };
};
dcmjs.log.setLevel("silent");

interface Row {
  sopInstanceUID: string;
  orthancInstanceId: string;
  file: string | null;
  transferSyntaxUID: string;
  sha256: string | null;
}
interface Document {
  patients: { patientID: string }[];
  studies: { studyInstanceUID: string; aiAnalysis: unknown }[];
  instances: Row[];
}

/** An instance as it came and as it left. */
interface Pair {
  source: string;
  output: string;
}

function pixelsOf(path: string): string {
  const part10 = walkPart10(readFileSync(path));
  const pixels = part10.dataset.elements.filter(({ tag }) => PIXEL_TAGS.has(tag));
  return pixels.map((element) => hash("md5", rawValue(part10, element), "hex")).join();
}

/** Lines that dciodvfy calls errors, without what legitimately differs: values. */
async function errorsOf(path: string): Promise<string[]> {
  const { stderr } = await runCommand("dciodvfy", [path]);
  return stderr
    .split("\n")
    .filter((line) => line.startsWith("Error"))
    .map((line) => line.replace(/<[^>]*>/g, "<>").replace(/= *\d+/g, ""));
}

/** Runs `work` over a list, two at a time: as many processors as there are. */
async function eachOf<T>(list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = list.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all([lane(), lane()]);
}

describe(`from Debian's Orthanc to verified packages${dicomSamples.note}`, () => {
  let orthanc: OrthancServer;
  let workshop: Workshop;
  let root: string;
  let stored = 0;
  let pairs: Pair[] = [];
  const documents: Record<string, Document> = {};

  const packageOf = (policy: string): string => join(root, policy, "complete_export");

  beforeAll(async () => {
    root = temporaryDirectory("orthanc-to-packages");
    orthanc = await startOrthanc();
    const hospital = await makeDemoHospital(join(root, "hospital"), { size: "small" });
    const files = readdirSync(hospital.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.startsWith("IM"))
      .map((entry) => join(entry.parentPath, entry.name));
    if (dicomSamples.present) {
      const samples = readdirSync(dicomSamples.path).filter((name) => name.endsWith(".dcm"));
      files.push(...samples.map((name) => join(dicomSamples.path, name)));
    }
    for (const file of files) await orthanc.upload(readFileSync(file));
    stored = (JSON.parse((await orthanc.request("GET", "/statistics")).text) as { CountInstances: number })
      .CountInstances;
    const [study] = JSON.parse((await orthanc.request("GET", "/studies")).text) as string[];
    await orthanc.request("PUT", `/studies/${study}/metadata/AIAnalysis`, '{"models":["nodule"],"score":0.5}');

    workshop = await createWorkshop(root);
    const { app, client } = await workshop.open();
    const config = { url: orthanc.url, auth: { kind: "basic", user: orthanc.user } };
    await client["sources.add"]({ kind: "orthanc", name: "pacs", config, secret: orthanc.password });
    expect(await client["sources.check"]({ name: "pacs" })).toMatchObject({ ok: true });
    for await (const event of client["sources.sync"]({ name: "pacs" })) {
      if (event.type === "result") expect(event).toMatchObject({ added: stored, complete: true });
    }
    await app.close();
  }, 120_000);
  afterAll(async () => await orthanc.stop());

  it.each([
    ["identified", ["--policy", "identified"]],
    ["pseudonymised", ["--key", "lung", "--option", "modified-dates", "clean-descriptors", "--include-held", "a test"]],
  ])("exports everything %s, accounts for each instance and verifies", async (policy, options) => {
    const to = ["--to", join(root, policy), "--all", "--images", "--no-previews", "--format", "folder"];
    const run = await workshop.satchel("export", "imaging", ...to, ...options);
    const result = printedResult(run);
    expect(result).toMatchObject({ state: "complete", packages: [{ instances: { expected: stored, failed: 0 } }] });
    expect((await workshop.satchel("verify", packageOf(policy))).exitCode).toBe(0);
    documents[policy] = JSON.parse(readFileSync(join(packageOf(policy), "complete_data.json"), "utf8")) as Document;
    expect(documents[policy].instances).toHaveLength(stored);
    expect(documents[policy].studies.filter(({ aiAnalysis }) => aiAnalysis !== null)).toHaveLength(1);
  });

  it("leaves in the identified package the very bytes that Orthanc keeps", async () => {
    const rows = documents.identified?.instances ?? [];
    await eachOf(rows, async (row) => {
      const { text } = await orthanc.request("GET", `/instances/${row.orthancInstanceId}/attachments/dicom/md5`);
      expect(hash("md5", readFileSync(join(packageOf("identified"), row.file ?? "")), "hex")).toBe(text);
    });
    expect(rows.every(({ sha256 }) => sha256 !== null)).toBe(true);
  });

  it("keeps pixel data bit for bit in every de-identified instance, and no UID of the source", () => {
    const [before, after] = [documents.identified?.instances ?? [], documents.pseudonymised?.instances ?? []];
    pairs = before.map((row, index) => ({
      source: join(packageOf("identified"), row.file ?? ""),
      output: join(packageOf("pseudonymised"), after[index]?.file ?? ""),
    }));
    expect(pairs.map(({ output }) => pixelsOf(output))).toEqual(pairs.map(({ source }) => pixelsOf(source)));
    const uids = new Set(before.map(({ sopInstanceUID }) => sopInstanceUID));
    expect(after.filter(({ sopInstanceUID }) => uids.has(sopInstanceUID))).toEqual([]);
    expect(after.every(({ orthancInstanceId }) => orthancInstanceId === "")).toBe(true);
  });

  it("makes no error in dciodvfy's eyes that the source did not have", async () => {
    await eachOf(pairs, async ({ source, output }) => {
      const [before, after] = [await errorsOf(source), await errorsOf(output)];
      const added = after.filter((line) => !before.includes(line));
      expect({ output, added }).toEqual({ output, added: [] });
    });
  });

  it.each([
    ["dcmdump", ["-q"]],
    ["gdcminfo", []],
  ])("leaves nothing that %s could read before and cannot now", async (tool, options) => {
    await eachOf(pairs, async ({ source, output }) => {
      if ((await runCommand(tool, [...options, source])).exitCode !== 0) return;
      expect({ output, exitCode: (await runCommand(tool, [...options, output])).exitCode }).toEqual({
        output,
        exitCode: 0,
      });
    });
  });

  it("leaves nothing that dcmjs could read before and cannot now", () => {
    // dcmjs comments on odd files by console.
    vi.spyOn(console, "warn").mockReturnValue();
    vi.spyOn(console, "error").mockReturnValue();
    const canRead = (path: string): boolean => {
      const bytes = readFileSync(path);
      try {
        dcmjs.data.DicomMessage.readFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
        return true;
      } catch {
        return false;
      }
    };
    expect(pairs.filter(({ source, output }) => canRead(source) && !canRead(output))).toEqual([]);
  });

  it("stays consistent in dcentvfy's eyes", async () => {
    // The lines name files and values: what must not grow is the kinds of complaint.
    const complaints = async (files: readonly string[]): Promise<Set<string>> => {
      const list = join(root, "dcentvfy.txt");
      writeFileSync(list, files.join("\n"));
      const { stderr } = await runCommand("dcentvfy", ["-f", list]);
      return new Set(
        stderr
          .split("\n")
          .map((line) => line.replace(/<[^>]*>|"[^"]*"|\/\S+/g, ""))
          .filter((line) => line.trim() !== ""),
      );
    };
    // dicom3tools does not inflate: of a deflated file it reads noise.
    const readable = pairs.filter((_, index) => documents.identified?.instances[index]?.transferSyntaxUID !== DEFLATED);
    const [before, after] = [
      await complaints(readable.map(({ source }) => source)),
      await complaints(readable.map(({ output }) => output)),
    ];
    expect([...after].filter((line) => !before.has(line))).toEqual([]);
  });
});
