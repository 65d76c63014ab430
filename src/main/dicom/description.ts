/**
 * What the catalog and the metadata documents know of one instance. Values are decoded text as they stand (padding trimmed),
 * the first value of a multi-valued attribute unless said otherwise; "" where the attribute is absent or empty.
 */
export interface InstanceDescription {
  sopInstanceUid: string;
  sopClassUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  transferSyntaxUid: string;
  patientId: string;
  /** (0010,0021) Issuer of Patient ID */
  issuerOfPatientId: string;
  /** All component groups, as decoded: "Yamada^Tarou=山田^太郎=やまだ^たろう" */
  patientName: string;
  /** DA as it stands */
  patientBirthDate: string;
  patientSex: string;
  studyDate: string;
  studyTime: string;
  studyDescription: string;
  studyId: string;
  accessionNumber: string;
  modality: string;
  seriesDescription: string;
  seriesNumber: number | null;
  bodyPartExamined: string;
  instanceNumber: number | null;
  /** 1 where absent and pixel data stands; 0 where the instance has no pixel data */
  numberOfFrames: number;
  rows: number;
  columns: number;
  /** All values, joined by a backslash */
  imageType: string;
  burnedInAnnotation: string;
  institutionName: string;
  stationName: string;
  manufacturer: string;
}
