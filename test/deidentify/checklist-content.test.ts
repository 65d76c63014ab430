/** Checks 23 to 29, 32 to 40, 42 and 44 to 50 of standards/dicom-deidentification.md, section 6. 31 is in corpus.test.ts, 41 in pseudonym.test.ts. */
import { describe, expect, it } from "vitest";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { cleanDescriptor } from "../../src/main/deidentify/clean-descriptor.ts";
import { createDicomDeidentifier } from "../../src/main/deidentify/dicom/deidentifier.ts";
import { CT, buildFile, deidentify, deidentifierWith, leavesOf, type Spec } from "./build-instance.ts";

describe("C. Text", () => {
  it("23 names in other texts, however written, are cleaned out of them", () => {
    const spellings = ["exemplar jane", "JANE EXEMPLAR", "J. Exemplar", "exemplarjane", "Dr.EXEMPLAR"];
    for (const spelling of spellings) {
      const { text, result } = deidentify(
        buildFile([
          [0x00181210, "SH", "B30f"],
          [0x00189423, "LO", `CT ${spelling}`],
        ]),
      );
      expect(text("00189423")).toBe("CT");
      expect(text("00181210")).toBe("B30f");
      expect(result.leaks).toEqual([]);
    }
  });

  it("24 and 25 identifiers and institutions in other texts are cleaned out of them", () => {
    const { text } = deidentify(
      buildFile([
        [0x00080080, "LO", "Klinikum Musterstadt"],
        [0x00081010, "SH", "CTSTATION7"],
        [0x00189423, "LO", "Abdomen MRN-445566 musterstadt"],
        [0x00204000, "LT", "see ACC-778899"],
        [0x00181030, "LO", "Thorax CTSTATION7"],
      ]),
      ["clean-descriptors"],
    );
    expect(text("00189423")).toBe("Abdomen");
    expect(text("00204000")).toBeUndefined();
    expect(text("00181030")).toBe("Thorax");
  });

  it("28 a word stays although the station or the institution has it in its name", () => {
    const { text } = deidentify(
      buildFile([
        [0x00081010, "SH", "CT-1"],
        [0x00080080, "LO", "Heart Centre"],
        [0x00081030, "LO", "CT heart"],
      ]),
      ["clean-descriptors"],
    );
    expect(text("00081030")).toBe("CT heart");
  });

  it("26 the birth date is found in every form", () => {
    for (const form of ["19310203", "1931-02-03", "03.02.1931", "02/03/1931"])
      expect(deidentify(buildFile([[0x00189423, "LO", `CT ${form}`]]), ["full-dates"]).text("00189423")).toBe("CT");
  });

  it("27 and 28 cleaned descriptions hold words of the list only", () => {
    const { text } = deidentify(
      buildFile([[0x00081030, "LO", "CT chest jane@example.org +49 170 123456 http://x.y"]]),
      ["clean-descriptors"],
    );
    expect(text("00081030")).toBe("CT chest");
    expect(cleanDescriptor(text("00081030")!)).toBe("CT chest");
  });

  it("28 an allowed word that is the patient's name goes", () => {
    expect(
      deidentify(
        buildFile([
          [0x00100010, "PN", "Head^Jane"],
          [0x00081030, "LO", "CT Head chest"],
        ]),
        ["clean-descriptors"],
      ).text("00081030"),
    ).toBe("CT chest");
  });

  it("28 meanings of local codes are cleaned, those of published schemes stay", () => {
    const code = (scheme: string, meaning: string): Spec[] => [
      [0x00080100, "SH", "1"],
      [0x00080102, "SH", scheme],
      [0x00080104, "LO", meaning],
    ];
    const { text } = deidentify(
      buildFile([
        [
          0x00081032,
          "SQ",
          [code("99LOCAL", "CT chest Dr. Mueller"), code("SCT", "Entire uvula"), code("99LOCAL", "Mueller")],
        ],
      ]),
    );
    expect(text("00081032/0/00080104")).toBe("CT chest");
    expect(text("00081032/1/00080104")).toBe("Entire uvula");
    expect(text("00081032/2/00080104")).toBe("REMOVED");
  });

  it("29 new text is ASCII, so that it reads the same in every repertoire", () => {
    const file = buildFile([
      [0x00080005, "CS", "\\ISO 2022 IR 87"],
      [0x00100010, "PN", "Yamada^Tarou=\u001b$B;3ED\u001b(B^\u001b$BB@O:\u001b(B"],
    ]);
    const { bytes, part10, text } = deidentify(file);
    expect(bytes.subarray(part10.datasetStart).includes(0x1b)).toBe(false);
    expect(text("00080005")).toBe("\\ISO 2022 IR 87");
    expect(text("00100010")).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  });
});

describe("D. UIDs", () => {
  const references: Spec[] = [
    [0x00200052, "UI", "1.2.826.0.1.3680043.999.9"],
    [
      0x00081115,
      "SQ",
      [
        [
          [0x0020000e, "UI", "1.2.826.0.1.3680043.999.2"],
          [
            0x0008114a,
            "SQ",
            [
              [
                [0x00081150, "UI", CT],
                [0x00081155, "UI", "1.2.826.0.1.3680043.999.4"],
              ],
            ],
          ],
        ],
      ],
    ],
    [0x00189423, "LO", "frame 1.2.826.0.1.3680043.999.9 of 1.2.840.10008.1.4.1.1"],
  ];

  it("32, 36 and 37 one UID becomes one UID wherever it stands", () => {
    const { text } = deidentify(buildFile(references));
    expect(text("00081115/0/0020000e")).toBe(text("0020000e"));
    expect(text("00081115/0/0008114a/0/00081155")).toBe(text("00080018"));
    expect(text("00200052")).toMatch(/^2\.25\./);
  });

  it("33 UIDs within text are replaced too, or left out where the text would grow too long", () => {
    const { text, bytes } = deidentify(buildFile(references));
    expect(bytes.includes("3680043.999")).toBe(false);
    expect(text("00189423")).toBe("frame  of 1.2.840.10008.1.4.1.1");
    const short = deidentify(buildFile([references[0]!, [0x00189423, "LO", "f 1.2.826.0.1.3680043.999.9"]]));
    expect(short.text("00189423")).toBe(`f ${short.text("00200052")}`);
  });

  it("34 SOP Classes, coding schemes and well-known frames of reference stay", () => {
    const { text } = deidentify(buildFile([[0x00200052, "UI", "1.2.840.10008.1.4.1.1"], ...references.slice(1)]));
    expect(text("00080016")).toBe(CT);
    expect(text("00200052")).toBe("1.2.840.10008.1.4.1.1");
    expect(text("00081115/0/0008114a/0/00081150")).toBe(CT);
  });

  it("35 new UIDs are valid", () => {
    for (const { element } of leavesOf(deidentify(buildFile(references)).part10.dataset))
      expect(element.vr !== "UI" || element.valueEnd - element.valueStart <= 64).toBe(true);
  });

  it("38 two keys share no UID", () => {
    const other = createDicomDeidentifier({ key: { name: "b", secret: Buffer.alloc(32, 9) }, options: [] });
    expect(other.deidentify(walkPart10(buildFile())).sopInstanceUid).not.toBe(
      deidentify(buildFile()).result.sopInstanceUid,
    );
  });

  it("Retain UIDs keeps them all", () => {
    const { text } = deidentify(buildFile(references), ["retain-uids"]);
    expect(text("00080018")).toBe("1.2.826.0.1.3680043.999.4");
    expect(text("00081115/0/0020000e")).toBe("1.2.826.0.1.3680043.999.2");
    expect(text("00189423")).toContain("3680043.999.9");
  });
});

describe("E. Patients", () => {
  it("39 and 40 a patient is known by ID and issuer", () => {
    const idOf = (specs: Spec[]): string => deidentify(buildFile(specs)).text("00100020")!;
    const jane = idOf([]);
    expect(idOf([[0x00100010, "PN", "Married^Jane"]])).toBe(jane);
    expect(idOf([[0x00100020, "LO", " MRN-445566 "]])).toBe(jane);
    expect(idOf([[0x00100021, "LO", "OTHER"]])).not.toBe(jane);
    expect(idOf([[0x00100020, "LO", "MRN-445567"]])).not.toBe(jane);
  });

  it("40 patients without an ID do not become one", () => {
    const idOf = (study: string): string =>
      deidentify(
        buildFile([
          [0x00100020, "LO", ""],
          [0x0020000d, "UI", study],
        ]),
      ).text("00100020")!;
    expect(idOf("1.2.826.0.1.1")).not.toBe(idOf("1.2.826.0.1.2"));
  });

  it("42 Patient ID and Patient Name say the same pseudonym", () => {
    const { text } = deidentify(buildFile([[0x00101002, "SQ", [[[0x00100020, "LO", "OLD-1"]]]]]));
    expect(text("00100010")).toBe(text("00100020"));
    expect(text("00101002")).toBeUndefined();
  });
});

describe("F. Dates", () => {
  const times: Spec[] = [
    [0x00080022, "DA", "20200301"],
    [0x00080032, "TM", "000001"],
    [0x0008002a, "DT", "20200301000001.5+0100"],
    [0x00080201, "SH", "+0100"],
    [0x00540016, "SQ", [[[0x00181078, "DT", "20200229235000.000"]]]],
    [0x00181200, "DA", "20190101\\20200101"],
  ];
  const parse = (text: string): number =>
    Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}T00:00:00Z`) / 86_400_000;

  it("44, 45, 46 and 50 all dates of a patient move by the same days, times not at all", () => {
    const { text, result } = deidentify(buildFile(times), ["modified-dates"]);
    const days = deidentifierWith([]).pseudonyms.dateShift(result.identity);
    expect(days).toBeLessThan(0);
    for (const [path, before] of [
      ["00080020", "20200229"],
      ["00080022", "20200301"],
      ["00540016/0/00181078", "20200229"],
      ["0008002a", "20200301"],
    ] as const)
      expect(parse(text(path)!) - parse(before)).toBe(days);
    expect(text("00080032")).toBe("000001");
    expect(text("0008002a")).toMatch(/000001\.5\+0100$/);
    expect(text("00080030")).toBe("235959.5");
    expect(text("00080201")).toBe("+0100");
    expect(text("00181200")!.split("\\").map(parse)).toEqual([parse("20190101") + days, parse("20200101") + days]);
    expect(text("00100030")).toBe("");
  });

  it("44 an invalid date is removed or replaced, never kept", () => {
    const { text, bytes } = deidentify(
      buildFile([
        [0x00080020, "DA", "EXEMPLAR"],
        [0x00080022, "DA", "20209999"],
        [0x00080032, "TM", "Exemplar"],
      ]),
      ["modified-dates"],
    );
    expect(text("00080020")).toBe("");
    expect(text("00080022")).toBeUndefined();
    expect(text("00080032")).toBeUndefined();
    expect(bytes.includes("20209999")).toBe(false);
  });

  it("47 ages above 89 become 90, in any unit", () => {
    const age = (value: string): string | undefined =>
      deidentify(buildFile([[0x00101010, "AS", value]]), ["retain-patient-characteristics"]).text("00101010");
    expect(age("095Y")).toBe("090Y");
    expect(age("055Y")).toBe("055Y");
    expect(age("Jane")).toBeUndefined();
  });

  it.each([
    [[], undefined, "REMOVED"],
    [["full-dates"], undefined, "UNMODIFIED"],
    [["modified-dates"], undefined, "MODIFIED"],
    [["full-dates"], "REMOVED", "REMOVED"],
    [["full-dates"], "MODIFIED", "MODIFIED"],
  ] as const)("49 (0028,0303) under %j of %s is %s", (options, before, after) => {
    expect(deidentify(buildFile(before ? [[0x00280303, "CS", before]] : []), options).text("00280303")).toBe(after);
  });

  it("refuses to keep and to shift dates at once", () => {
    expect(() => deidentifierWith(["full-dates", "modified-dates"])).toThrow("exclude each other");
  });
});
