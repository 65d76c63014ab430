import { makeRandom, type Random } from "../random.ts";
import type { Phantom, PlaneShape } from "./slice.ts";
import { cutEllipsoid, cutPair, cutTube, type Tube } from "./solids.ts";
import type { TissueName } from "./tissue.ts";
import { bodyWall, couch, ribs, shoulderGirdle, spine, upperOrgans } from "./torso.ts";

export type ThoraxFinding = "none" | "nodule" | "effusion" | "consolidation";

const LUNG: readonly TissueName[] = ["lung"];
type Point = readonly [number, number, number];

/** Vessels of one lung: each branch forks into two thinner ones that spread away from the hilum. */
function growVessels(
  random: Random,
  from: Point,
  direction: Point,
  length: number,
  radius: number,
  into: Tube[],
): void {
  if (radius < 0.75) return;
  const wander = (value: number): number => value + random.between(-0.28, 0.28);
  const bent: Point = [wander(direction[0]), wander(direction[1]), wander(direction[2])];
  const norm = Math.hypot(...bent);
  const unit: Point = [bent[0] / norm, bent[1] / norm, bent[2] / norm];
  const to: Point = [from[0] + unit[0] * length, from[1] + unit[1] * length, from[2] + unit[2] * length];
  into.push({ tissue: "blood", from, to, radii: [radius, radius * 0.82] });
  const spread = 0.62;
  const side: Point = [random.between(-1, 1), random.between(-1, 1), random.between(-1, 1)];
  for (const sign of [-1, 1]) {
    const next: Point = [
      unit[0] + sign * spread * side[0],
      unit[1] + sign * spread * side[1],
      unit[2] + sign * spread * side[2],
    ];
    growVessels(random, to, next, length * random.between(0.76, 0.9), radius * random.between(0.72, 0.83), into);
  }
}

function makeVessels(seed: number, label: string): Tube[] {
  const random = makeRandom(seed, `vessels/${label}`);
  const tubes: Tube[] = [];
  for (const side of [-1, 1]) {
    const hilum: Point = [side * 34, 6, 22];
    const directions: Point[] = [
      [side * 0.6, -0.3, 0.9],
      [side * 0.9, -0.5, 0.1],
      [side * 0.8, 0.6, 0.2],
      [side * 0.6, 0.5, -0.8],
      [side * 0.7, -0.4, -0.7],
      [side * 0.3, 0.7, 0.7],
    ];
    for (const direction of directions) growVessels(random, hilum, direction, 26, 5.2, tubes);
  }
  return tubes;
}

function lungs(depth: number): PlaneShape[] {
  return [
    ...cutEllipsoid(["lung", -72, 2, -6, 60, 84, 150, 0.06], depth, ["muscle", "fat", "bone"]),
    ...cutEllipsoid(["lung", 72, 4, -6, 58, 82, 150, -0.06], depth, ["muscle", "fat", "bone"]),
  ];
}

function mediastinum(depth: number): PlaneShape[] {
  const arch = depth > 48 && depth < 66;
  return [
    ...cutEllipsoid(["fat", 0, -20, 40, 33, 46, 200], depth),
    ...cutEllipsoid(["muscle", 5, 22, 60, 9, 6, 220], depth, ["fat"]),
    // Heart: sac with fat, muscle, and the chambers that contrast medium fills.
    ...cutEllipsoid(["fat", 20, -34, -22, 66, 50, 62, 0.55], depth, ["lung", "fat", "muscle"]),
    ...cutEllipsoid(["heart", 21, -33, -22, 61, 45, 57, 0.55], depth),
    ...cutEllipsoid(["blood", 40, -20, -28, 27, 17, 34, 0.6], depth, ["heart"]),
    ...cutEllipsoid(["blood", 18, -52, -24, 28, 15, 32, 0.45], depth, ["heart"]),
    ...cutEllipsoid(["blood", -16, -34, -12, 19, 22, 28, 0.2], depth, ["heart"]),
    ...cutEllipsoid(["blood", 12, -4, -4, 27, 15, 22, 0.1], depth, ["heart"]),
    ...cutTube({ tissue: "artery", from: [-2, -30, 18], to: [-8, -32, 56], radii: [16, 15] }, depth),
    ...cutTube({ tissue: "blood", from: [16, -36, 10], to: [22, -22, 40], radii: [14, 13] }, depth),
    ...cutPair(["blood", 24, -14, 34, 24, 10, 12, 0.25], depth),
    ...cutTube({ tissue: "artery", from: [22, 34, -160], to: [22, 30, 60], radii: [12, 12.5] }, depth),
    ...(arch ? cutEllipsoid(["artery", 8, -2, 57, 13, 38, 11, -0.5], depth) : []),
    ...cutTube({ tissue: "blood", from: [-28, -26, 10], to: [-26, -28, 130], radii: [10, 9] }, depth),
    ...cutTube({ tissue: "artery", from: [-12, -26, 62], to: [-18, -24, 140], radii: [7, 6] }, depth),
    ...cutTube({ tissue: "artery", from: [16, -10, 62], to: [28, -16, 140], radii: [5.5, 5] }, depth),
    ...cutTube({ tissue: "cartilage", from: [-4, 4, 34], to: [0, 0, 160], radii: [11, 11] }, depth),
    ...cutTube({ tissue: "air", from: [-4, 4, 34], to: [0, 0, 160], radii: [9.4, 9.4] }, depth),
    ...cutTube({ tissue: "air", from: [-3, 5, 38], to: [-38, 10, 14], radii: [8, 6] }, depth),
    ...cutTube({ tissue: "air", from: [-3, 5, 38], to: [42, 12, 12], radii: [7.5, 5.5] }, depth),
    // Breast bone.
    ...cutEllipsoid(["bone", 0, -91, 30, 21, 6, 96], depth),
    ...cutEllipsoid(["spongiosa", 0, -91, 30, 18.5, 3.8, 93], depth),
  ];
}

function finding(kind: ThoraxFinding, depth: number): PlaneShape[] {
  if (kind === "nodule")
    return [
      ...cutEllipsoid(["nodule", -88, -24, 44, 10.5, 9.5, 10], depth, LUNG),
      ...cutEllipsoid(["nodule", -82, -20, 44, 9, 2, 2.5, 0.6], depth, LUNG),
      ...cutEllipsoid(["nodule", 84, 34, 8, 4.2, 4, 4.5], depth, LUNG),
    ];
  if (kind === "effusion")
    return [...cutEllipsoid(["effusion", 78, 74, -70, 62, 46, 100, -0.35], depth, ["lung", "blood"])];
  if (kind === "consolidation")
    return [
      ...cutEllipsoid(["nodule", -92, 42, -10, 30, 30, 34, 0.4], depth, LUNG),
      ...cutTube({ tissue: "air", from: [-74, 30, -4], to: [-104, 48, -8], radii: [2.2, 1.4] }, depth, ["nodule"]),
      ...cutTube({ tissue: "air", from: [-78, 40, 4], to: [-100, 58, -14], radii: [2, 1.4] }, depth, ["nodule"]),
    ];
  return [];
}

/** A chest in axial slices, from -130 mm (under the domes of the diaphragm) to 130 mm (apices). Picture left is the patient's right. */
export function makeThorax(seed: number, label: string, kind: ThoraxFinding): Phantom {
  const vessels = makeVessels(seed, label);
  return (depth) => {
    const taper = depth > 60 ? 1 - ((depth - 60) / 260) ** 2 : 1;
    return [
      ...couch(112),
      ...bodyWall(172 * taper, 112, 15),
      ...ribs(depth, 136 * taper, 90),
      ...shoulderGirdle(depth),
      ...lungs(depth),
      ...vessels.flatMap((tube) => cutTube(tube, depth, LUNG)),
      ...upperOrgans(depth, ["lung", "blood"]),
      ...mediastinum(depth),
      ...finding(kind, depth),
      ...spine(depth, 58, 0.92),
    ];
  };
}
