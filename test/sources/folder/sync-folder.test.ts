import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { SatchelError } from "../../../src/contract/errors.ts";
import { folderSource } from "../../../src/main/sources/folder/folder-source.ts";
import type { SyncProgress, SyncReport } from "../../../src/main/sources/source.ts";
import { runChecked } from "../../support/run-command.ts";
import { sharedData } from "../../support/samples.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { dicomFile } from "../dicom-file.ts";
import { recordingTarget, type RecordingTarget } from "../recording-target.ts";

const base = temporaryDirectory("folder-source");
let number = 0;
let root: string;
let target: RecordingTarget;

beforeEach(() => {
  root = join(base, `root-${number++}`);
  mkdirSync(root);
  target = recordingTarget();
});

function sync(signal = new AbortController().signal, onProgress: (progress: SyncProgress) => void = () => undefined) {
  target.forget();
  return folderSource.sync({ path: root }, undefined, target, onProgress, signal);
}

function write(path: string, bytes: Buffer | string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

/** Read calls of this process so far, 0 where the kernel does not say. */
function readCalls(): number {
  if (!existsSync("/proc/self/io")) return 0;
  return Number(/syscr: (\d+)/.exec(readFileSync("/proc/self/io", "utf8"))?.[1]);
}

const counts = ({ added, changed, unchanged, removed, skipped, problems }: SyncReport) => ({
  added,
  changed,
  unchanged,
  removed,
  skipped,
  problems,
});

describe("Syncing a folder", () => {
  it("takes in DICOM files of any name at any depth and counts the rest", async () => {
    const names = [
      "plain",
      "a/b/c/d/IM0001",
      "with space.dcm",
      "new\nline",
      "山田^太郎.DCM",
      "tab\t.jpg",
      "-rf",
      "back\\slash",
    ];
    names.forEach((name, index) => write(name, dicomFile({ instance: `1.2.3.${index}` })));
    write("readme.txt", "not DICOM");
    write("empty", "");
    write("icon.ico", Buffer.from([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0]));
    const report = await sync();
    expect([...target.instances.keys()].sort()).toEqual(names.toSorted());
    expect(counts(report)).toEqual({ added: 8, changed: 0, unchanged: 0, removed: 0, skipped: 3, problems: 0 });
    expect(report.complete).toBe(true);
    expect(target.instances.get("plain")?.description).toMatchObject({
      sopInstanceUid: "1.2.3.0",
      patientName: "Müller^Änne",
      numberOfFrames: 1,
    });
  });

  it("takes in names that are not UTF-8, and can read those files again", async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x4d, 0xfc, 0x6c])]), dicomFile());
    const raw = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xe4])]);
    mkdirSync(raw);
    writeFileSync(Buffer.concat([raw, Buffer.from("/inner")]), dicomFile({ instance: "1.2.9" }));
    write("honest \ufffd", dicomFile({ instance: "1.2.10" }));
    expect((await sync()).added).toBe(3);
    expect([...target.instances.keys()].sort()).toEqual(["//raw/M\u00fcl", "//raw/\u00e4/inner", "honest \ufffd"]);
    const reader = folderSource.openReader({ path: root }, undefined, base);
    for (const { locator } of target.instances.values()) {
      const bytes = await reader.read(locator, new AbortController().signal);
      expect(bytes.kind).toBe("file");
      if (bytes.kind === "file") bytes.close();
    }
    expect((await sync()).unchanged).toBe(3);
  });

  it("reads nothing the second time but what changed", async () => {
    for (const name of ["same", "touched", "grown", "replaced", "gone"])
      write(name, dicomFile({ instance: `1.2.${name.length}` }));
    await sync();
    utimesSync(join(root, "touched"), new Date(), new Date(Date.now() + 5_000));
    appendFileSync(join(root, "grown"), dicomFile().subarray(-2));
    write("other", dicomFile({ instance: "1.2.77" }));
    renameSync(join(root, "other"), join(root, "replaced"));
    rmSync(join(root, "gone"));
    const report = await sync();
    expect(target.calls.kept).toEqual(["same"]);
    expect(target.calls.put.sort()).toEqual(["grown", "replaced", "touched"]);
    expect(counts(report)).toMatchObject({ changed: 3, unchanged: 1 });
    expect(report.complete).toBe(true);
    expect(target.removeUnmet()).toEqual(["gone"]);
  });

  it("lists what is broken with the reason, and goes on", async () => {
    write("good", dicomFile());
    write("cut", dicomFile());
    truncateSync(join(root, "cut"), 500);
    write("no-study", dicomFile({ study: "", series: "1.2", instance: "1.2.3" }));
    const report = await sync();
    expect(counts(report)).toMatchObject({ added: 1, problems: 2, skipped: 0 });
    expect(target.problems.get("cut")?.code).toBe("BAD_DICOM");
    expect(target.problems.get("no-study")?.reason).toContain("no Study Instance UID");
  });

  it("takes an instance out of the catalog when its file is damaged, and back in when it is mended", async () => {
    write("file", dicomFile());
    await sync();
    write("file", dicomFile().subarray(0, 400));
    expect(counts(await sync())).toMatchObject({ removed: 1, problems: 1 });
    expect(target.instances.size).toBe(0);
    write("file", dicomFile());
    expect(counts(await sync())).toMatchObject({ added: 1, problems: 0 });
  });

  it("treats a folder with the name of a file as a folder", async () => {
    write("x.dcm/y.dcm", dicomFile());
    await sync();
    expect([...target.instances.keys()]).toEqual(["x.dcm/y.dcm"]);
  });

  it("never follows symbolic links: no loops, nothing twice, nothing from outside", async () => {
    write("inside/file", dicomFile());
    const outside = join(base, "outside");
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, "secret"), dicomFile({ instance: "1.2.666" }));
    symlinkSync("..", join(root, "inside", "loop"));
    symlinkSync("inside/file", join(root, "again"));
    symlinkSync(outside, join(root, "way-out"));
    symlinkSync(join(outside, "secret"), join(root, "file-out"));
    symlinkSync("nowhere", join(root, "dangling"));
    symlinkSync("circle", join(root, "circle"));
    const report = await sync();
    expect([...target.instances.keys()]).toEqual(["inside/file"]);
    expect(report.notices.join()).toContain("2 symbolic links lead out of the folder");
    expect(report.skipped).toBe(2);
  });

  it("opens a folder that is itself reached through a link", async () => {
    write("file", dicomFile());
    const link = join(base, `link-${number}`);
    symlinkSync(root, link);
    await folderSource.sync({ path: link }, undefined, target, () => undefined, new AbortController().signal);
    expect([...target.instances.keys()]).toEqual(["file"]);
  });

  it("never opens a pipe, which would wait for ever", async () => {
    await runChecked("mkfifo", [join(root, "pipe")]);
    write("file", dicomFile());
    expect(counts(await sync())).toMatchObject({ added: 1, skipped: 1 });
  });

  it("keeps two names of one file apart", async () => {
    write("one", dicomFile());
    linkSync(join(root, "one"), join(root, "two"));
    expect((await sync()).added).toBe(2);
  });

  it("removes nothing when the folder is suddenly empty, as a drive that is not connected leaves it", async () => {
    write("file", dicomFile());
    await sync();
    rmSync(join(root, "file"));
    const report = await sync();
    expect(report.complete).toBe(false);
    expect(report.notices.join()).toContain("nothing was removed");
    write("file", dicomFile());
    expect((await sync()).complete).toBe(true);
  });

  it("says that the folder is gone, without its path", async () => {
    rmSync(root, { recursive: true });
    const failure = await sync().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SatchelError);
    expect((failure as SatchelError).code).toBe("READ_FAILED");
    expect((failure as SatchelError).message).not.toContain(base);
  });

  it("ends at once when it is cancelled, and leaves the state of the last sync", async () => {
    for (let index = 0; index < 50; index++) write(`f${index}`, dicomFile({ instance: `1.2.${index}` }));
    const controller = new AbortController();
    await expect(sync(controller.signal, () => controller.abort())).rejects.toMatchObject({ code: "CANCELLED" });
    expect(target.calls.put).toHaveLength(1);
    expect(target.readState()).toEqual({});
  });

  it("indexes 10,000 files and opens none of them the second time", async () => {
    const bytes = dicomFile();
    for (let folder = 0; folder < 20; folder++) {
      mkdirSync(join(root, `${folder}`));
      for (let file = 0; file < 500; file++) writeFileSync(join(root, `${folder}`, `${file}`), bytes);
    }
    const steps: SyncProgress[] = [];
    expect((await sync(undefined, (progress) => steps.push(progress))).added).toBe(10_000);
    expect(steps[0]).toMatchObject({ step: "Reading headers", done: 1, total: null });
    const before = readCalls();
    const again = await sync(undefined, (progress) => steps.push(progress));
    // The kernel's own count of read calls: a header would cost one for each file.
    expect(readCalls() - before).toBeLessThan(1_000);
    expect(counts(again)).toEqual({ added: 0, changed: 0, unchanged: 10_000, removed: 0, skipped: 0, problems: 0 });
    expect(target.calls.put).toEqual([]);
    expect(steps.at(-1)?.total).toBe(10_000);
    rmSync(root, { recursive: true });
  });
});

describe("AI analysis results beside the files", () => {
  const study = "1.2.826.0.1.3680043.10.1";

  it("belong to the study that their name says, anywhere in the tree, and are read once", async () => {
    write(`deep/down/${study}.analysis.json`, '\ufeff{"finding":"nodule"}');
    expect((await sync()).analyses).toBe(1);
    expect([...target.analyses.values()]).toMatchObject([{ studyInstanceUid: study, document: { finding: "nodule" } }]);
    const again = await sync();
    expect(again.analyses).toBe(1);
    expect(target.calls).toMatchObject({ put: [], kept: [`deep/down/${study}.analysis.json`] });
  });

  it.each([
    ["no JSON at all", "{'a':1}"],
    ["cut short", '{"a":[1,2'],
    ["not UTF-8", Buffer.from([0x22, 0xff, 0x22])],
    ["nested without end", "[".repeat(100_000)],
  ])("are listed and not fatal where they are %s", async (_what, content) => {
    write(`${study}.analysis.json`, content);
    write("file", dicomFile());
    const report = await sync();
    expect(counts(report)).toMatchObject({ added: 1, problems: 1 });
    expect(target.problems.get(`${study}.analysis.json`)?.code).toBe("SOURCE_ANSWER");
    expect(target.analyses.get(`${study}.analysis.json`)?.document).toBeUndefined();
  });

  it("are refused beyond 16 MiB", async () => {
    write(`${study}.analysis.json`, Buffer.alloc(16 * 1024 * 1024 + 1, 0x20));
    expect((await sync()).problems).toBe(1);
    expect(target.problems.get(`${study}.analysis.json`)?.code).toBe("TOO_LARGE");
  });
});

const samples = sharedData("samples/dicom");
describe.skipIf(!samples.present)(`The sample files${samples.note}`, () => {
  it("each become an instance, a counted non-DICOM file, a DICOMDIR or a listed problem", async () => {
    root = samples.path;
    const report = await sync();
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    // Three of them are directories of a file-set.
    expect(report.added + report.skipped + report.problems + 3).toBe(files.length);
    expect(report.problems).toBe(target.problems.size);
    expect(target.problems.get("068_pydicom_MR_truncated.dcm")?.code).toBe("BAD_DICOM");
    expect(existsSync(join(root, "manifest.csv"))).toBe(true);
  });
});
