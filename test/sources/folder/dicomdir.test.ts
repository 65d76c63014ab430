import { copyFileSync, cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { folderSource } from "../../../src/main/sources/folder/folder-source.ts";
import { sharedData } from "../../support/samples.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { dicomFile } from "../dicom-file.ts";
import { recordingTarget, type RecordingTarget } from "../recording-target.ts";

const fileSet = sharedData("samples/dicom/fileset_pydicom");

describe.skipIf(!fileSet.present)(`A folder with a DICOMDIR${fileSet.note}`, () => {
  const base = temporaryDirectory("dicomdir");
  let number = 0;
  let root: string;
  let target: RecordingTarget;

  beforeEach(() => {
    root = join(base, `set-${number++}`);
    cpSync(fileSet.path, root, { recursive: true });
    target = recordingTarget();
  });

  const sync = () => {
    target.forget();
    return folderSource.sync({ path: root }, undefined, target, () => undefined, new AbortController().signal);
  };

  it("is taken in without a word where both agree", async () => {
    const report = await sync();
    expect(report).toMatchObject({ added: 31, skipped: 0, problems: 0, notices: [] });
    expect(target.instances.has("DICOMDIR")).toBe(false);
  });

  it("says which listed files are missing, and takes in the others", async () => {
    rmSync(join(root, "77654033/CR1/6154"));
    const report = await sync();
    expect(report.added).toBe(30);
    expect(report.notices).toEqual(["The DICOMDIR DICOMDIR lists 1 file that is not there (77654033/CR1/6154)."]);
  });

  it("takes in files that it does not list, and says so", async () => {
    writeFileSync(join(root, "NEW1"), dicomFile());
    writeFileSync(join(root, "Mueller_Anna.dcm"), dicomFile({ instance: "1.2.3" }));
    const report = await sync();
    expect(report.added).toBe(33);
    // A name that may say who the patient is does not get into a sentence.
    expect(report.notices).toEqual([
      "The DICOMDIR DICOMDIR does not list 2 files that are there (NEW1, …); they were taken in.",
    ]);
  });

  it("believes the file where the SOP Instance UIDs disagree", async () => {
    copyFileSync(join(root, "77654033/CR2/6247"), join(root, "77654033/CR1/6154"));
    const report = await sync();
    expect(report.notices).toHaveLength(1);
    expect(report.notices[0]).toContain("names another SOP Instance UID for 1 file that is there (77654033/CR1/6154)");
  });

  it("compares names as a CD drive shows them: in lower case, with a version number", async () => {
    renameSync(join(root, "77654033"), join(root, "upper"));
    mkdirSync(join(root, "77654033"));
    cpSync(join(root, "upper"), join(root, "77654033"), { recursive: true });
    rmSync(join(root, "upper"), { recursive: true });
    renameSync(join(root, "77654033/CR1"), join(root, "77654033/cr1"));
    renameSync(join(root, "77654033/CR2/6247"), join(root, "77654033/CR2/6247.;1"));
    expect((await sync()).notices).toEqual([]);
  });

  it("compares a file-set with what lies below its own folder only", async () => {
    const inner = join(root, "second");
    cpSync(fileSet.path, inner, { recursive: true });
    const report = await sync();
    expect(report).toMatchObject({ added: 62, notices: [] });
  });

  it("says again what it said, without reading again, while nothing changes", async () => {
    rmSync(join(root, "77654033/CR1/6154"));
    const { notices } = await sync();
    const again = await sync();
    expect(again.notices).toEqual(notices);
    expect(again.unchanged).toBe(30);
    cpSync(fileSet.path, root, { recursive: true });
    expect((await sync()).notices).toEqual([]);
  });

  it("is left aside where it is damaged; the files are taken in all the same", async () => {
    writeFileSync(join(root, "DICOMDIR"), Buffer.concat([dicomFile().subarray(0, 128), Buffer.from("DICMgarbage")]));
    const report = await sync();
    expect(report.added).toBe(31);
    expect(target.problems.get("DICOMDIR")?.code).toBe("BAD_DICOM");
  });
});
