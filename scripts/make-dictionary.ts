/**
 * Makes resources/dictionary.json: the public data elements of PS3.6, as the npm package dcmjs carries them (its pinned version stands in
 * package.json; the script writes it into the file). Private elements and those of other standards' own groups are left out. Names are
 * those of PS3.15 Table E.1-1 where it has them (resources/deidentification-rules.json holds the table) and keywords do not say them.
 *
 *     node scripts/make-dictionary.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nameOfKeyword } from "../src/main/dicom/name-of-keyword.ts";
import type { RuleFile } from "./make-deidentification-rules.ts";

interface SourceEntry {
  tag: string;
  vr: string;
  vm: string;
  name?: string;
  version: string;
}

/** VRs of the source that depend on other elements, as what they are in implicit VR and in default: PS3.5 A.1 and PS3.6 table 6-1. */
const RESOLVED: Readonly<Record<string, string>> = { xs: "US", ox: "OW", lt: "OW", up: "UL" };

/**
 * Elements that are newer than the source or wrong in it: names after PS3.15 2026c Table E.1-1, VRs after the Innolitics list of 2024b
 * where it has them, otherwise concluded from the name (a "... Sequence" is SQ). An element's VR decides in implicit VR whether
 * sequences are looked into.
 */
const CORRECTIONS: readonly string[] = [
  "00081301 SQ 1 PrincipalDiagnosisCodeSequence",
  "00081302 SQ 1 PrimaryDiagnosisCodeSequence",
  "00081303 SQ 1 SecondaryDiagnosesCodeSequence",
  "00081304 SQ 1 HistologicalDiagnosesCodeSequence",
  "00100011 SQ 1 PersonNamesToUseSequence",
  "00100012 LT 1 NameToUse",
  "00100013 UT 1 NameToUseComment",
  "00100014 SQ 1 ThirdPersonPronounsSequence",
  "00100015 SQ 1 PronounCodeSequence",
  "00100016 UT 1 PronounComment",
  "00100041 SQ 1 GenderIdentitySequence",
  "00100042 UT 1 SexParametersForClinicalUseCategoryComment",
  "00100043 SQ 1 SexParametersForClinicalUseCategorySequence",
  "00100044 SQ 1 GenderIdentityCodeSequence",
  "00100045 UT 1 GenderIdentityComment",
  "00100046 SQ 1 SexParametersForClinicalUseCategoryCodeSequence",
  "00100047 UR 1-n SexParametersForClinicalUseCategoryReference",
  "00102162 UC 1-n EthnicGroups",
  "0040A034 DT 1 EffectiveStartDateTime",
  "0040A035 DT 1 EffectiveStopDateTime",
  "0040B034 DT 1 AnnotationDateTime",
  "0040B036 DT 1 SegmentDefinitionDateTime",
  "0040E012 UR 1 DisplayURI",
  "00660040 OL 1 !LongPrimitivePointIndexList",
  "00660041 OL 1 !LongTrianglePointIndexList",
  "00660042 OL 1 !LongEdgePointIndexList",
  "00660043 OL 1 !LongVertexPointIndexList",
  "006862F0 SQ 1 ViewOrientationModifierCodeSequence",
  "0070150C UL 1 NumberOfVolumetricCurvePoints",
  "00760034 SQ 1 ComponentTypeCodeSequence",
];

/**
 * "GGGG-HHHH,EEEE-FFFF" with "x" for repeating digits, one string an element: "tag VR VM keyword", and its name where
 * that is not the keyword as words. A "!" before the keyword: retired.
 */
function compact(
  entries: readonly SourceEntry[],
  names: ReadonlyMap<string, string>,
): { elements: string[]; repeating: string[] } {
  const elements: string[] = [...CORRECTIONS];
  const corrected = new Set(CORRECTIONS.map((line) => line.slice(0, 8)));
  const repeating: string[] = [];
  for (const entry of entries) {
    if (entry.name === undefined || entry.version === "PrivateTag" || entry.vr === "na") continue;
    const retired = entry.name.startsWith("RETIRED_");
    const rest = `${RESOLVED[entry.vr] ?? entry.vr} ${entry.vm} ${retired ? "!" : ""}${entry.name.replace("RETIRED_", "")}`;
    const exact = /^\(([0-9A-F]{4}),([0-9A-F]{4})\)$/.exec(entry.tag);
    const groups = /^\((50|60|7F)00-\1FF,([0-9A-F]{4})\)$/.exec(entry.tag);
    if (exact && corrected.has(`${exact[1]}${exact[2]}`)) continue;
    if (exact) elements.push(`${exact[1]}${exact[2]} ${rest}`);
    else if (groups) repeating.push(`${groups[1]}xx${groups[2]} ${rest}`);
    else if (entry.tag === "(0020,3100-31FF)") repeating.push(`002031xx ${rest}`);
  }
  const named = elements.map((line) => {
    const [tag = "", , , word = ""] = line.split(" ");
    const name = names.get(tag.toLowerCase());
    return name === undefined || name === nameOfKeyword(word.replace("!", "")) ? line : `${line} ${name}`;
  });
  return { elements: named.toSorted(), repeating: repeating.toSorted() };
}

const root = join(import.meta.dirname, "..");
/** As a variable, since dcmjs declares no types for it. */
const specifier: string = "dcmjs/dictionary";
const { default: source } = (await import(specifier)) as { default: Record<string, SourceEntry> };
const { version } = JSON.parse(readFileSync(join(root, "node_modules/dcmjs/package.json"), "utf8")) as {
  version: string;
};
const { rows, edition } = JSON.parse(
  readFileSync(join(root, "resources/deidentification-rules.json"), "utf8"),
) as RuleFile;
const names = new Map(rows.map(([tag, name]) => [tag, name]));
const made = {
  source: `PS3.6 as carried by dcmjs ${version} (dcmjs/dictionary), with the corrections of the script; names of PS3.15 ${edition} Table E.1-1`,
  madeBy: "scripts/make-dictionary.ts",
  form: "tag VR VM keyword [name]; ! before a retired keyword; VRs US|SS as US, OB|OW and US|OW as OW",
  ...compact(Object.values(source), names),
};
writeFileSync(join(root, "resources/dictionary.json"), `${JSON.stringify(made, null, 0)}\n`);
process.stdout.write(`${made.elements.length} elements, ${made.repeating.length} repeating\n`);
