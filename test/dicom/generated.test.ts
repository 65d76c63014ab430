import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dataset, Element } from "../../src/main/dicom/element.ts";
import type { NewElement } from "../../src/main/dicom/encode.ts";
import { walkPart10, type Part10 } from "../../src/main/dicom/part10.ts";
import { sizeOf } from "../../src/main/dicom/piece.ts";
import { applyEdits, type Change, type Edits } from "../../src/main/dicom/splice.ts";
import { ENCODINGS, encodeFile, nodes, toNodes, type Node } from "./data-sets.ts";

const NO_EDITS: Edits = { changes: new Map(), inserts: new Map(), dropTrailing: false };
const anyEncoding = fc.constantFrom(...ENCODINGS);

function write(part10: Part10, edits: Edits): Buffer {
  const pieces = applyEdits(part10, edits);
  const bytes = Buffer.concat(pieces as Buffer[]);
  expect(sizeOf(pieces)).toBe(bytes.length);
  return bytes;
}

function withoutFirst(part10: Part10): Node[] {
  return toNodes(part10, part10.dataset).slice(1);
}

describe("generated data sets, in three encodings and both kinds of length", () => {
  it("are found as they were meant", () => {
    fc.assert(
      fc.property(nodes, anyEncoding, (list, { uid, encoding }) => {
        const part10 = walkPart10(encodeFile(list, uid, encoding));
        expect(part10.encoding).toEqual(encoding);
        expect(withoutFirst(part10)).toEqual(list);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("come out as they went in when nothing is edited", () => {
    fc.assert(
      fc.property(nodes, anyEncoding, fc.uint8Array({ maxLength: 300 }), (list, { uid, encoding }, tail) => {
        const file = Buffer.concat([encodeFile([...list, PIXELS], uid, encoding), outOfOrder(tail)]);
        expect(write(walkPart10(file), NO_EDITS).equals(file)).toBe(true);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it("hold exactly what the edits leave, with the right lengths at every level", () => {
    fc.assert(
      fc.property(
        nodes,
        anyEncoding,
        fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
        (list, { uid, encoding }, choices) => {
          const part10 = walkPart10(encodeFile(list, uid, encoding));
          const changes = new Map<Element, Change>();
          const inserts = new Map<Dataset, NewElement[]>();
          const expected = edit(part10.dataset, withFirst(part10, list), { changes, inserts }, choices);
          const output = walkPart10(write(part10, { changes, inserts, dropTrailing: false }));
          expect(output.trailing.end).toBe(output.trailing.start);
          expect(toNodes(output, output.dataset)).toEqual(expected);
        },
      ),
      { numRuns: 500, seed: 3 },
    );
  });

  it("come out the same when every element is replaced by itself", () => {
    fc.assert(
      fc.property(nodes, anyEncoding, (list, { uid, encoding }) => {
        const file = encodeFile(list, uid, encoding);
        const part10 = walkPart10(file);
        const changes = new Map<Element, Change>();
        eachLeaf(part10.dataset, (element) =>
          changes.set(element, { kind: "replace", bytes: part10.bytes.subarray(element.start, element.end) }),
        );
        expect(write(part10, { changes, inserts: new Map(), dropTrailing: true }).equals(file)).toBe(true);
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

const PIXELS: Node = { tag: 0x7fe00010, vr: "OW", value: Buffer.alloc(64, 1), undefinedLength: false };

/** Bytes that no element behind the pixel data can begin with, in either byte order. */
function outOfOrder(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0x10, 0x10, 0x10, 0x10]), bytes]);
}

function withFirst(part10: Part10, list: readonly Node[]): Node[] {
  return [...toNodes(part10, part10.dataset).slice(0, 1), ...list];
}

function eachLeaf(dataset: Dataset, visit: (element: Element) => void): void {
  for (const element of dataset.elements) {
    if (element.items === undefined) visit(element);
    else for (const item of element.items) eachLeaf(item.dataset, visit);
  }
}

/** Chooses edits and does the same to the model. */
function edit(
  dataset: Dataset,
  list: readonly Node[],
  edits: { changes: Map<Element, Change>; inserts: Map<Dataset, NewElement[]> },
  choices: Iterator<number>,
): Node[] {
  const next = (): number => choices.next().value as number;
  const left: Node[] = [];
  list.forEach((node, index) => {
    const element = dataset.elements[index] as Element;
    const choice = next();
    if (choice === 0) edits.changes.set(element, { kind: "remove" });
    else if (choice === 1 && node.items === undefined) {
      const value = Buffer.alloc(next() * 2, 0x41);
      edits.changes.set(element, { kind: "value", value });
      left.push({ ...node, value });
    } else if (node.items === undefined) left.push(node);
    else {
      const items = node.items.map((item, position) => {
        const inner = element.items?.[position]?.dataset as Dataset;
        return { ...item, nodes: edit(inner, item.nodes, edits, choices) };
      });
      left.push({ ...node, items });
    }
  });
  if (next() < 3) {
    // One tag that may stand there already and one that never does.
    const added = [0x00100020, 0x00120063].map((tag) => ({ tag, vr: "LO", value: Buffer.from("new!") }));
    edits.inserts.set(dataset, added);
    const kept = left.filter((node) => node.tag !== 0x00100020);
    return [...kept, ...added.map((node) => ({ ...node, undefinedLength: false }))].toSorted((a, b) => a.tag - b.tag);
  }
  return left;
}
