import { makeRandom } from "../random.ts";
import type { Phantom, PlaneShape } from "./slice.ts";
import { cutEllipsoid, cutPair, cutTube } from "./solids.ts";
import type { TissueName } from "./tissue.ts";
import { bodyWall, couch, ribs, spine, upperOrgans } from "./torso.ts";

export type AbdomenFinding = "none" | "renal cyst" | "liver lesion" | "gallstone";

const LIVER: readonly TissueName[] = ["liver"];

interface Loop {
  x: number;
  y: number;
  z: number;
  size: number;
  turn: number;
  gas: boolean;
}

function makeLoops(seed: number, label: string): Loop[] {
  const random = makeRandom(seed, `bowel/${label}`);
  return Array.from({ length: 34 }, () => ({
    x: random.between(-82, 92),
    y: random.between(-70, -12),
    z: random.between(-245, -140),
    size: random.between(11, 18),
    turn: random.between(-1.2, 1.2),
    gas: random.next() < 0.4,
  }));
}

function bowel(loops: readonly Loop[], depth: number): PlaneShape[] {
  return loops.flatMap(({ x, y, z, size, turn, gas }) => [
    ...cutEllipsoid(["bowel", x, y, z, size * 1.7, size, size * 1.5, turn], depth, ["fat", "bowel", "urine"]),
    ...cutEllipsoid(["urine", x, y, z, size * 1.7 - 3.5, size - 3.5, size * 1.5 - 3, turn], depth, ["bowel"]),
    ...(gas ? cutEllipsoid(["air", x, y - size * 0.35, z, size * 1.1, size * 0.4, size, 0], depth, ["urine"]) : []),
  ]);
}

function kidneys(depth: number): PlaneShape[] {
  const calyces: PlaneShape[] = [];
  for (const [dx, dy] of [
    [-7, -13],
    [-12, 0],
    [-7, 13],
  ] as const) {
    calyces.push(...cutPair(["renalMedulla", 68 - dx, 46 + dy, -158, 7, 6, 38], depth, ["renalCortex"]));
  }
  return [
    ...cutPair(["renalCortex", 68, 46, -158, 25, 32, 54, -0.45], depth),
    ...calyces,
    ...cutPair(["fat", 58, 41, -158, 11, 9, 30, 0.5], depth, ["renalCortex", "renalMedulla"]),
    ...cutPair(["urine", 55, 40, -160, 6, 4, 16, 0.5], depth, ["fat"]),
  ];
}

function vessels(depth: number): PlaneShape[] {
  return [
    ...cutTube({ tissue: "artery", from: [9, 28, -60], to: [5, 30, -300], radii: [11, 9] }, depth),
    ...cutTube({ tissue: "blood", from: [-22, 22, -60], to: [-18, 30, -300], radii: [12.5, 11] }, depth),
    ...cutTube({ tissue: "blood", from: [-8, 4, -160], to: [-48, -6, -96], radii: [7, 6] }, depth),
    ...cutTube({ tissue: "blood", from: [-48, -6, -96], to: [-92, -22, -72], radii: [5, 2.5] }, depth, LIVER),
    ...cutTube({ tissue: "blood", from: [-48, -6, -96], to: [-96, 26, -84], radii: [5, 2.5] }, depth, LIVER),
    ...cutTube({ tissue: "blood", from: [-22, 22, -50], to: [-88, 12, -62], radii: [5.5, 2.5] }, depth, LIVER),
    ...cutTube({ tissue: "blood", from: [-22, 22, -48], to: [-58, -42, -62], radii: [5, 2.5] }, depth, LIVER),
    ...cutTube({ tissue: "artery", from: [8, 26, -146], to: [8, -4, -190], radii: [4.5, 3.5] }, depth),
    ...cutPair(["blood", 36, 38, -158, 24, 3.6, 7, 0.25], depth, ["fat"]),
  ];
}

function finding(kind: AbdomenFinding, depth: number): PlaneShape[] {
  if (kind === "renal cyst") return cutEllipsoid(["urine", 86, 58, -150, 17, 16, 17], depth);
  if (kind === "liver lesion")
    return [
      ...cutEllipsoid(["tumour", -92, 6, -100, 18, 16, 17], depth, LIVER),
      ...cutEllipsoid(["oedema", -92, 6, -100, 10, 9, 10], depth, ["tumour"]),
      ...cutEllipsoid(["urine", -60, -40, -84, 7, 7, 7], depth, LIVER),
    ];
  if (kind === "gallstone") return cutEllipsoid(["bone", -58, -42, -142, 5, 4, 5], depth, ["bile"]);
  return [];
}

/** An abdomen in axial slices, from -50 mm (dome of the liver) to -250 mm (below the kidneys). Picture left is the patient's right. */
export function makeAbdomen(seed: number, label: string, kind: AbdomenFinding): Phantom {
  const loops = makeLoops(seed, label);
  return (depth) => [
    ...couch(118),
    ...bodyWall(176, 118, 22),
    ...(depth > -170 ? ribs(depth, 143, 88) : []),
    { kind: "ellipse", tissue: "fat", x: 0, y: -6, a: 136, b: 84 },
    ...upperOrgans(depth, ["fat", "liver", "bowel", "urine"]),
    ...bowel(loops, depth),
    ...cutEllipsoid(["muscle", 18, 2, -128, 58, 11, 15, -0.25], depth, ["fat"]),
    ...cutPair(["muscle", 40, 52, -250, 21, 24, 120, 0.2], depth, ["fat", "bowel", "urine", "air"]),
    ...kidneys(depth),
    ...vessels(depth),
    ...cutEllipsoid(["bowel", -56, -44, -140, 17, 13, 26, 0.6], depth),
    ...cutEllipsoid(["bile", -56, -44, -140, 15, 11, 24, 0.6], depth),
    // Ascending and descending colon.
    ...cutTube({ tissue: "bowel", from: [-106, 10, -260], to: [-104, 6, -165], radii: [20, 18] }, depth, [
      "fat",
      "bowel",
    ]),
    ...cutTube({ tissue: "air", from: [-106, 5, -260], to: [-104, 1, -165], radii: [12, 9] }, depth, ["bowel"]),
    ...cutTube({ tissue: "bowel", from: [110, 18, -260], to: [112, 12, -150], radii: [16, 15] }, depth, [
      "fat",
      "bowel",
    ]),
    ...cutTube({ tissue: "air", from: [110, 14, -260], to: [112, 8, -150], radii: [7, 9] }, depth, ["bowel"]),
    ...finding(kind, depth),
    ...spine(depth, 60, 1.08),
  ];
}
