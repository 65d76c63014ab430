import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PolicyOption } from "../../src/contract/policy.ts";
import type { Dataset } from "../../src/main/dicom/element.ts";
import { walkPart10, type Part10 } from "../../src/main/dicom/part10.ts";
import { createDicomDeidentifier } from "../../src/main/deidentify/dicom/deidentifier.ts";
import { hostileFile, part, sequence, type Part } from "./hostile-instance.ts";

/** The standard's table read once more, straight from its extract and by other code than the product's. */
const TABLE = join(process.cwd(), "..", "shared", "standards", "ps315", "table_E.1-1_2026c.json");
const present = existsSync(TABLE);

type Column =
  | "rtnUIDsOpt"
  | "rtnDevIdOpt"
  | "rtnInstIdOpt"
  | "rtnPatCharsOpt"
  | "rtnLongFullDatesOpt"
  | "rtnLongModifDatesOpt"
  | "cleanDescOpt"
  | "cleanGraphOpt"
  | "rtnSafePrivOpt";
type Row = Record<Column | "tag" | "basicProfile" | "vr" | "keyword", string>;

const COLUMNS: Record<PolicyOption, Column> = {
  "retain-uids": "rtnUIDsOpt",
  "retain-device": "rtnDevIdOpt",
  "retain-institution": "rtnInstIdOpt",
  "retain-patient-characteristics": "rtnPatCharsOpt",
  "full-dates": "rtnLongFullDatesOpt",
  "modified-dates": "rtnLongModifDatesOpt",
  "clean-descriptors": "cleanDescOpt",
  "clean-graphics": "cleanGraphOpt",
  "retain-safe-private": "rtnSafePrivOpt",
};
const OPTIONS = Object.keys(COLUMNS) as PolicyOption[];

/** Valid for the VR, unlike any dummy, and of a word that no allow-list has. */
const VALUES: Record<string, string | Buffer> = {
  AE: "ZKAE",
  AS: "077Y",
  CS: "ZKCS",
  DA: "20170617",
  DS: "77.5",
  DT: "20170617112233",
  IS: "7717",
  LO: "Zklo text",
  LT: "Zklt text",
  OB: Buffer.from("zkob"),
  OW: Buffer.from("zkow"),
  PN: "Zkperson^Adam",
  SH: "Zksh",
  ST: "Zkst text",
  TM: "112233.5",
  UC: "Zkuc text",
  UI: "1.2.826.0.1.3680043.555.1",
  UL: Buffer.from([7, 1, 7, 1]),
  US: Buffer.from([7, 1]),
  UN: "Zkun",
  UR: "http://zkurl.example/",
  UT: "Zkut text",
  FD: Buffer.alloc(8, 0x41),
  FL: Buffer.alloc(4, 0x41),
  SL: Buffer.alloc(4, 0x41),
};

/** Rows newer than the dictionary that the extract took its VRs from; PS3.6 gives these. */
const NEWER: Record<string, string> = {
  "(0010,0043)": "SQ",
  "(0010,0046)": "SQ",
  "(0010,2161)": "SQ",
  "(0040,A034)": "DT",
  "(0040,A035)": "DT",
  "(0040,B034)": "DT",
  "(0040,B036)": "DT",
  "(300A,0054)": "UI",
};

function rowsOf(): { tag: number; row: Row; vr: string }[] {
  const { rows } = JSON.parse(readFileSync(TABLE, "utf8")) as { rows: Row[] };
  const concrete = rows.flatMap((row) => {
    const match = /^\(([0-9A-F]{4}),([0-9A-F]{4})\)$/i.exec(row.tag);
    const tag = match === null ? Number.NaN : Number.parseInt(match[1]! + match[2]!, 16);
    const vr = (row.vr || NEWER[row.tag] || "LO").split(/[ /]/)[0]!;
    return match === null || tag >>> 16 < 8 || tag === 0x00080005 ? [] : [{ tag, row, vr }];
  });
  return concrete;
}

function plant(tag: number, vr: string): Part {
  if (vr === "SQ")
    return sequence(tag, [[part(0x00081030, "LO", "Zkinner text"), part(0x00280010, "US", Buffer.from([7, 7]))]]);
  return part(tag, vr, VALUES[vr] ?? "Zk");
}

/** "absent", "empty", "same" or "other". */
function fateOf(part10: Part10, dataset: Dataset, planted: Part): string {
  const element = dataset.elements.find(({ tag }) => tag === planted.tag);
  if (element === undefined) return "absent";
  if (element.valueEnd === element.valueStart) return "empty";
  const same = part10.bytes.subarray(element.valueStart, element.valueEnd).equals(planted.value);
  return same ? "same" : "other";
}

/** What may become of the value by the table's letters. An option's K or C stands in place of the profile's action. */
function allowed(row: Row, vr: string, options: readonly PolicyOption[]): string[] {
  const byOption = options.map((option) => row[COLUMNS[option]]).filter((action) => action !== "");
  if (byOption.includes("C")) {
    if (options.includes("modified-dates") && row.rtnLongModifDatesOpt === "C")
      return ["TM"].includes(vr) ? ["same", "absent", "empty"] : ["other", "absent", "empty"];
    return ["other", "absent", "empty"];
  }
  if (byOption.includes("K")) return vr === "SQ" ? ["same", "other"] : ["same"];
  const fates = row.basicProfile
    .split("/")
    .flatMap(
      (action) => ({ X: ["absent"], Z: ["empty", "other"], D: ["other"], U: ["other"], "U*": ["other"] })[action] ?? [],
    );
  return [...new Set(fates)];
}

function check(options: readonly PolicyOption[], nestedToo: boolean): string[] {
  const found: string[] = [];
  const rows = rowsOf();
  const planted = rows.map(({ tag, vr }) => plant(tag, vr));
  const deidentifier = createDicomDeidentifier({
    key: { name: "k", secret: Buffer.alloc(32, 9) },
    options,
    sweep: false,
  });
  const inner = nestedToo ? [sequence(0x00189346, [planted])] : planted;
  const output = walkPart10(
    Buffer.concat(deidentifier.deidentify(walkPart10(hostileFile({ parts: inner }))).pieces as Buffer[]),
  );
  const dataset = nestedToo
    ? output.dataset.elements.find(({ tag }) => tag === 0x00189346)!.items![0]!.dataset
    : output.dataset;
  for (const [index, { row, vr }] of rows.entries()) {
    const fate = fateOf(output, dataset, planted[index]!);
    const may = allowed(row, vr, options);
    if (!may.includes(fate))
      found.push(`${row.tag} ${row.keyword} ${vr} ${row.basicProfile}: ${fate}, not ${may.join(" or ")}`);
  }
  return found;
}

const SETS: PolicyOption[][] = [
  [],
  ...OPTIONS.map((option) => [option]),
  OPTIONS.filter((option) => option !== "full-dates"),
  OPTIONS.filter((option) => option !== "modified-dates"),
  ["retain-device", "modified-dates"],
  ["retain-patient-characteristics", "clean-descriptors"],
];

describe.skipIf(!present)(`Table E.1-1, every row${present ? "" : " (skipped: ../shared is not here)"}`, () => {
  it.each(SETS.map((options) => ({ options })))("is what happens under $options at the top level", ({ options }) => {
    expect(rowsOf().length).toBeGreaterThan(640);
    expect(check(options, false)).toEqual([]);
  });
  it.each(SETS.map((options) => ({ options })))("is what happens under $options in an item", ({ options }) => {
    expect(check(options, true)).toEqual([]);
  });
});
