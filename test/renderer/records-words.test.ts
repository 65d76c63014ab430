import { describe, expect, it } from "vitest";
import { en } from "../../src/renderer/labels/en/index.ts";
import { hi } from "../../src/renderer/labels/hi/index.ts";
import { pt } from "../../src/renderer/labels/pt/index.ts";
import { createFormat } from "../../src/renderer/parts/format.ts";
import { sayExams, sayNotes } from "../../src/renderer/records-words.ts";

const format = createFormat("en");

describe("which notes leave, in words", () => {
  it("says that no filter is set, rather than nothing", () => {
    expect(sayNotes({}, en, format)).toBe("All notes of the kinds chosen below");
    expect(sayNotes({ kinds: ["report"], text: "" }, en, format)).toBe("All notes of the kinds chosen below");
  });

  it("names every part of the filter", () => {
    const filter = {
      text: "febre",
      patients: ["4711"],
      wards: ["UTI"],
      statuses: ["inpatient" as const],
      genders: ["F" as const],
      sources: ["EQMD"],
      from: "2024-01-01",
      to: "2024-12-31",
      includeDeletedPatients: true,
    };
    const said = sayNotes(filter, en, format);
    for (const part of ["febre", "4711", "UTI", "Inpatient", "Female", "EQMD", "2024", "deleted at the source"])
      expect(said).toContain(part);
    for (const words of [pt, hi]) expect(sayNotes(filter, words, format)).toContain("4711");
  });

  it("names some of many patients and counts the others", () => {
    const patients = Array.from({ length: 1204 }, (_, index) => `P${index}`);
    expect(sayNotes({ patients }, en, format)).toBe("Notes that match: patient P0, P1, P2, P3 and 1,200 more");
  });
});

describe("which exams leave, in words", () => {
  it("names every part of the filter", () => {
    const said = sayExams(
      {
        q: "torax",
        examStatus: "completed",
        examSource: "CT",
        examEquipment: ["CT-2"],
        examItem: "CT1",
        applicationOrderNo: "A9",
        gender: ["M"],
        examDescription: ["chest"],
        examRoom: ["R1"],
        ageFrom: 18,
        ageTo: 65,
        from: "2024-01-01",
        examIds: ["E1"],
        sources: ["platform"],
      },
      en,
      format,
    );
    for (const part of ["torax", "completed", "CT", "CT-2", "CT1", "A9", "gender M", "chest", "R1", "18", "65", "E1"])
      expect(said).toContain(part);
    expect(said).toContain("since Jan 1, 2024");
    expect(said).toContain("source platform");
  });

  it("says an age that is open on one side", () => {
    expect(sayExams({ ageFrom: 0 }, en, format)).toContain("age 0 and over");
    expect(sayExams({ ageTo: 17 }, en, format)).toContain("age up to 17");
    expect(sayExams({}, en, format)).toBe("The whole study list");
  });
});
