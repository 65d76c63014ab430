import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { lookup, tagByKeyword } from "../../src/main/dicom/dictionary.ts";
import {
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  encodeElement,
} from "../../src/main/dicom/encode.ts";
import { formatTag, tagOf } from "../../src/main/dicom/tag.ts";

describe("the dictionary", () => {
  it("knows elements by tag and by keyword", () => {
    expect(lookup(0x00100010)).toEqual({
      keyword: "PatientName",
      vr: "PN",
      vm: "1",
      name: "Patient's Name",
      retired: false,
    });
    expect(tagByKeyword("SOPInstanceUID")).toBe(0x00080018);
    expect(lookup(0x00100011)?.vr).toBe("SQ");
    expect(lookup(0x00091001)).toBeUndefined();
  });

  it.each([
    [0x00100021, "Issuer of Patient ID"],
    [0x00080050, "Accession Number"],
    [0x00081060, "Name of Physician(s) Reading Study"],
    [0x0008002a, "Acquisition DateTime"],
    [0x00180010, "Contrast/Bolus Agent"],
    [0x00280008, "Number of Frames"],
    [0x00200052, "Frame of Reference UID"],
    [0x00181110, "Distance Source to Detector"],
    [0x00101000, "Other Patient IDs"],
    [0x00181151, "X-Ray Tube Current"],
    [0x0040a730, "Content Sequence"],
  ])("calls an attribute what the standard calls it: %i", (tag, name) => expect(lookup(tag)?.name).toBe(name));

  it("knows repeating groups only where they repeat", () => {
    expect(lookup(0x60000010)?.keyword).toBe("OverlayRows");
    expect(lookup(0x601e3000)?.vr).toBe("OW");
    expect(lookup(0x50043000)?.keyword).toBe("CurveData");
    expect(lookup(0x60013000)).toBeUndefined();
  });

  it("knows group lengths and private creators of any group", () => {
    expect(lookup(0x00200000)?.vr).toBe("UL");
    expect(lookup(0x00290010)?.vr).toBe("LO");
    expect(lookup(0x00280010)?.keyword).toBe("Rows");
  });

  it("agrees with DCMTK's on the VR of every element that both know", () => {
    const choices: Readonly<Record<string, string>> = { xs: "US", ox: "OW", lt: "OW", px: "OW", up: "UL" };
    let compared = 0;
    const different: string[] = [];
    for (const line of dcmtkDictionary().split("\n")) {
      const [tag = "", vr = "", , , source = ""] = line.split("\t");
      const exact = /^\(([0-9a-fA-F]{4}),([0-9a-fA-F]{4})\)$/.exec(tag);
      if (exact === null || !source.startsWith("DICOM") || source.includes("retired")) continue;
      const entry = lookup(Number.parseInt(`${exact[1]}${exact[2]}`, 16));
      if (entry === undefined) continue;
      compared++;
      if (entry.vr !== (choices[vr] ?? vr)) different.push(`${tag} ${vr} ${entry.vr}`);
    }
    expect(compared).toBeGreaterThan(3000);
    expect(different).toEqual([]);
  });
});

/** Lines of "(gggg,eeee)\tVR\tkeyword\tVM\tsource". */
function dcmtkDictionary(): string {
  return execFileSync("sh", ["-c", "cat /usr/share/libdcmtk*/dicom.dic"], { encoding: "latin1", maxBuffer: 1 << 24 });
}

describe("encoding an element", () => {
  it("has 16-bit lengths for short VRs and 32-bit ones for long VRs and implicit VR", () => {
    const name = { tag: 0x00100010, vr: "PN", value: Buffer.from("Doe") };
    expect(encodeElement(name, EXPLICIT_LITTLE_ENDIAN).toString("hex")).toBe("10001000504e0400446f6520");
    expect(encodeElement(name, EXPLICIT_BIG_ENDIAN).toString("hex")).toBe("00100010504e0004446f6520");
    expect(encodeElement(name, IMPLICIT_LITTLE_ENDIAN).toString("hex")).toBe("1000100004000000446f6520");
    const bytes = { tag: 0x00091001, vr: "OB", value: Buffer.from([1]) };
    expect(encodeElement(bytes, EXPLICIT_LITTLE_ENDIAN).toString("hex")).toBe("090001104f420000020000000100");
  });

  it("pads UIDs and bytes with NUL, text with a space", () => {
    const last = (vr: string): number | undefined =>
      encodeElement({ tag: 0x00080018, vr, value: Buffer.from("1.2") }, EXPLICIT_LITTLE_ENDIAN).at(-1);
    expect([last("UI"), last("OB"), last("LO"), last("UT")]).toEqual([0, 0, 0x20, 0x20]);
  });

  it("writes tags as people do", () => {
    expect(formatTag(tagOf(0x7fe0, 0x0010))).toBe("(7FE0,0010)");
    expect(formatTag(0xfffee00d)).toBe("(FFFE,E00D)");
  });
});
