import type { Phantom, PlaneShape } from "./slice.ts";
import { cutEllipsoid } from "./solids.ts";
import type { TissueName } from "./tissue.ts";

export type KneeFinding = "none" | "effusion" | "meniscus tear";

const SOFT: readonly TissueName[] = ["fat", "muscle", "skin"];

/** Bone with a dark rim of compact bone around marrow. */
function boneAt(x: number, y: number, z: number, a: number, b: number, c: number, depth: number): PlaneShape[] {
  return [
    ...cutEllipsoid(["bone", x, y, z, a, b, c], depth),
    ...cutEllipsoid(["spongiosa", x, y, z, a - 1.4, b - 1.4, c - 1.4], depth),
  ];
}

function shaft(points: readonly (readonly [number, number])[], inset: number): PlaneShape[] {
  const middle = points.reduce((sum, point) => sum + point[0], 0) / points.length;
  const inner = points.map(([x, y]) => [x + (x < middle ? inset : -inset), y] as const);
  return [
    { kind: "polygon", tissue: "bone", points },
    { kind: "polygon", tissue: "spongiosa", points: inner },
  ];
}

/** Two condyles, one at either side of the notch; the shaft is seen in the middle slices. */
function femur(depth: number): PlaneShape[] {
  const shapes: PlaneShape[] = [];
  if (Math.abs(depth) < 17) {
    const half = Math.sqrt(1 - (depth / 18) ** 2);
    shapes.push(
      ...shaft(
        [
          [-15 * half, -100],
          [13 * half, -100],
          [15 * half, -40],
          [24 * half, -22],
          [-26 * half, -22],
          [-18 * half, -40],
        ],
        2.4,
      ),
    );
  }
  for (const z of [-21, 21]) {
    shapes.push(...cutEllipsoid(["cartilage", 1, -17, z, 32.4, 27.4, 18.4], depth));
    shapes.push(...boneAt(1, -18, z, 30, 25, 17, depth));
  }
  shapes.push(...cutEllipsoid(["cartilage", -10, -22, 0, 20, 20, 21], depth, SOFT));
  shapes.push(...boneAt(-8, -23, 0, 19.5, 19.5, 20, depth));
  return shapes;
}

function tibia(depth: number): PlaneShape[] {
  const width = Math.sqrt(Math.max(0, 1 - (depth / 39) ** 2));
  if (width === 0) return [];
  const plateau = 25 * width;
  const stem = Math.abs(depth) < 15 ? 12 : 12 - (Math.abs(depth) - 15) * 0.8;
  return [
    {
      kind: "polygon",
      tissue: "cartilage",
      points: [
        [-plateau, 14.2],
        [plateau + 2, 14.2],
        [plateau, 18],
        [-plateau, 18],
      ],
    },
    ...shaft(
      [
        [-plateau - 1, 16.6],
        [plateau + 2, 16.6],
        [plateau + 1, 30],
        [Math.max(2, stem), 52],
        [Math.max(2, stem) + 1, 104],
        [-Math.max(2, stem) - 4, 104],
        [-Math.max(2, stem) - 8, 44],
        [-plateau - 1, 30],
      ],
      1.8,
    ),
  ];
}

/** The menisci are dark wedges between the condyles and the plateau. */
function menisci(depth: number, torn: boolean): PlaneShape[] {
  if (Math.abs(depth) < 9 || Math.abs(depth) > 34) return [];
  const front: readonly (readonly [number, number])[] = [
    [-27, 4],
    [-27, 14.4],
    [-12, 13.6],
  ];
  const back: readonly (readonly [number, number])[] = [
    [29, 3],
    [29, 14.4],
    [13, 13.6],
  ];
  return [
    { kind: "polygon", tissue: "tendon", points: front },
    { kind: "polygon", tissue: "tendon", points: back },
    ...(torn && depth > 10
      ? ([
          {
            kind: "polygon",
            tissue: "effusion",
            points: [
              [20, 14.4],
              [26, 7],
              [27.4, 7.4],
              [22, 14.4],
            ],
          },
        ] satisfies PlaneShape[])
      : []),
  ];
}

function softParts(depth: number, kind: KneeFinding): PlaneShape[] {
  const middle = Math.abs(depth) < 13;
  const fluid = kind === "none" ? 0 : 1;
  return [
    // Muscles behind and before the thigh, and the calf.
    { kind: "ellipse", tissue: "muscle", x: 36, y: -72, a: 15, b: 52, turn: 0.06 },
    { kind: "ellipse", tissue: "muscle", x: 34, y: 66, a: 20, b: 54, turn: 0.05 },
    { kind: "ellipse", tissue: "muscle", x: -28, y: -84, a: 9, b: 36, turn: -0.04 },
    { kind: "ellipse", tissue: "muscle", x: -19, y: 84, a: 7, b: 34 },
    { kind: "ellipse", tissue: "fat", x: 35, y: -70, a: 1.2, b: 46, turn: 0.12 },
    { kind: "ellipse", tissue: "fat", x: 36, y: 68, a: 1, b: 48, turn: 0.1 },
    ...(middle
      ? ([{ kind: "ellipse", tissue: "blood", x: 37, y: -8, a: 3.2, b: 60, turn: 0.03 }] satisfies PlaneShape[])
      : []),
    // Joint fluid: a thin film always, the recess above the kneecap when there is too much.
    ...cutEllipsoid(["effusion", -33, -44, 0, 4 + 5 * fluid, 16 + 8 * fluid, 22], depth, ["fat", "muscle"]),
    ...cutEllipsoid(["effusion", 32, -8, 10, 5, 4 + 12 * fluid, 14], depth, ["fat", "muscle"]),
    ...cutEllipsoid(["effusion", 0, 6, 0, 33, 10 + 3 * fluid, 36], depth, ["fat", "muscle"]),
  ];
}

function cruciates(depth: number): PlaneShape[] {
  if (Math.abs(depth) > 9) return [];
  return [
    { kind: "ellipse", tissue: "fat", x: 4, y: 2, a: 22, b: 13 },
    { kind: "ellipse", tissue: "effusion", x: 6, y: 4, a: 13, b: 9 },
    ...(depth < 2
      ? ([{ kind: "ellipse", tissue: "tendon", x: 0, y: 1, a: 21, b: 2.7, turn: -0.72 }] satisfies PlaneShape[])
      : ([{ kind: "ellipse", tissue: "tendon", x: 13, y: 3, a: 19, b: 3.6, turn: 0.95 }] satisfies PlaneShape[])),
  ];
}

/** Kneecap, its tendons and the fat pad behind them. */
function front(depth: number): PlaneShape[] {
  return [
    ...(Math.abs(depth) < 12
      ? ([
          { kind: "ellipse", tissue: "tendon", x: -39, y: -76, a: 2.6, b: 38, turn: -0.1 },
          { kind: "ellipse", tissue: "tendon", x: -38, y: 14, a: 2.6, b: 28, turn: -0.32 },
        ] satisfies PlaneShape[])
      : []),
    ...cutEllipsoid(["cartilage", -37, -24, 0, 9.5, 19, 22], depth),
    ...boneAt(-40, -24, 0, 8.6, 20, 21, depth),
  ];
}

/** A knee in sagittal slices: front at picture left, head up. Depth runs from the inner (-38 mm) to the outer side (38 mm). */
export function makeKnee(kind: KneeFinding): Phantom {
  return (depth) => {
    const girth = Math.sqrt(Math.max(0.05, 1 - (depth / 62) ** 2));
    return [
      { kind: "ellipse", tissue: "skin", x: 2, y: 0, a: 61 * girth, b: 240 },
      { kind: "ellipse", tissue: "fat", x: 2, y: 0, a: 59.5 * girth, b: 238 },
      ...softParts(depth, kind),
      ...femur(depth),
      ...tibia(depth),
      ...cruciates(depth),
      ...menisci(depth, kind === "meniscus tear"),
      ...front(depth),
    ];
  };
}
