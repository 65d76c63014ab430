import type { PlaneShape } from "./slice.ts";
import type { TissueName } from "./tissue.ts";

/** Tissue, centre x y z, half-axes a b c in millimetres, and the turn in the plane in radians. */
export type Ellipsoid = readonly [
  tissue: TissueName,
  x: number,
  y: number,
  z: number,
  a: number,
  b: number,
  c: number,
  turn?: number,
];

/** The ellipse in which the plane at `depth` cuts an ellipsoid; nothing where it does not. */
export function cutEllipsoid(ellipsoid: Ellipsoid, depth: number, only?: readonly TissueName[]): PlaneShape[] {
  const [tissue, x, y, z, a, b, c, turn = 0] = ellipsoid;
  const share = 1 - ((depth - z) / c) ** 2;
  if (share <= 0) return [];
  const scale = Math.sqrt(share);
  return [{ kind: "ellipse", tissue, x, y, a: a * scale, b: b * scale, turn, only }];
}

/** Cuts of an ellipsoid and of its mirror image: x and turn change sign. */
export function cutPair(ellipsoid: Ellipsoid, depth: number, only?: readonly TissueName[]): PlaneShape[] {
  const [tissue, x, y, z, a, b, c, turn = 0] = ellipsoid;
  return [
    ...cutEllipsoid([tissue, -x, y, z, a, b, c, -turn], depth, only),
    ...cutEllipsoid([tissue, x, y, z, a, b, c, turn], depth, only),
  ];
}

/** A straight piece of pipe between two points, with a radius at each end. */
export interface Tube {
  tissue: TissueName;
  from: readonly [x: number, y: number, z: number];
  to: readonly [x: number, y: number, z: number];
  radii: readonly [from: number, to: number];
}

/** The ellipse in which the plane cuts a tube, drawn out along its run where the tube lies flat. */
export function cutTube(tube: Tube, depth: number, only?: readonly TissueName[]): PlaneShape[] {
  const [dx, dy, dz] = [tube.to[0] - tube.from[0], tube.to[1] - tube.from[1], tube.to[2] - tube.from[2]];
  const run = Math.hypot(dx, dy);
  const radius = Math.max(tube.radii[0], tube.radii[1]);
  if (Math.abs(dz) < radius) {
    // Flat: a capsule whose width is the chord of the pipe at this height.
    const height = depth - (tube.from[2] + tube.to[2]) / 2;
    if (Math.abs(height) >= radius) return [];
    return [
      {
        kind: "ellipse",
        tissue: tube.tissue,
        x: (tube.from[0] + tube.to[0]) / 2,
        y: (tube.from[1] + tube.to[1]) / 2,
        a: run / 2 + radius,
        b: Math.sqrt(radius * radius - height * height),
        turn: Math.atan2(dy, dx),
        only,
      },
    ];
  }
  const share = (depth - tube.from[2]) / dz;
  if (share < 0 || share > 1) return [];
  const here = tube.radii[0] + (tube.radii[1] - tube.radii[0]) * share;
  const slant = Math.min(4, Math.hypot(run, dz) / Math.abs(dz));
  return [
    {
      kind: "ellipse",
      tissue: tube.tissue,
      x: tube.from[0] + dx * share,
      y: tube.from[1] + dy * share,
      a: here * slant,
      b: here,
      turn: Math.atan2(dy, dx),
      only,
    },
  ];
}
