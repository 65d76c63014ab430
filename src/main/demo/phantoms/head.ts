import { smoothNoiseAt, type NoiseTable } from "./noise.ts";
import type { Phantom, PlaneShape } from "./slice.ts";
import { cutEllipsoid, cutPair } from "./solids.ts";
import type { TissueName } from "./tissue.ts";

export type HeadFinding = "none" | "haemorrhage" | "infarct" | "tumour";

const BRAIN: readonly TissueName[] = ["grey", "white"];
const INNER: readonly TissueName[] = ["grey", "white", "csf"];

/** Scalp, the two tables of the skull with spongiosa between, and the room within. */
function skull(depth: number): PlaneShape[] {
  const shells: [TissueName, number][] = [
    ["skin", 0],
    ["fat", 2.2],
    ["bone", 6],
    ["spongiosa", 8],
    ["bone", 10.6],
    ["csf", 12.6],
  ];
  return shells.flatMap(([tissue, inset]) =>
    cutEllipsoid([tissue, 0, 0, 0, 76 - inset, 95 - inset, 98 - inset], depth),
  );
}

/**
 * Folded cortex: the level lines of smooth noise wander as sulci do. The deeper inside, the less of them reaches.
 */
function cortex(depth: number, folds: NoiseTable): PlaneShape[] {
  const share = 1 - (depth / 83.5) ** 2;
  if (share <= 0) return [];
  const a = 61.5 * Math.sqrt(share);
  const b = 80.5 * Math.sqrt(share);
  const turnOver = depth * 0.07;
  const [cos, sin] = [Math.cos(turnOver), Math.sin(turnOver)];
  const fold = (x: number, y: number): number =>
    Math.abs(
      cos * smoothNoiseAt(folds, x * 0.85 + 40, y * 0.85 + 90) +
        sin * smoothNoiseAt(folds, x * 0.85 + 170, y * 0.85 + 200),
    );
  const rim = (x: number, y: number): number => Math.sqrt((x / a) ** 2 + (y / b) ** 2);
  const reach = (radius: number): number => Math.min(1, Math.max(0, (radius - 0.6) / 0.32));
  return [
    { kind: "ellipse", tissue: "grey", x: 0, y: 0, a, b },
    {
      kind: "field",
      tissue: "white",
      x: 0,
      y: 0,
      a,
      b,
      only: ["grey"],
      inside: (x, y) => {
        const radius = rim(x, y);
        return radius < 0.955 && fold(x, y) > 0.62 * reach(radius);
      },
    },
    {
      kind: "field",
      tissue: "csf",
      x: 0,
      y: 0,
      a,
      b,
      only: BRAIN,
      inside: (x, y) => {
        const radius = rim(x, y);
        return radius > 0.72 && fold(x, y) < 0.17 * reach(radius);
      },
    },
  ];
}

function deepBrain(depth: number): PlaneShape[] {
  return [
    // Longitudinal fissure before and behind, Sylvian fissures with the insula.
    ...cutEllipsoid(["csf", 0, -62, 12, 1.5, 24, 62], depth, BRAIN),
    ...cutEllipsoid(["csf", 0, 62, 22, 1.4, 22, 50], depth, BRAIN),
    ...cutPair(["csf", 46, -12, -2, 13, 2.2, 17, 0.75], depth, BRAIN),
    ...cutPair(["grey", 37, -3, 2, 4, 17, 16, 0.1], depth, ["white"]),
    ...cutPair(["white", 33, -2, 4, 4, 18, 20, 0.1], depth, ["grey"]),
    ...cutPair(["grey", 25, -6, 2, 7.5, 17, 15, -0.25], depth, BRAIN),
    ...cutPair(["grey", 10, 10, 4, 9, 14, 13, 0.4], depth, BRAIN),
    ...cutPair(["grey", 14, -26, 12, 5.5, 9, 14, 0.25], depth, BRAIN),
    ...cutPair(["csf", 8, -24, 16, 4.6, 16, 15, 0.3], depth, INNER),
    ...cutPair(["csf", 12, 4, 25, 4.8, 26, 10, -0.12], depth, INNER),
    ...cutPair(["csf", 21, 29, 9, 5, 17, 14, -0.5], depth, INNER),
    ...cutEllipsoid(["csf", 0, 3, 2, 1.9, 13, 13], depth, INNER),
    ...cutEllipsoid(["white", 0, -33, 18, 11, 4, 7], depth, INNER),
    ...cutEllipsoid(["white", 0, 24, 20, 13, 4, 7], depth, INNER),
  ];
}

/** Posterior fossa, skull base, orbits and sinuses: what stands below the hemispheres. */
function base(depth: number): PlaneShape[] {
  if (depth > -8) return [];
  const cerebellum: TissueName = "grey";
  return [
    ...cutEllipsoid(["white", 0, 14, -28, 17, 15, 30], depth, INNER),
    ...(depth < -20
      ? [
          ...cutPair([cerebellum, 22, 45, -40, 27, 24, 24, 0.25], depth, INNER),
          ...cutPair(["white", 20, 43, -40, 15, 12, 17, 0.25], depth, ["grey"]),
          ...cutEllipsoid(["csf", 0, 31, -38, 6, 4.5, 13], depth, INNER),
          ...cutPair(["bone", 42, 12, -46, 25, 8.5, 16, 0.55], depth, INNER),
          ...cutPair(["air", 58, 24, -48, 8, 9, 12, 0.4], depth, ["bone", "spongiosa", "csf", "grey", "white"]),
          ...cutPair(["bone", 36, -34, -42, 26, 3.4, 13, -0.5], depth, INNER),
        ]
      : []),
    ...(depth < -26
      ? [
          ...cutEllipsoid(["muscle", 0, -62, -50, 56, 28, 24], depth, INNER),
          ...cutEllipsoid(["bone", 0, -60, -50, 16, 30, 23], depth),
          ...cutEllipsoid(["air", 0, -60, -50, 13, 26, 21], depth),
          ...cutEllipsoid(["bone", 0, -62, -50, 1.2, 24, 20], depth),
          ...cutPair(["bone", 7, -56, -50, 1, 20, 19], depth, ["air"]),
          ...cutPair(["bone", 33, -58, -46, 22, 23, 18, -0.25], depth),
          ...cutPair(["fat", 33, -60, -46, 19.5, 21, 16, -0.25], depth),
          ...cutPair(["muscle", 25, -50, -46, 2.2, 14, 9, -0.35], depth, ["fat"]),
          ...cutPair(["muscle", 42, -48, -46, 2.2, 13, 9, 0.45], depth, ["fat"]),
          ...cutPair(["muscle", 29, -48, -46, 1.8, 16, 5, -0.5], depth, ["fat"]),
          ...cutPair(["skin", 33, -68, -46, 13, 13, 13], depth),
          ...cutPair(["csf", 33, -68, -46, 11.8, 11.8, 11.8], depth),
          ...cutPair(["cartilage", 33, -76, -46, 5.5, 2.4, 5], depth),
        ]
      : []),
  ];
}

function finding(kind: HeadFinding, depth: number): PlaneShape[] {
  if (kind === "haemorrhage")
    return [
      ...cutEllipsoid(["oedema", 27, 2, 14, 21, 25, 24, 0.3], depth, BRAIN),
      ...cutEllipsoid(["haemorrhage", 26, 1, 14, 14, 19, 18, 0.4], depth, [...INNER, "oedema"]),
    ];
  if (kind === "infarct")
    return [
      ...cutEllipsoid(["oedema", -44, 4, 16, 19, 30, 26, -0.15], depth, BRAIN),
      ...cutEllipsoid(["oedema", -24, -4, 8, 6, 10, 10], depth, BRAIN),
    ];
  if (kind === "tumour")
    return [
      ...cutEllipsoid(["oedema", -32, 34, 34, 24, 23, 25, 0.5], depth, ["white"]),
      ...cutEllipsoid(["tumour", -33, 35, 33, 15, 14, 16], depth, [...INNER, "oedema"]),
      ...cutEllipsoid(["csf", -34, 36, 33, 7, 6, 8, 0.4], depth, ["tumour"]),
    ];
  return [];
}

/**
 * A head in axial slices. Depth is the height above the level of the ventricles in millimetres, from -60 (orbits, cerebellum)
 * to 95 (vertex). Picture left is the patient's right.
 */
export function makeHead(folds: NoiseTable, kind: HeadFinding): Phantom {
  return (depth) => [
    ...skull(depth),
    ...cortex(depth, folds),
    ...deepBrain(depth),
    ...base(depth),
    ...finding(kind, depth),
  ];
}
