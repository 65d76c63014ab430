import { describe, expect, it } from "vitest";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { heldReasons } from "../../src/main/deidentify/hold-back.ts";
import { pseudonymiseDocument } from "../../src/main/deidentify/json.ts";
import { createPseudonyms } from "../../src/main/deidentify/pseudonym.ts";
import { CT, header, hostileFile, part, sequence, type Hostile, type Part } from "./hostile-instance.ts";

const STORAGE = "1.2.840.10008.5.1.4.1.1.";
const REPORT = part(0x00080016, "UI", `${STORAGE}88.22`);
const IMAGE = part(0x00080016, "UI", CT);
const held = (hostile: Hostile): string[] => heldReasons(walkPart10(hostileFile(hostile))).map(({ code }) => code);

function encapsulated(...fragments: string[]): Part {
  const items = fragments.map((text) => {
    const bytes = Buffer.from(text + " ".repeat(text.length % 2));
    return Buffer.concat([header(0xfffee000, bytes.length), bytes]);
  });
  return { tag: 0x7fe00010, vr: "OB", value: Buffer.concat([...items, header(0xfffee0dd, 0)]), undefinedLength: true };
}

describe("What has to be held back does not get by", () => {
  it.each<[string, Hostile, string]>([
    ["a report that is an image first", { parts: [IMAGE, REPORT] }, "structured-report"],
    ["a report that is an image second", { parts: [REPORT, IMAGE] }, "structured-report"],
    ["a report among two classes", { parts: [part(0x00080016, "UI", `${CT}\\${STORAGE}88.22`)] }, "structured-report"],
    ["a report behind a space", { parts: [part(0x00080016, "UI", ` ${STORAGE}88.22`)] }, "structured-report"],
    ["a report of another VR", { parts: [part(0x00080016, "LO", `${STORAGE}88.22`)] }, "structured-report"],
    ["a report in UN", { parts: [part(0x00080016, "UN", `${STORAGE}88.22`)] }, "structured-report"],
    ["burned-in text said second", { parts: [part(0x00280301, "CS", "NO\\YES")] }, "burned-in-annotation"],
    [
      "burned-in text said twice",
      { parts: [part(0x00280301, "CS", "NO"), part(0x00280301, "CS", "YES")] },
      "burned-in-annotation",
    ],
    ["bytes behind the last pixel", { parts: [part(0x7fe00010, "OW", "1234Exemplar")] }, "bytes-behind-pixels"],
    [
      "a text in the table of offsets",
      { parts: [encapsulated("Exemplar^Jane..", "1234")], transferSyntax: "1.2.840.10008.1.2.4.70" },
      "bytes-behind-pixels",
    ],
    [
      "a second fragment of one RLE frame",
      { parts: [encapsulated("", "1234", "Exemplar")], transferSyntax: "1.2.840.10008.1.2.5" },
      "bytes-behind-pixels",
    ],
    [
      "ultrasound with a region that is nowhere",
      { parts: [part(0x00080016, "UI", `${STORAGE}6.1`), sequence(0x00186011, [[]])] },
      "ultrasound-without-regions",
    ],
    ["an inventory", { parts: [part(0x00080016, "UI", `${STORAGE}201.1`)] }, "inventory"],
    [
      "a class that only looks like DICOM's",
      { parts: [part(0x00080016, "UI", "1.2.840.10008.5.1.4.1.2")] },
      "private-object",
    ],
    ["no class at all", { parts: [part(0x00080016, "UI", "Exemplar")] }, "private-object"],
  ])("%s", (_, hostile, code) => expect(held(hostile)).toContain(code));

  it("nor does a plain image stay", () => expect(held({})).toEqual([]));
});

describe("An AI result", () => {
  const context = {
    pseudonyms: createPseudonyms({ name: "k", secret: Buffer.alloc(32, 3) }),
    options: [],
    identity: { issuer: "", id: "MRN-445566" },
    description: { patientId: "MRN-445566", patientName: "Müller^Hans", patientBirthDate: "19310203" },
  };
  const cleaned = (json: string): string =>
    JSON.stringify(pseudonymiseDocument(JSON.parse(json) as unknown, context).document);

  it.each([
    ['{"Müller":1,"hans":2,"ID_445566":3,"nodule_19310203":4}', "{}"],
    ['{"__proto__":{"a":"Hans"},"constructor":{"prototype":"Hans"}}', "{}"],
    ['{"note":5551234567,"value":123456789,"volume":1e20,"area":19310203,"score":445566}', "{}"],
    ['{"values":[1931,2,3],"points":[3,2,1931]}', "{}"],
    ['{"boxes":[["445566",445566,"MRN-445566"]]}', '{"boxes":[[null,null,null]]}'],
    ['{"label":"Hаns","text":"<b>Mueller</b>","result":"TXVlbGxlcg==","type":"5-5-5-1-2-3"}', "{}"],
    ['{"date":"3.2.1931","summary":"born Feb 3 1931","path":"/home/mueller/ct.json"}', '{"date":null}'],
    ['{"seriesUid":"1.2.840.10008.19310203"}', undefined],
    ['{"text":"lung nodule, Dr. Hand"}', '{"text":"lung nodule"}'],
    [
      '{"model":"lung-nodule","version":"1.2.0","box":[1,2,3,4],"score":0.93}',
      '{"model":"lung-nodule","version":"1.2.0","box":[1,2,3,4],"score":0.93}',
    ],
  ])("of %s leaves %s", (json, expected) => {
    const left = cleaned(json);
    for (const secret of ["ller", "hans", "445566", "1931", "5551234567", "TXVl", "Hand"])
      expect(left).not.toContain(secret);
    if (expected !== undefined && !expected.includes("date")) expect(left).toBe(expected);
  });

  it.each(["Mueller", "Müller", "445566", "nodule_445566", "20200229", "MR Hans", "../etc", "x".repeat(300)])(
    "called %s is called analysis",
    (name) => expect(pseudonymiseDocument({}, context).name(name)).toBe("analysis"),
  );
});
