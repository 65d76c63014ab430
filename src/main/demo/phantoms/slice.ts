import { TISSUE_INDEX, type TissueName } from "./tissue.ts";

/**
 * A shape in the plane of one slice, in millimetres from the centre of the picture: x to the right of the picture, y downwards.
 * Later shapes paint over earlier ones. `only` paints where one of the named tissues is already.
 */
export type PlaneShape =
  | {
      kind: "ellipse";
      tissue: TissueName;
      x: number;
      y: number;
      a: number;
      b: number;
      /** Radians, from x towards y. */
      turn?: number;
      only?: readonly TissueName[];
    }
  | {
      kind: "polygon";
      tissue: TissueName;
      /** Convex or not; even-odd rule. */
      points: readonly (readonly [number, number])[];
      only?: readonly TissueName[];
    }
  | {
      kind: "field";
      tissue: TissueName;
      x: number;
      y: number;
      a: number;
      b: number;
      /** Asked for each pixel within the box x ± a, y ± b. */
      inside: (x: number, y: number) => boolean;
      only?: readonly TissueName[];
    };

/** An anatomy: the shapes that one slice of it shows, `depth` millimetres along the axis that leaves the picture. */
export type Phantom = (depth: number) => PlaneShape[];

/** Slow sideways shifts that make ellipses look grown: x moves with y and depth, y with x and depth. */
export interface Warp {
  amplitude: number;
  wavelength: number;
  phase: number;
}

export interface SliceGrid {
  columns: number;
  rows: number;
  /** Millimetres between neighbouring pixels. */
  spacing: number;
}

function shifts(count: number, spacing: number, depth: number, warp: Warp, offset: number): Float32Array {
  const wave = (2 * Math.PI) / warp.wavelength;
  return Float32Array.from({ length: count }, (_, i) => {
    const position = (i - count / 2 + 0.5) * spacing;
    return (
      warp.amplitude * Math.sin(wave * position + warp.phase + offset + depth * wave * 0.6) +
      warp.amplitude * 0.45 * Math.sin(2.7 * wave * position + 2 * warp.phase + offset - depth * wave)
    );
  });
}

function boxOf(shape: PlaneShape): { left: number; right: number; top: number; bottom: number } {
  if (shape.kind === "polygon") {
    const xs = shape.points.map((point) => point[0]);
    const ys = shape.points.map((point) => point[1]);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  }
  const cos = shape.kind === "ellipse" ? Math.cos(shape.turn ?? 0) : 1;
  const sin = shape.kind === "ellipse" ? Math.sin(shape.turn ?? 0) : 0;
  const halfWidth = Math.hypot(shape.a * cos, shape.b * sin);
  const halfHeight = Math.hypot(shape.a * sin, shape.b * cos);
  return {
    left: shape.x - halfWidth,
    right: shape.x + halfWidth,
    top: shape.y - halfHeight,
    bottom: shape.y + halfHeight,
  };
}

function insidePolygon(points: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  let previous = points[points.length - 1];
  for (const point of points) {
    if (previous !== undefined && point[1] > y !== previous[1] > y) {
      const crossing = ((previous[0] - point[0]) * (y - point[1])) / (previous[1] - point[1]) + point[0];
      if (x < crossing) inside = !inside;
    }
    previous = point;
  }
  return inside;
}

function insideTest(shape: PlaneShape): (x: number, y: number) => boolean {
  if (shape.kind === "field") return shape.inside;
  if (shape.kind === "polygon") return (x, y) => insidePolygon(shape.points, x, y);
  const cos = Math.cos(shape.turn ?? 0);
  const sin = Math.sin(shape.turn ?? 0);
  const xa = cos / shape.a;
  const ya = sin / shape.a;
  const xb = -sin / shape.b;
  const yb = cos / shape.b;
  const { x: centreX, y: centreY } = shape;
  return (x, y) => {
    const dx = x - centreX;
    const dy = y - centreY;
    const u = dx * xa + dy * ya;
    const v = dx * xb + dy * yb;
    return u * u + v * v < 1;
  };
}

/**
 * Paints one slice with tissue numbers.
 *
 * @returns rows × columns tissue numbers, row by row.
 */
export function paintSlice(phantom: Phantom, grid: SliceGrid, depth: number, warp: Warp): Uint8Array {
  const { columns, rows, spacing } = grid;
  const tissues = new Uint8Array(rows * columns);
  const shiftOfRow = shifts(rows, spacing, depth, warp, 0);
  const shiftOfColumn = shifts(columns, spacing, depth, warp, 1.9);
  const reach = 1.5 * warp.amplitude;
  for (const shape of phantom(depth)) {
    const box = boxOf(shape);
    const inside = insideTest(shape);
    const number = TISSUE_INDEX[shape.tissue];
    const only = shape.only === undefined ? undefined : new Set(shape.only.map((name) => TISSUE_INDEX[name]));
    const toColumn = (x: number): number => x / spacing + columns / 2 - 0.5;
    const toRow = (y: number): number => y / spacing + rows / 2 - 0.5;
    const firstColumn = Math.max(0, Math.floor(toColumn(box.left - reach)));
    const lastColumn = Math.min(columns - 1, Math.ceil(toColumn(box.right + reach)));
    const firstRow = Math.max(0, Math.floor(toRow(box.top - reach)));
    const lastRow = Math.min(rows - 1, Math.ceil(toRow(box.bottom + reach)));
    for (let row = firstRow; row <= lastRow; row++) {
      const y = (row - rows / 2 + 0.5) * spacing;
      const shiftX = shiftOfRow[row] ?? 0;
      for (let column = firstColumn; column <= lastColumn; column++) {
        const at = row * columns + column;
        if (only !== undefined && !only.has(tissues[at] ?? 0)) continue;
        const x = (column - columns / 2 + 0.5) * spacing;
        if (inside(x + shiftX, y + (shiftOfColumn[column] ?? 0))) tissues[at] = number;
      }
    }
  }
  return tissues;
}
