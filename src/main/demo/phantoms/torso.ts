import type { PlaneShape } from "./slice.ts";
import { cutEllipsoid, cutPair } from "./solids.ts";
import type { TissueName } from "./tissue.ts";

/** Skin, fat and the muscle wall. `a` and `b` are the half-axes of the body in millimetres, `fat` the thickness under the skin. */
export function bodyWall(a: number, b: number, fat: number): PlaneShape[] {
  return [
    { kind: "ellipse", tissue: "skin", x: 0, y: 0, a, b },
    { kind: "ellipse", tissue: "fat", x: 0, y: 0, a: a - 2, b: b - 2 },
    { kind: "ellipse", tissue: "muscle", x: 0, y: 0, a: a - fat, b: b - fat },
  ];
}

/** The couch under the patient. */
export function couch(b: number): PlaneShape[] {
  return [
    { kind: "ellipse", tissue: "tableTop", rigid: true, x: 0, y: b + 16, a: 210, b: 15 },
    { kind: "ellipse", tissue: "air", rigid: true, x: 0, y: b + 13, a: 205, b: 13 },
  ];
}

/** One vertebra a 30 mm: body with end plates and disc, canal, arch and processes, and the muscles of the back beside it. */
export function spine(depth: number, y: number, scale: number): PlaneShape[] {
  const phase = ((depth % 30) + 30) % 30;
  const disc = phase < 6;
  const arch = phase > 9 && phase < 24;
  const a = 21 * scale;
  const b = 16 * scale;
  const wall: TissueName = disc ? "cartilage" : "bone";
  return [
    { kind: "ellipse", tissue: "fat", x: -26 * scale, y: y + 30 * scale, a: 26 * scale, b: 17 * scale, turn: 0.3 },
    { kind: "ellipse", tissue: "fat", x: 26 * scale, y: y + 30 * scale, a: 26 * scale, b: 17 * scale, turn: -0.3 },
    { kind: "ellipse", tissue: "muscle", x: -26 * scale, y: y + 30 * scale, a: 24 * scale, b: 15 * scale, turn: 0.3 },
    { kind: "ellipse", tissue: "muscle", x: 26 * scale, y: y + 30 * scale, a: 24 * scale, b: 15 * scale, turn: -0.3 },
    ...(arch
      ? ([
          {
            kind: "ellipse",
            tissue: "bone",
            x: -25 * scale,
            y: y + 20 * scale,
            a: 15 * scale,
            b: 3.6 * scale,
            turn: -0.35,
          },
          {
            kind: "ellipse",
            tissue: "bone",
            x: 25 * scale,
            y: y + 20 * scale,
            a: 15 * scale,
            b: 3.6 * scale,
            turn: 0.35,
          },
          { kind: "ellipse", tissue: "bone", x: 0, y: y + 21 * scale, a: 14 * scale, b: 11 * scale },
        ] satisfies PlaneShape[])
      : []),
    { kind: "ellipse", tissue: "bone", x: 0, y: y + 41 * scale, a: 3.6 * scale, b: (arch ? 15 : 9) * scale },
    { kind: "ellipse", tissue: "spongiosa", x: 0, y: y + 41 * scale, a: 1.8 * scale, b: (arch ? 12 : 6) * scale },
    { kind: "ellipse", tissue: wall, x: 0, y, a, b },
    { kind: "ellipse", tissue: disc ? "disc" : "spongiosa", x: 0, y, a: a - 2.4, b: b - 2.4 },
    { kind: "ellipse", tissue: "fat", x: 0, y: y + 20 * scale, a: 9.5 * scale, b: 7 * scale },
    { kind: "ellipse", tissue: "csf", x: 0, y: y + 20 * scale, a: 7.8 * scale, b: 6 * scale },
    { kind: "ellipse", tissue: "grey", x: 0, y: y + 20 * scale, a: 4.6 * scale, b: 3.4 * scale },
  ];
}

/**
 * Ribs run from the spine down to the front, so that a slice cuts each of them once on either side, further forward the higher
 * the rib begins. `a` and `b` are the half-axes of the rib cage.
 */
export function ribs(depth: number, a: number, b: number): PlaneShape[] {
  const shapes: PlaneShape[] = [];
  for (let number = 0; number < 12; number++) {
    const start = 150 - number * 26;
    const fall = (start - depth) / 88;
    if (fall < 0 || fall > 1) continue;
    const angle = Math.PI / 2 - 0.28 - fall * 2.45;
    const x = a * Math.cos(angle);
    const y = b * Math.sin(angle);
    const run = Math.atan2(b * Math.cos(angle), -a * Math.sin(angle));
    for (const side of [-1, 1]) {
      const turn = side === 1 ? run : -run;
      shapes.push(
        { kind: "ellipse", tissue: "bone", x: side * x, y, a: 14, b: 5.2, turn },
        { kind: "ellipse", tissue: "spongiosa", x: side * x, y, a: 11.5, b: 2.9, turn },
      );
    }
  }
  return shapes;
}

/** The liver under the right dome of the diaphragm, at picture left, and the spleen at picture right. */
export function upperOrgans(depth: number, only?: readonly TissueName[]): PlaneShape[] {
  return [
    ...cutEllipsoid(["liver", -62, -8, -96, 84, 78, 92, 0.25], depth, only),
    ...cutEllipsoid(["liver", 12, -42, -84, 62, 32, 56, 0.15], depth, only),
    ...cutEllipsoid(["spleen", 102, 36, -98, 24, 45, 52, -0.35], depth, only),
    ...cutEllipsoid(["bowel", 66, -22, -92, 40, 36, 60, 0.3], depth, only),
    ...cutEllipsoid(["urine", 66, -18, -92, 35, 28, 54, 0.3], depth, ["bowel"]),
    ...cutEllipsoid(["air", 64, -36, -90, 26, 13, 44, 0.15], depth, ["bowel", "urine"]),
  ];
}

/** Shoulder blades and collar bones, for slices above the heart. */
export function shoulderGirdle(depth: number): PlaneShape[] {
  return [
    ...cutPair(["bone", 112, 58, 78, 44, 4.6, 66, -0.7], depth, ["muscle", "fat"]),
    ...cutPair(["spongiosa", 116, 54, 78, 30, 2.2, 60, -0.7], depth, ["bone"]),
    ...cutPair(["bone", 62, -66, 138, 52, 6, 9, 0.35], depth),
  ];
}
