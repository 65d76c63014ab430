import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { heldReasons } from "../../src/main/deidentify/hold-back.ts";
import { dicomSamples } from "../support/samples.ts";
import { buildFile, type Spec } from "./build-instance.ts";

const STORAGE = "1.2.840.10008.5.1.4.1.1.";
const held = (specs: Spec[]): string[] => heldReasons(walkPart10(buildFile(specs))).map(({ code }) => code);
const ofClass = (end: string, ...specs: Spec[]): string[] => held([[0x00080016, "UI", STORAGE + end], ...specs]);

describe("heldReasons", () => {
  it("lets a plain image pass, and RT, key objects and segmentations", () => {
    expect(held([])).toEqual([]);
    for (const end of ["4", "1", "1.1", "128", "66.4", "481.3", "481.5", "481.2", "88.59", "77.1.6", "9.1.1", "66.1"])
      expect(ofClass(end)).toEqual([]);
  });

  it.each([
    ["88.11", "structured-report"],
    ["88.67", "structured-report"],
    ["104.1", "encapsulated-document"],
    ["104.2", "encapsulated-document"],
    ["11.1", "presentation-state"],
    ["7", "secondary-capture"],
    ["7.4", "secondary-capture"],
    ["6.1", "ultrasound-without-regions"],
    ["3.1", "ultrasound-without-regions"],
    ["77.1.1.1", "endoscopy"],
    ["77.1.4", "photograph"],
    ["77.1.4.1", "photograph"],
  ])("holds back %s: %s", (end, code) => expect(ofClass(end)).toEqual([code]));

  it("holds back what says that text is burned in, in any case", () => {
    expect(held([[0x00280301, "CS", "YES "]])).toEqual(["burned-in-annotation"]);
    expect(held([[0x00280301, "CS", "NO"]])).toEqual([]);
  });

  it("holds back screens and dose sheets among CT images", () => {
    expect(held([[0x00080008, "CS", "DERIVED\\SECONDARY\\SCREEN SAVE"]])).toEqual(["screen-or-dose-sheet"]);
    expect(held([[0x0008103e, "LO", "Dose Report"]])).toEqual(["screen-or-dose-sheet"]);
    expect(held([[0x0008103e, "LO", "Patient Protocol"]])).toEqual(["screen-or-dose-sheet"]);
    expect(held([[0x0008103e, "LO", "Low dose lung protocol"]])).toEqual([]);
    expect(held([[0x00080064, "CS", "SD"]])).toEqual(["secondary-capture"]);
    expect(held([[0x00080064, "CS", "DI"]])).toEqual([]);
  });

  it("lets ultrasound with region data pass, but not with an empty list of regions", () => {
    expect(ofClass("6.1", [0x00186011, "SQ", [[[0x00186018, "UL", Buffer.alloc(4)]]]])).toEqual([]);
    expect(ofClass("6.1", [0x00186011, "SQ", []])).toEqual(["ultrasound-without-regions"]);
  });

  it("holds back labels of slides, annotated waveforms and graphics in pixel bits", () => {
    expect(ofClass("77.1.6", [0x00080008, "CS", "ORIGINAL\\PRIMARY\\LABEL\\NONE"])).toEqual(["slide-label"]);
    expect(ofClass("77.1.6", [0x00080008, "CS", "ORIGINAL\\PRIMARY\\VOLUME\\NONE"])).toEqual([]);
    expect(ofClass("9.1.1", [0x0040b020, "SQ", [[[0x00700006, "ST", "x"]]]])).toEqual(["annotated-waveform"]);
    expect(held([[0x60000102, "US", Buffer.from([12, 0])]])).toEqual(["overlay-in-pixel-data"]);
  });

  it("holds back private and unknown objects, for which no way to de-identify is defined", () => {
    expect(held([[0x00080016, "UI", "1.3.12.2.1107.5.9.1"]])).toEqual(["private-object"]);
    expect(held([[0x00080016, "UI", ""]])).toEqual([]);
  });

  it("says why in sentences without a word of the instance", () => {
    const reasons = heldReasons(walkPart10(buildFile([[0x0008103e, "LO", "Dose report Exemplar"]])));
    expect(reasons).toEqual([
      { code: "screen-or-dose-sheet", sentence: expect.stringMatching(/^[A-Z].*\.$/), tag: 0x0008103e },
    ]);
    expect(reasons[0]!.sentence).not.toContain("Exemplar");
  });

  it.skipIf(!dicomSamples.present)(`knows the samples${dicomSamples.note}`, () => {
    const of = (name: string): string[] =>
      heldReasons(walkPart10(readFileSync(join(dicomSamples.path, name)))).map(({ code }) => code);
    expect(of("053_pydicom_test-SR.dcm")).toContain("structured-report");
    expect(of("gen_encapsulated_pdf_phi.dcm")).toContain("encapsulated-document");
    expect(of("gen_GSPS_from_CT_small.dcm")).toContain("presentation-state");
    expect(of("095_pydicom_DICOMDIR")).toEqual(["directory"]);
    expect(of("043_pydicom_ExplVR_BigEnd.dcm")).toEqual(["ultrasound-without-regions"]);
    expect(of("046_fo-dicom_GH1728.dcm")).toContain("burned-in-annotation");
    expect(of("008_dicomParser_wave_dfl.dcm")).toEqual(["annotated-waveform"]);
    expect(of("001_pydicom_CT_small.dcm")).toEqual([]);
  });
});
