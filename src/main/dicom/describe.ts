import type { InstanceDescription } from "./description.ts";
import type { Element } from "./element.ts";
import type { Part10 } from "./part10.ts";
import { readNumbers, readText } from "./values.ts";
import { DOUBLE_FLOAT_PIXEL_DATA, FLOAT_PIXEL_DATA, PIXEL_DATA } from "./tag.ts";

type TextField = {
  [Key in keyof InstanceDescription]: InstanceDescription[Key] extends string ? Key : never;
}[keyof InstanceDescription];

/** Tag to field: the first value, of a name all component groups. */
const TEXT_FIELDS: ReadonlyMap<number, TextField> = new Map([
  [0x00080016, "sopClassUid"],
  [0x00080018, "sopInstanceUid"],
  [0x00080020, "studyDate"],
  [0x00080030, "studyTime"],
  [0x00080050, "accessionNumber"],
  [0x00080060, "modality"],
  [0x00080070, "manufacturer"],
  [0x00080080, "institutionName"],
  [0x00081010, "stationName"],
  [0x00081030, "studyDescription"],
  [0x0008103e, "seriesDescription"],
  [0x00100010, "patientName"],
  [0x00100020, "patientId"],
  [0x00100021, "issuerOfPatientId"],
  [0x00100030, "patientBirthDate"],
  [0x00100040, "patientSex"],
  [0x00180015, "bodyPartExamined"],
  [0x0020000d, "studyInstanceUid"],
  [0x0020000e, "seriesInstanceUid"],
  [0x00200010, "studyId"],
  [0x00280301, "burnedInAnnotation"],
]);

const IMAGE_TYPE = 0x00080008;
const SERIES_NUMBER = 0x00200011;
const INSTANCE_NUMBER = 0x00200013;
const NUMBER_OF_FRAMES = 0x00280008;
const ROWS = 0x00280010;
const COLUMNS = 0x00280011;

/** Reads what the catalog knows of an instance in one pass over its top-level elements. Works on what readHeader returns. */
export function describeInstance(part10: Part10): InstanceDescription {
  const description = emptyDescription(part10.transferSyntaxUid);
  let frames = 0;
  let pixels = false;
  for (const element of part10.dataset.elements) {
    const { tag } = element;
    const field = TEXT_FIELDS.get(tag);
    if (field !== undefined) description[field] = firstText(part10, element);
    else if (tag === IMAGE_TYPE) description.imageType = readText(part10, part10.dataset, element);
    else if (tag === SERIES_NUMBER) description.seriesNumber = firstInteger(part10, element);
    else if (tag === INSTANCE_NUMBER) description.instanceNumber = firstInteger(part10, element);
    else if (tag === NUMBER_OF_FRAMES) frames = Math.max(0, firstInteger(part10, element) ?? 0);
    else if (tag === ROWS) description.rows = firstInteger(part10, element) ?? 0;
    else if (tag === COLUMNS) description.columns = firstInteger(part10, element) ?? 0;
    else if (tag === PIXEL_DATA || tag === FLOAT_PIXEL_DATA || tag === DOUBLE_FLOAT_PIXEL_DATA) pixels = true;
  }
  description.numberOfFrames = pixels ? frames || 1 : 0;
  return description;
}

function firstText(part10: Part10, element: Element): string {
  const text = readText(part10, part10.dataset, element);
  const delimiter = text.indexOf("\\");
  return (delimiter < 0 ? text : text.slice(0, delimiter)).trim();
}

/** IS and US alike. Null where there is no whole number. */
function firstInteger(part10: Part10, element: Element): number | null {
  const value = readNumbers(part10, part10.dataset, element)[0];
  return value === undefined || !Number.isSafeInteger(value) ? null : value;
}

function emptyDescription(transferSyntaxUid: string): InstanceDescription {
  return {
    sopInstanceUid: "",
    sopClassUid: "",
    studyInstanceUid: "",
    seriesInstanceUid: "",
    transferSyntaxUid,
    patientId: "",
    issuerOfPatientId: "",
    patientName: "",
    patientBirthDate: "",
    patientSex: "",
    studyDate: "",
    studyTime: "",
    studyDescription: "",
    studyId: "",
    accessionNumber: "",
    modality: "",
    seriesDescription: "",
    seriesNumber: null,
    bodyPartExamined: "",
    instanceNumber: null,
    numberOfFrames: 0,
    rows: 0,
    columns: 0,
    imageType: "",
    burnedInAnnotation: "",
    institutionName: "",
    stationName: "",
    manufacturer: "",
  };
}
