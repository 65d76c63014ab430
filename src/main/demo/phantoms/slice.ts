import { TISSUE_COUNT, TISSUE_INDEX, type TissueName } from "./tissue.ts";

/**
 * A shape in the plane of one slice, in millimetres from the centre of the picture: x to the right of the picture, y downwards.
 * Later shapes paint over earlier ones. `only` paints where one of the named tissues is already.
 */
export type PlaneShape = (
  | {
      kind: "ellipse";
      tissue: TissueName;
      x: number;
      y: number;
      a: number;
      b: number;
      /** Radians, from x towards y. */
      turn?: number;
    }
  | {
      kind: "polygon";
      tissue: TissueName;
      /** Convex or not; even-odd rule. */
      points: readonly (readonly [number, number])[];
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
    }
) & {
  only?: readonly TissueName[];
  /** Dead things, such as the couch, are not bent by the warp. */
  rigid?: boolean;
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

function insideTest(shape: Exclude<PlaneShape, { kind: "ellipse" }>): (x: number, y: number) => boolean {
  if (shape.kind === "field") return shape.inside;
  return (x, y) => insidePolygon(shape.points, x, y);
}

function never(): boolean {
  return false;
}

/** An ellipse as two scaled axes, for the test that every pixel of every ellipse goes through. */
function quadricOf(
  shape: Extract<PlaneShape, { kind: "ellipse" }>,
): Record<"x" | "y" | "xa" | "ya" | "xb" | "yb", number> {
  const cos = Math.cos(shape.turn ?? 0);
  const sin = Math.sin(shape.turn ?? 0);
  return { x: shape.x, y: shape.y, xa: cos / shape.a, ya: sin / shape.a, xb: -sin / shape.b, yb: cos / shape.b };
}

function pixelRange(
  box: ReturnType<typeof boxOf>,
  grid: SliceGrid,
  reach: number,
): { firstColumn: number; lastColumn: number; firstRow: number; lastRow: number } {
  const toColumn = (x: number): number => x / grid.spacing + grid.columns / 2 - 0.5;
  const toRow = (y: number): number => y / grid.spacing + grid.rows / 2 - 0.5;
  return {
    firstColumn: Math.max(0, Math.floor(toColumn(box.left - reach))),
    lastColumn: Math.min(grid.columns - 1, Math.ceil(toColumn(box.right + reach))),
    firstRow: Math.max(0, Math.floor(toRow(box.top - reach))),
    lastRow: Math.min(grid.rows - 1, Math.ceil(toRow(box.bottom + reach))),
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
    const quadric = shape.kind === "ellipse" ? quadricOf(shape) : undefined;
    const inside = shape.kind === "ellipse" ? never : insideTest(shape);
    const number = TISSUE_INDEX[shape.tissue];
    const allowed = new Uint8Array(TISSUE_COUNT).fill(shape.only === undefined ? 1 : 0);
    for (const name of shape.only ?? []) allowed[TISSUE_INDEX[name]] = 1;
    const range = pixelRange(box, grid, shape.rigid === true ? 0 : reach);
    const bend = shape.rigid === true ? 0 : 1;
    for (let row = range.firstRow; row <= range.lastRow; row++) {
      const y = (row - rows / 2 + 0.5) * spacing;
      const shiftX = bend * (shiftOfRow[row] ?? 0);
      for (let column = range.firstColumn; column <= range.lastColumn; column++) {
        const at = row * columns + column;
        if (allowed[tissues[at] ?? 0] === 0) continue;
        const x = (column - columns / 2 + 0.5) * spacing + shiftX;
        const bentY = y + bend * (shiftOfColumn[column] ?? 0);
        if (quadric === undefined) {
          if (inside(x, bentY)) tissues[at] = number;
        } else {
          const dx = x - quadric.x;
          const dy = bentY - quadric.y;
          const u = dx * quadric.xa + dy * quadric.ya;
          const v = dx * quadric.xb + dy * quadric.yb;
          if (u * u + v * v < 1) tissues[at] = number;
        }
      }
    }
  }
  return tissues;
}
