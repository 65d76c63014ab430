import * as fc from "fast-check";
import {
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  encodeElement,
  encodeElementHeader,
  encodeFileMeta,
  encodeItemHeader,
} from "../../src/main/dicom/encode.ts";
import type { Dataset, Encoding } from "../../src/main/dicom/element.ts";
import type { Part10 } from "../../src/main/dicom/part10.ts";

/** A data set as it is meant, from which bytes are made and with which the walk is compared. */
export interface Node {
  tag: number;
  vr: string;
  value: Buffer;
  undefinedLength: boolean;
  items?: { undefinedLength: boolean; nodes: Node[] }[];
}

export const ENCODINGS: readonly { uid: string; encoding: Encoding }[] = [
  { uid: "1.2.840.10008.1.2", encoding: IMPLICIT_LITTLE_ENDIAN },
  { uid: "1.2.840.10008.1.2.1", encoding: EXPLICIT_LITTLE_ENDIAN },
  { uid: "1.2.840.10008.1.2.2", encoding: EXPLICIT_BIG_ENDIAN },
];

/** Tags whose VR is in the dictionary, so that implicit VR finds it again, and private ones. */
const LEAVES: readonly (readonly [tag: number, vr: string])[] = [
  [0x00080060, "CS"],
  [0x00080080, "LO"],
  [0x00081030, "LO"],
  [0x00100010, "PN"],
  [0x00100020, "LO"],
  [0x00104000, "LT"],
  [0x00180050, "DS"],
  [0x0020000d, "UI"],
  [0x00280010, "US"],
  [0x00282000, "OB"],
  [0x00091001, "UN"],
  [0x00091002, "UN"],
];
const SEQUENCES = [0x00081110, 0x00081140, 0x00101002, 0x00400275, 0x0040a730];

const value = fc
  .uint8Array({ minLength: 0, maxLength: 40 })
  .map((bytes) => Buffer.from(bytes.length % 2 === 0 ? bytes : bytes.subarray(1)))
  // A value of VR UN that begins like an item is a sequence, which is a test of its own.
  .filter((bytes) => bytes.length < 4 || bytes.readUInt32LE() !== 0xe000fffe);

const leaf: fc.Arbitrary<Node> = fc
  .tuple(fc.constantFrom(...LEAVES), value)
  .map(([[tag, vr], bytes]) => ({ tag, vr, value: bytes, undefinedLength: false }));

/** Nodes in tag order, each tag once, sequences up to four deep. */
export const nodes: fc.Arbitrary<Node[]> = fc.letrec<{ nodes: Node[]; node: Node }>((tie) => ({
  nodes: fc
    .uniqueArray(tie("node"), { selector: (node) => node.tag, maxLength: 8 })
    .map((list) => list.toSorted((a, b) => a.tag - b.tag)),
  node: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    leaf,
    fc.record({
      tag: fc.constantFrom(...SEQUENCES),
      vr: fc.constant("SQ"),
      value: fc.constant(Buffer.alloc(0)),
      undefinedLength: fc.boolean(),
      items: fc.array(fc.record({ undefinedLength: fc.boolean(), nodes: tie("nodes") }), { maxLength: 3 }),
    }),
  ),
})).nodes;

const DELIMITER_BYTES: Readonly<Record<string, readonly number[]>> = {
  item: [0xfffe, 0xe00d],
  sequence: [0xfffe, 0xe0dd],
};

function delimiter(kind: "item" | "sequence", encoding: Encoding): Buffer {
  const bytes = Buffer.alloc(8);
  const [group = 0, element = 0] = DELIMITER_BYTES[kind] ?? [];
  if (encoding.littleEndian) {
    bytes.writeUInt16LE(group, 0);
    bytes.writeUInt16LE(element, 2);
  } else {
    bytes.writeUInt16BE(group, 0);
    bytes.writeUInt16BE(element, 2);
  }
  return bytes;
}

/** Encodes with the lengths the nodes ask for, independently of encodeSequence. */
function encodeNodes(list: readonly Node[], encoding: Encoding): Buffer {
  return Buffer.concat(
    list.flatMap((node) => {
      if (node.items === undefined) return [encodeElement(node, encoding)];
      const items = node.items.flatMap((item) => {
        const inner = encodeNodes(item.nodes, encoding);
        return item.undefinedLength
          ? [encodeItemHeader(0xffffffff, encoding), inner, delimiter("item", encoding)]
          : [encodeItemHeader(inner.length, encoding), inner];
      });
      const body = Buffer.concat(items);
      return node.undefinedLength
        ? [encodeElementHeader(node.tag, "SQ", 0xffffffff, encoding), body, delimiter("sequence", encoding)]
        : [encodeElementHeader(node.tag, "SQ", body.length, encoding), body];
    }),
  );
}

/** A file that begins with the element every data set should: it tells the encodings apart. */
export function encodeFile(list: readonly Node[], uid: string, encoding: Encoding): Buffer {
  const sopClass = { tag: 0x00080016, vr: "UI", value: Buffer.from("1.2.840.10008.5.1.4.1.1.2") };
  return Buffer.concat([
    encodeFileMeta([{ tag: 0x00020010, vr: "UI", value: Buffer.from(uid) }]),
    encodeElement(sopClass, encoding),
    encodeNodes(list, encoding),
  ]);
}

/** What the walk found, in the shape of nodes, to be compared. */
export function toNodes(part10: Part10, dataset: Dataset): Node[] {
  return dataset.elements.map((element) => {
    const node: Node = {
      tag: element.tag,
      vr: element.vr,
      value: Buffer.from(
        element.items === undefined ? part10.bytes.subarray(element.valueStart, element.valueEnd) : [],
      ),
      undefinedLength: element.undefinedLength,
    };
    if (element.items !== undefined) {
      node.items = element.items.map((item) => ({
        undefinedLength: item.undefinedLength,
        nodes: toNodes(part10, item.dataset),
      }));
    }
    return node;
  });
}
