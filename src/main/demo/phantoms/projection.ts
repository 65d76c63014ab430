/**
 * Radiographs as sums of what the beam has to pass: each shape adds its thickness times its density to the line integral of the
 * pixels it covers. Coordinates are millimetres from the centre, x to the right, y downwards.
 */
export interface Film {
  columns: number;
  rows: number;
  spacing: number;
  /** Line integrals of attenuation. */
  shadow: Float32Array;
  /** Scratch of the same size, all zero between calls. */
  layer: Float32Array;
}

export function makeFilm(columns: number, rows: number, spacing: number): Film {
  return { columns, rows, spacing, shadow: new Float32Array(columns * rows), layer: new Float32Array(columns * rows) };
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function eachPixel(film: Film, box: Box, visit: (at: number, x: number, y: number) => void): void {
  const { columns, rows, spacing } = film;
  const firstColumn = Math.max(0, Math.floor(box.left / spacing + columns / 2 - 0.5));
  const lastColumn = Math.min(columns - 1, Math.ceil(box.right / spacing + columns / 2 - 0.5));
  const firstRow = Math.max(0, Math.floor(box.top / spacing + rows / 2 - 0.5));
  const lastRow = Math.min(rows - 1, Math.ceil(box.bottom / spacing + rows / 2 - 0.5));
  for (let row = firstRow; row <= lastRow; row++) {
    const y = (row - rows / 2 + 0.5) * spacing;
    for (let column = firstColumn; column <= lastColumn; column++) {
      visit(row * columns + column, (column - columns / 2 + 0.5) * spacing, y);
    }
  }
}

export interface Blob {
  x: number;
  y: number;
  a: number;
  b: number;
  turn?: number;
  /** Attenuation along the longest ray through it; negative for air within tissue. */
  density: number;
  /** 0.5 is a true ellipsoid; larger falls off more softly towards the border, smaller more sharply. */
  softness?: number;
  /** Keeps the blob to one side of a border. */
  where?: (x: number, y: number) => boolean;
}

/** Adds an ellipsoid. */
export function addBlob(film: Film, blob: Blob): void {
  const cos = Math.cos(blob.turn ?? 0);
  const sin = Math.sin(blob.turn ?? 0);
  const halfWidth = Math.hypot(blob.a * cos, blob.b * sin);
  const halfHeight = Math.hypot(blob.a * sin, blob.b * cos);
  const power = blob.softness ?? 0.5;
  const box = {
    left: blob.x - halfWidth,
    right: blob.x + halfWidth,
    top: blob.y - halfHeight,
    bottom: blob.y + halfHeight,
  };
  eachPixel(film, box, (at, x, y) => {
    const dx = x - blob.x;
    const dy = y - blob.y;
    const u = (dx * cos + dy * sin) / blob.a;
    const v = (dy * cos - dx * sin) / blob.b;
    const share = 1 - u * u - v * v;
    if (share <= 0 || (blob.where !== undefined && !blob.where(x, y))) return;
    const thickness = power === 0.5 ? Math.sqrt(share) : share ** power;
    film.shadow[at] = (film.shadow[at] ?? 0) + blob.density * thickness;
  });
}

export interface Pipe {
  /** Way points; the radius runs evenly from the first to the last. */
  points: readonly (readonly [x: number, y: number])[];
  radii: readonly [from: number, to: number];
  density: number;
  /** Share of the radius that is hollow: the marrow of long bones. */
  hollow?: number;
  /** Density multiplies by 1 at the first point and by this at the last. */
  fade?: number;
}

/**
 * Adds a bent pipe. Its pieces are joined by the thickest at each pixel, so that joints are not counted twice.
 */
export function addPipe(film: Film, pipe: Pipe): void {
  const widest = Math.max(...pipe.radii);
  const { layer, shadow } = film;
  const boxes: Box[] = [];
  const pieces = pipe.points.length - 1;
  for (let piece = 0; piece < pieces; piece++) {
    const from = pipe.points[piece];
    const to = pipe.points[piece + 1];
    if (from === undefined || to === undefined) continue;
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const square = dx * dx + dy * dy;
    const box: Box = {
      left: Math.min(from[0], to[0]) - widest,
      right: Math.max(from[0], to[0]) + widest,
      top: Math.min(from[1], to[1]) - widest,
      bottom: Math.max(from[1], to[1]) + widest,
    };
    boxes.push(box);
    eachPixel(film, box, (at, x, y) => {
      const along = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - from[0]) * dx + (y - from[1]) * dy) / square));
      const offX = x - from[0] - along * dx;
      const offY = y - from[1] - along * dy;
      const progress = (piece + along) / pieces;
      const radius = pipe.radii[0] + (pipe.radii[1] - pipe.radii[0]) * progress;
      const off = offX * offX + offY * offY;
      if (off >= radius * radius) return;
      let thickness = Math.sqrt(radius * radius - off) / widest;
      if (pipe.hollow !== undefined) {
        // Closed at both ends, as bones are.
        const inner = radius * pipe.hollow * Math.min(1, 8 * Math.min(progress, 1 - progress));
        if (off < inner * inner) thickness -= (0.75 * Math.sqrt(inner * inner - off)) / widest;
      }
      const value = thickness * (1 + ((pipe.fade ?? 1) - 1) * progress);
      if (value > (layer[at] ?? 0)) layer[at] = value;
    });
  }
  for (const box of boxes) {
    eachPixel(film, box, (at) => {
      shadow[at] = (shadow[at] ?? 0) + pipe.density * (layer[at] ?? 0);
      layer[at] = 0;
    });
  }
}
