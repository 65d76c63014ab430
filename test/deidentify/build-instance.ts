import {
  EXPLICIT_LITTLE_ENDIAN,
  encodeDataset,
  encodeFileMeta,
  encodeItemHeader,
  type NewElement,
} from "../../src/main/dicom/encode.ts";
import type { Dataset, Element, Encoding } from "../../src/main/dicom/element.ts";
import { walkPart10, type Part10 } from "../../src/main/dicom/part10.ts";
import { formatTag } from "../../src/main/dicom/tag.ts";
import { readValues } from "../../src/main/dicom/values.ts";
import {
  createDicomDeidentifier,
  type Deidentified,
  type DicomDeidentifier,
} from "../../src/main/deidentify/dicom/deidentifier.ts";
import type { PolicyOption } from "../../src/contract/policy.ts";

/** Text in Latin-1, bytes as they are, or the items of a sequence. */
export type Value = string | Buffer | Spec[][];
export type Spec = [tag: number, vr: string, value: Value];

export const CT = "1.2.840.10008.5.1.4.1.1.2";
export const TEST_KEY = { name: "test", secret: Buffer.alloc(32, 7) };

function encodeSpec([tag, vr, value]: Spec, encoding: Encoding): NewElement {
  if (typeof value === "string") return { tag, vr, value: Buffer.from(value, "latin1") };
  if (Buffer.isBuffer(value)) return { tag, vr, value };
  const items = value.map((item) => {
    const body = encodeDataset(
      item.map((spec) => encodeSpec(spec, encoding)),
      encoding,
    );
    return Buffer.concat([encodeItemHeader(body.length, encoding), body]);
  });
  return { tag, vr, value: Buffer.concat(items) };
}

/** A CT instance of Jane Example with what a test adds or replaces, as a file. */
export function buildFile(specs: readonly Spec[] = [], encoding = EXPLICIT_LITTLE_ENDIAN): Buffer {
  const base: Spec[] = [
    [0x00080016, "UI", CT],
    [0x00080018, "UI", "1.2.826.0.1.3680043.999.4"],
    [0x00080020, "DA", "20200229"],
    [0x00080030, "TM", "235959.5"],
    [0x00080050, "SH", "ACC-778899"],
    [0x00080060, "CS", "CT"],
    [0x00100010, "PN", "Exemplar^Jane^Q"],
    [0x00100020, "LO", "MRN-445566"],
    [0x00100030, "DA", "19310203"],
    [0x0020000d, "UI", "1.2.826.0.1.3680043.999.1"],
    [0x0020000e, "UI", "1.2.826.0.1.3680043.999.2"],
    [0x00200010, "SH", "ST-31"],
    [0x00280010, "US", Buffer.from([2, 0])],
    [0x7fe00010, "OW", Buffer.from([1, 2, 3, 4])],
  ];
  const all = new Map([...base, ...specs].map((spec) => [spec[0], spec]));
  const transferSyntax = encoding.explicit ? "1.2.840.10008.1.2.1" : "1.2.840.10008.1.2";
  const meta = encodeFileMeta([
    { tag: 0x00020002, vr: "UI", value: Buffer.from(CT) },
    { tag: 0x00020003, vr: "UI", value: Buffer.from("1.2.826.0.1.3680043.999.4") },
    { tag: 0x00020010, vr: "UI", value: Buffer.from(transferSyntax) },
    { tag: 0x00020016, vr: "AE", value: Buffer.from("SECRETAET") },
  ]);
  return Buffer.concat([
    meta,
    encodeDataset(
      [...all.values()].map((spec) => encodeSpec(spec, encoding)),
      encoding,
    ),
  ]);
}

export function deidentifierWith(options: readonly PolicyOption[], extra: { sweep?: boolean } = {}): DicomDeidentifier {
  return createDicomDeidentifier({ key: TEST_KEY, options, recordChanges: true, ...extra });
}

export interface Output {
  result: Deidentified;
  bytes: Buffer;
  part10: Part10;
  /** Text of a path such as "00081115/0/0020000e"; undefined where nothing stands there. */
  text: (path: string) => string | undefined;
}

/** De-identifies a file and reads the output again. */
export function deidentify(
  file: Buffer,
  options: readonly PolicyOption[] = [],
  extra: { sweep?: boolean } = {},
): Output {
  const result = deidentifierWith(options, extra).deidentify(walkPart10(file));
  const bytes = Buffer.concat(result.pieces as Buffer[]);
  const part10 = walkPart10(bytes);
  return { result, bytes, part10, text: (path) => textAt(part10, part10.dataset, path.split("/")) };
}

function textAt(part10: Part10, dataset: Dataset, path: readonly string[]): string | undefined {
  const element = dataset.elements.find(({ tag }) => tag === Number.parseInt(path[0]!, 16));
  if (element === undefined) return undefined;
  if (path.length === 1) return valueText(part10, dataset, element);
  const item = element.items?.[Number(path[1])];
  return item && textAt(part10, item.dataset, path.slice(2));
}

function valueText(part10: Part10, dataset: Dataset, element: Element): string {
  return element.items === undefined
    ? readValues(part10, dataset, element).join("\\")
    : `${element.items.length} items`;
}

/** Every leaf element at every depth. */
export function leavesOf(dataset: Dataset, path = ""): { element: Element; dataset: Dataset; path: string }[] {
  return dataset.elements.flatMap((element) => {
    const here = path + formatTag(element.tag);
    if (element.items === undefined) return [{ element, dataset, path: here }];
    return element.items.flatMap((item, index) => leavesOf(item.dataset, `${here}[${index}]`));
  });
}

/** Every element at every depth, sequences too. */
export function elementsOf(dataset: Dataset): { element: Element; dataset: Dataset }[] {
  return dataset.elements.flatMap((element) => [
    { element, dataset },
    ...(element.items ?? []).flatMap((item) => elementsOf(item.dataset)),
  ]);
}
