import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import { addSource } from "../../src/main/catalog/sources.ts";
import { syncTarget } from "../../src/main/catalog/sync.ts";
import type { IndexedInstance } from "../../src/main/sources/source.ts";

const MODALITIES = ["CT", "MR", "CR", "US", "DX"] as const;
const FAMILIES = ["Silva", "Sharma", "Müller", "山田", "Иванов", "Souza", "Gupta", "Kim"];
const DESCRIPTIONS = ["chest", "abdomen", "head", "knee", "spine", "follow-up", "without contrast"];
const STUDIES_A_PATIENT = 3;
const DAYS = 3_000;
const FIRST_DAY = Date.UTC(2017, 0, 1);

/** The key file of a workspace that `makeManyStudies` made. */
export function keyFileOf(workspace: string): string {
  return `${workspace}.key`;
}

/**
 * A workspace whose catalog holds so many studies of one instance each, without the files: for lists and plans. Made once for a folder.
 *
 * @returns its folder
 */
export async function makeManyStudies(cache: string, studies: number): Promise<string> {
  const folder = join(cache, `many-studies-${studies}`);
  const whole = `${folder}.whole`;
  if (existsSync(whole)) return folder;
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(keyFileOf(folder), Buffer.alloc(32, 1), { mode: 0o600 });
  const workspace = await openWorkspace(folder, () => ({ kind: "key-file", path: keyFileOf(folder) }));
  try {
    const { catalog } = workspace;
    const { id } = addSource(catalog, { kind: "folder", name: "Archive", config: { path: join(cache, "nowhere") } });
    const target = syncTarget(catalog, id);
    for (let study = 0; study < studies; study++) target.put(instanceOf(study));
    target.finish(true);
  } finally {
    workspace.close();
  }
  writeFileSync(whole, "");
  return folder;
}

function instanceOf(study: number): IndexedInstance {
  const patient = Math.floor(study / STUDIES_A_PATIENT);
  const uid = `1.2.826.0.1.3680043.9.7.${study}`;
  const modality = pick(MODALITIES, study);
  const day = new Date(FIRST_DAY + ((study * 7_919) % DAYS) * 86_400_000);
  const date = day.toISOString().slice(0, 10).replaceAll("-", "");
  return {
    locator: { ref: `${patient}/${study}`, size: 500_000 + (study % 1_000), stamp: `${study}-1` },
    description: {
      sopInstanceUid: `${uid}.1.1`,
      sopClassUid: "1.2.840.10008.5.1.4.1.1.2",
      studyInstanceUid: uid,
      seriesInstanceUid: `${uid}.1`,
      transferSyntaxUid: "1.2.840.10008.1.2.1",
      patientId: `P${String(patient).padStart(7, "0")}`,
      issuerOfPatientId: "",
      patientName: `${pick(FAMILIES, patient)}^Patient ${patient}`,
      patientBirthDate: `${1930 + (patient % 80)}0102`,
      patientSex: patient % 2 === 0 ? "F" : "M",
      studyDate: date,
      studyTime: "101500",
      studyDescription: `${modality} ${pick(DESCRIPTIONS, study)}`,
      studyId: String(study),
      accessionNumber: `A${study}`,
      modality,
      seriesDescription: "axial",
      seriesNumber: 1,
      bodyPartExamined: "CHEST",
      instanceNumber: 1,
      numberOfFrames: 1,
      rows: 512,
      columns: 512,
      imageType: String.raw`ORIGINAL\PRIMARY`,
      burnedInAnnotation: "",
      institutionName: "General",
      stationName: "CT1",
      manufacturer: "Maker",
    },
  };
}

function pick<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T;
}
