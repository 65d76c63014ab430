import type { InstanceDescription } from "../../src/main/dicom/description.ts";
import type { IndexedInstance } from "../../src/main/sources/source.ts";

/** An instance as a source would index it; `change` is what a test is about. */
export function anInstance(
  ref: string,
  change: Partial<InstanceDescription> = {},
  locator: { size?: number; stamp?: string } = {},
): IndexedInstance {
  return {
    locator: { ref, size: locator.size ?? 1000, stamp: locator.stamp ?? "1-1" },
    description: {
      sopInstanceUid: `2.25.3.${[...Buffer.from(ref)].join("")}`,
      sopClassUid: "1.2.840.10008.5.1.4.1.1.2",
      studyInstanceUid: "2.25.1",
      seriesInstanceUid: "2.25.2",
      transferSyntaxUid: "1.2.840.10008.1.2.1",
      patientId: "P1",
      issuerOfPatientId: "",
      patientName: "Doe^Jane",
      patientBirthDate: "19700102",
      patientSex: "F",
      studyDate: "20240131",
      studyTime: "101500",
      studyDescription: "CT chest",
      studyId: "S1",
      accessionNumber: "ACC1",
      modality: "CT",
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
      ...change,
    },
  };
}
