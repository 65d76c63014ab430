import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderSource } from "../../../src/main/sources/folder/folder-source.ts";
import { dicomFile } from "../../sources/dicom-file.ts";
import { recordingTarget } from "../../sources/recording-target.ts";
import { sharedData } from "../../support/samples.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const fileSet = sharedData("samples/dicom/fileset_pydicom");

describe.skipIf(!fileSet.present)(`A folder that changes while it is read${fileSet.note}`, () => {
  it("is taken in though a file that the DICOMDIR names was just written over", async () => {
    const root = join(temporaryDirectory("changing"), "set");
    cpSync(fileSet.path, root, { recursive: true });
    const target = recordingTarget();
    const sync = () =>
      folderSource.sync({ path: root }, undefined, target, () => undefined, new AbortController().signal);
    await sync();
    writeFileSync(join(root, "NEW1"), dicomFile());
    const keep = target.keep.bind(target);
    target.keep = (ref) => {
      keep(ref);
      if (ref === "77654033/CR1/6154") writeFileSync(join(root, ref), "no DICOM any more");
    };
    target.forget();
    expect(await sync()).toMatchObject({ added: 1, complete: true });
  });
});
