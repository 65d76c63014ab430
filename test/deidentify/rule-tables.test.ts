import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { formatResource, makeRules, makeTypes } from "../../scripts/make-deidentification-rules.ts";
import { readDocBookTable } from "../../scripts/read-docbook-table.ts";
import { ruleFor } from "../../src/main/deidentify/dicom/rules.ts";
import { projectRoot } from "../support/run-command.ts";
import { sharedData } from "../support/samples.ts";
import { CT } from "./build-instance.ts";

const standard = sharedData("standards/ps315");
const COLUMNS = {
  rtnSafePrivOpt: "safePrivate",
  rtnUIDsOpt: "uids",
  rtnDevIdOpt: "device",
  rtnInstIdOpt: "institution",
  rtnPatCharsOpt: "patientCharacteristics",
  rtnLongFullDatesOpt: "fullDates",
  rtnLongModifDatesOpt: "modifiedDates",
  cleanDescOpt: "descriptors",
  cleanStructContOpt: "structuredContent",
  cleanGraphOpt: "graphics",
};

describe.skipIf(!standard.present)(`The rule tables${standard.note}`, () => {
  let rules: ReturnType<typeof makeRules>;
  beforeAll(() => {
    rules = makeRules(standard.path);
  });

  it("are what the script makes of the standard", () => {
    const committed = (name: string): string => readFileSync(join(projectRoot, "resources", name), "utf8");
    expect(committed("deidentification-rules.json")).toBe(formatResource(rules));
    expect(committed("attribute-types.json")).toBe(formatResource(makeTypes(standard.path, rules)));
  });

  it("hold each of the 656 rows as an independent extraction has it", () => {
    const { rows } = JSON.parse(readFileSync(join(standard.path, "table_E.1-1_2026c.json"), "utf8")) as {
      rows: Record<string, string>[];
    };
    const independent = rows.map((row) => [
      row["tag"]!.includes("odd") ? "private" : row["tag"]!.replaceAll(/[(),]/g, "").toLowerCase(),
      row["basicProfile"],
      Object.fromEntries(
        Object.entries(COLUMNS).flatMap(([theirs, ours]) => (row[theirs] ? [[ours, row[theirs]]] : [])),
      ),
    ]);
    expect(rules.rows).toHaveLength(656);
    expect(rules.rows.map(([tag, , basic, options]) => [tag, basic, options])).toEqual(independent);
  });

  it("hold each of the 479 safe private attributes", () => {
    const { rows } = JSON.parse(
      readFileSync(join(standard.path, "table_E.3.10-1_safe_private_2026c.json"), "utf8"),
    ) as {
      rows: { tag: string; privateCreator: string; vr: string }[];
    };
    expect(rules.safePrivate).toHaveLength(479);
    expect(rules.safePrivate.map(([group, element, creator]) => `(${group},xx${element}) ${creator}`)).toEqual(
      rows.map(({ tag, privateCreator }) => `${tag.toLowerCase()} ${privateCreator}`),
    );
  });

  it("give every row a rule under every option", () => {
    const tags = rules.rows.map(([tag]) => tag).filter((tag) => /^[0-9a-f]{8}$/.test(tag));
    for (const option of ["retain-uids", "modified-dates", "clean-descriptors"] as const)
      for (const tag of tags) expect(ruleFor(new Set([option]), CT, tag), tag).toBeDefined();
  });
});

describe("Rules", () => {
  it("take the less telling of two options that disagree: a calibration date is shifted, not kept", () => {
    for (const tag of ["00181200", "0018700c", "00181204", "0014407e"]) {
      expect(ruleFor(new Set(["retain-device", "modified-dates"]), CT, tag)?.kind).toBe("shift");
      expect(ruleFor(new Set(["retain-device"]), CT, tag)?.kind).toBe("keep");
    }
  });

  it("resolve a compound action by the Type of the attribute in its IOD", () => {
    const basic = new Set<never>();
    const segmentation = "1.2.840.10008.5.1.4.1.1.66.4";
    const pet = "1.2.840.10008.5.1.4.1.1.128";
    expect(ruleFor(basic, CT, "00080021")?.kind).toBe("remove");
    expect(ruleFor(basic, pet, "00080021")?.kind).toBe("dummy");
    expect(ruleFor(basic, pet, "00080022")?.kind).toBe("empty");
    expect(ruleFor(basic, CT, "00080023")?.kind).toBe("empty");
    expect(ruleFor(basic, segmentation, "00080023")?.kind).toBe("dummy");
    expect(ruleFor(basic, segmentation, "00181000")?.kind).toBe("dummy");
    expect(ruleFor(basic, CT, "00081140")?.kind).toBe("remove");
    expect(ruleFor(basic, "1.2.840.10008.5.1.4.1.1.11.1", "00081115.00081140")?.kind).toBe("uid");
  });

  it("keep an object of an unknown IOD valid: the dummy rather than the removal", () => {
    const private_ = "1.3.12.2.1107.5.9.1";
    expect(ruleFor(new Set(), private_, "00080021")?.kind).toBe("dummy");
    expect(ruleFor(new Set(), private_, "00080032")?.kind).toBe("empty");
  });

  it("know nothing of an even-group tag that PS3.6 does not have", () => {
    expect(ruleFor(new Set(), CT, "0018abcd")).toBeUndefined();
  });
});

describe("readDocBookTable", () => {
  it("reads cells as plain text, entities and empty cells included", () => {
    const xml = `<table xml:id="t"><thead><tr><th/></tr></thead><tbody><tr><td><para>A &amp; B</para>\n<para>C</para></td><td/></tr></tbody></table>`;
    expect(readDocBookTable(xml, "t")).toEqual([["A & B C", ""]]);
  });

  it("refuses a table that is not there", () => {
    expect(() => readDocBookTable("<book/>", "table_X")).toThrow("no table table_X");
  });
});
